<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

final class LoginPageTest extends TestCase
{
    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

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

    public function test_a_link_to_register_opens_the_registration_at_logto(): void
    {
        $link = static fn(): string => wp_registration_url();
        $this->store(self::SETTINGS);
        self::assertStringContainsString('first_screen=register', $link());

        $this->store(['login_type' => 'buttons'] + self::SETTINGS);
        self::assertStringNotContainsString('first_screen', $link(), 'WordPress’s own form is still there');
        $this->store(['dingtalk_client_id' => 'ding', 'dingtalk_client_secret' => 'secret']);
        self::assertStringNotContainsString('first_screen', $link(), 'DingTalk has no such page');
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

    public function test_the_form_has_a_button(): void
    {
        $page = self::page(['form' => '1', 'redirect_to' => 'http://127.0.0.1/?a=1&b="><script>']);
        self::assertStringContainsString('Continue with Logto', $page['body']);
        self::assertStringContainsString('action=logto&#038;provider=logto&#038;redirect_to=http%3A%2F%2F127.0.0.1%2F%3Fa%3D1%26b%3D%22%3E%3Cscript%3E', $page['body']);
    }

    public function test_each_connector_that_the_admin_named_has_a_button(): void
    {
        $page = self::page(['form' => '1', 'redirect_to' => 'http://127.0.0.1/there'], ['settings' => ['endpoint' => self::$provider->url, 'connectors' => "social:dingtalk\nsso:abc = A <b> & c"] + self::SETTINGS]);
        preg_match_all('~<a class="(button [^"]*)" href="http://127\.0\.0\.1/wp-login\.php\?action=logto([^"]*)">([^<]+)</a>~', $page['body'], $buttons, PREG_SET_ORDER);
        $there = 'redirect_to=http%3A%2F%2F127.0.0.1%2Fthere';
        self::assertSame([
            ['button button-primary button-large', '&#038;provider=logto&#038;' . $there, 'Continue with Logto'],
            ['button button-large', "&#038;{$there}&#038;direct_sign_in=social:dingtalk", 'Continue with DingTalk'],
            ['button button-large', "&#038;{$there}&#038;direct_sign_in=sso:abc", 'A &lt;b&gt; &amp; c'],
        ], array_map(static fn(array $match): array => array_slice($match, 1), $buttons));
        self::assertSame([], $page['fetched']);
        self::assertSame([], preg_grep('/^set-cookie: wordpress_logto_/i', $page['headers']), 'nothing is minted before the click');
    }

    public function test_the_small_window_opens_a_tab(): void
    {
        self::assertStringContainsString('>Continue with Logto (in a new tab)<', self::page(['interim-login' => '1'])['body']);
        self::assertMatchesRegularExpression('/action=logto&#038;provider=logto" target="_blank" rel="noopener"/', self::page(['interim-login' => '1'])['body']);
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

    public function test_the_start_address_works_and_keeps_where_to_go(): void
    {
        $page = self::page(['action' => 'logto', 'direct_sign_in' => 'social:dingtalk', 'first_screen' => 'register']);
        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        self::assertSame(['social:dingtalk', 'register'], [$query['direct_sign_in'], $query['first_screen']]);
        self::assertNeverStored($page);
    }

    public function test_another_name_of_the_site_is_left_once(): void
    {
        // With and without www.
        $page = self::page(['action' => 'logto'], ['host' => 'www.site.example']);
        self::assertSame('http://127.0.0.1/wp-login.php?action=logto&canonical=1', Program::location($page));
        $page = self::page(['action' => 'logto', 'canonical' => '1'], ['host' => 'www.site.example']);
        self::assertStringStartsWith(self::$provider->url, Program::location($page));
    }

    public function test_a_callback_that_nobody_asked_for_is_explained(): void
    {
        // The address's own words were printed (CVE-2021-24214).
        $get = ['action' => 'logto_callback', 'error' => 'x<script>', 'error_description' => 'Call +1 555 <b>now</b>', 'state' => 'invented'];
        $page = self::page($get);
        self::assertSame(400, $page['status']);
        self::assertStringContainsString('<code>state_unknown</code>', $page['body']);
        self::assertStringNotContainsString('555', $page['body']);
        self::assertStringNotContainsString('x<script', $page['body']);
        self::assertStringNotContainsString('strict-origin', $page['body']);
        self::assertStringContainsString('Try again', $page['body']);
        self::assertNeverStored($page);
        self::assertContains('Referrer-Policy: no-referrer', $page['headers']);
    }

    public function test_a_repeated_parameter_is_seen(): void
    {
        $page = self::page(['action' => 'logto_callback'], ['query' => 'action=logto_callback&state=a&state=b&code=c']);
        self::assertStringContainsString('<code>parameter_repeated</code>', $page['body']);
    }

    public function test_coming_back_from_signing_out_ends_within_the_site(): void
    {
        foreach ([['state' => 'invented'], []] as $get) {
            $location = Program::location(self::page($get + ['action' => 'logto_signed_out', 'redirect_to' => 'https://evil.example/']));
            self::assertSame('127.0.0.1', parse_url($location, PHP_URL_HOST), $location);
        }
    }

    /**
     * @param array<string, string> $get
     * @param array<string, mixed> $other
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private static function page(array $get, array $other = []): array
    {
        return Program::page('wp-login.php', $get, $other + ['settings' => ['endpoint' => self::$provider->url] + self::SETTINGS]);
    }

    /**
     * @param array{headers: list<string>} $page
     */
    private static function assertNeverStored(array $page): void
    {
        // CVE-2025-48947
        $caching = implode('', preg_grep('/^cache-control:/i', $page['headers']) ?: []);
        self::assertStringContainsString('no-store', $caching);
    }
}
