<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Tests\Program;

/**
 * What the login page does with a visitor: on to the provider, or the form.
 */
final class LoginPageTest extends LoginPageTestCase
{
    public function test_a_plain_visit_goes_on_to_the_provider(): void
    {
        $page = self::page(['redirect_to' => 'http://127.0.0.1/wp-admin/edit.php', 'reauth' => '1']);
        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($page), $page['body']);
        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        self::assertSame('http://127.0.0.1/wp-login.php?action=logto_callback', $query['redirect_uri']);
        self::assertSame('S256', $query['code_challenge_method']);
        self::assertNeverStored($page);
        $cookie = implode('', preg_grep('/^set-cookie: wordpress_logto_/i', $page['headers']) ?: []);
        self::assertMatchesRegularExpression('~path=/wp-login\.php; HttpOnly; SameSite=Lax$~i', $cookie);
    }

    /**
     * A wrong App ID stranded everybody on Logto's page of errors, the administrator too.
     */
    public function test_nobody_is_led_away_before_a_sign_in_has_succeeded(): void
    {
        update_site_option(Proof::OPTION, []);
        foreach ([[], ['login_type' => 'pages'], ['form_login' => false]] as $settings) {
            $page = self::page([], ['settings' => $settings + ['endpoint' => self::$provider->url] + self::SETTINGS]);

            self::assertSame('', Program::location($page));
            self::assertStringContainsString('name="pwd"', $page['body']);
            self::assertStringContainsString('Continue with Logto', $page['body']);
            self::assertStringNotContainsString('logto-form-off', $page['body']);
        }

        $started = self::page(['action' => 'logto']);
        self::assertStringStartsWith(self::$provider->url, Program::location($started), 'who clicks a button goes there');
    }

    public function test_the_login_page_does_what_was_chosen(): void
    {
        $open = static fn(string $type, bool $form = true): array => self::page([], ['settings' => ['login_type' => $type, 'form_login' => $form, 'endpoint' => self::$provider->url] + self::SETTINGS]);

        self::assertStringStartsWith(self::$provider->url, Program::location($open('redirect')));
        $buttons = $open('buttons');
        self::assertSame('', Program::location($buttons));
        self::assertStringContainsString('Continue with Logto', $buttons['body']);
        $pages = $open('pages');
        self::assertSame('', Program::location($pages));
        self::assertStringContainsString('name="pwd"', $pages['body']);
        self::assertStringNotContainsString('Continue with Logto', $pages['body']);
        self::assertStringContainsString('Continue with Logto', $open('pages', false)['body'], 'a page with neither form nor button is a dead end');
    }

    /**
     * Fault R3: a program that did not answer was an error 500 for every visitor of the login page.
     */
    public function test_fault_r3_the_form_says_why_nobody_can_sign_in_at_the_provider(): void
    {
        $constants = ['LOGTO_SIGN_IN_TRANSPORT' => 'process', 'LOGTO_SIGN_IN_BINARY' => '/bin/true'];
        foreach ([['redirect_to' => 'http://127.0.0.1/'], ['form' => '1']] as $get) {
            $page = self::page($get, ['constants' => $constants]);

            self::assertSame(200, $page['status']);
            self::assertStringContainsString('name="pwd"', $page['body']);
            self::assertStringContainsString('is not available on this site right now', $page['body']);
        }

        $started = self::page(['action' => 'logto'], ['constants' => $constants]);
        self::assertSame(503, $started['status']);
        self::assertStringContainsString('transport_unavailable', $started['body']);
    }

    /**
     * Behind a proxy that ends TLS, WordPress sees http.
     */
    public function test_behind_a_reverse_proxy_with_tls_addresses_and_cookies_are_those_of_https(): void
    {
        $https = ['siteurl' => 'https://127.0.0.1', 'home' => 'https://127.0.0.1'];
        $plugins = [dirname(__DIR__) . '/plugins/reverse_proxy.php'];

        $page = self::page(['action' => 'logto'], ['options' => $https, 'plugins' => $plugins, 'server' => ['HTTP_X_FORWARDED_PROTO' => 'https']]);

        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        self::assertSame('https://127.0.0.1/wp-login.php?action=logto_callback', $query['redirect_uri'] ?? Program::location($page));
        $cookie = implode('', preg_grep('/^set-cookie: wordpress_logto_/i', $page['headers']) ?: []);
        self::assertMatchesRegularExpression('/; secure;/i', $cookie);
    }

    /**
     * @dataProvider other_actions
     *
     * @param array<string, string> $get
     */
    public function test_everything_else_of_the_login_page_is_untouched(array $get, string $shows): void
    {
        // Reset links, privacy confirmation, registration, interim login.
        $page = self::page($get);
        self::assertStringNotContainsString('/oidc/auth', Program::location($page));
        self::assertStringContainsString($shows, $page['body'] . Program::location($page));
        self::assertSame([], array_filter($page['fetched'], static fn($url) => str_starts_with($url, self::$provider->url)));
    }

    /**
     * @return array<string, array{array<string, string>, string}>
     */
    public function other_actions(): array
    {
        return [
            'the form' => [['form' => '1'], 'name="pwd"'],
            'signed out' => [['loggedout' => 'true'], 'name="pwd"'],
            'another language' => [['wp_lang' => 'zh_CN'], 'name="pwd"'],
            'an expired session in a small window' => [['interim-login' => '1'], 'name="pwd"'],
            'lost password' => [['action' => 'lostpassword'], 'id="lostpasswordform"'],
            'reset link' => [['action' => 'rp', 'key' => 'k', 'login' => 'admin'], 'action=rp'],
            'register' => [['action' => 'register'], is_multisite() ? 'wp-signup.php' : 'registration=disabled'],
            'check e-mail' => [['checkemail' => 'confirm'], 'Check your email'],
            'privacy confirmation' => [['action' => 'confirmaction'], 'Missing request ID'],
            'protected post' => [['action' => 'postpass'], ''],
        ];
    }

    public function test_an_unreachable_provider_leaves_the_form(): void
    {
        $page = Program::page('wp-login.php', [], ['settings' => self::SETTINGS]);
        self::assertSame('', Program::location($page));
        self::assertStringContainsString('cannot be reached', $page['body']);
        self::assertStringContainsString('name="pwd"', $page['body']);
        self::assertStringContainsString('Continue with Logto', $page['body']);
    }

    public function test_nothing_changes_before_the_plugin_is_set_up(): void
    {
        $page = Program::page('wp-login.php', [], ['settings' => []]);
        self::assertStringContainsString('name="pwd"', $page['body']);
        self::assertStringNotContainsStringIgnoringCase('Continue with Logto', $page['body']);
    }

    public function test_a_session_that_does_not_last_makes_no_loop(): void
    {
        $page = self::page([], ['cookie' => ['wordpress_logtosignin_recent' => '1']]);
        self::assertSame('', Program::location($page));
        self::assertStringContainsString('did not save', $page['body']);
    }
}
