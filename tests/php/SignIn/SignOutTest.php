<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Tests\Program;

/**
 * A session that began at a provider ends, whoever ends it: the redirect that follows tells the provider.
 */
final class SignOutTest extends SignOutTestCase
{
    private const FROM_DINGTALK = [Sessions::ISSUER_KEY => 'hash', Sessions::PROVIDER_KEY => 'dingtalk'];

    /**
     * Fault C3: `wp_logout()` of a shop's page left the provider's session as it was, and the next visit signed in silently.
     */
    public function test_fault_c3_whoever_ends_the_session_the_redirect_passes_by_the_provider(): void
    {
        $this->open_session($this->user(), self::FROM_LOGTO);

        wp_logout();
        $url = self::redirected(home_url('/shop/'));

        self::assertStringStartsWith(self::$provider->url . '/oidc/session/end?', $url);
        self::assertSame(home_url('/bye/'), self::redirected(home_url('/bye/')), 'once');
    }

    /**
     * Fault C3: a `logout_redirect` of another plugin that ran later stopped the sign-out at the provider.
     */
    public function test_fault_c3_a_late_filter_of_another_plugin_chooses_the_landing_place_alone(): void
    {
        add_filter('wp_redirect', static fn(): string => home_url('/bye/'), PHP_INT_MAX - 1);
        $this->open_session($this->user(), self::FROM_LOGTO);

        wp_logout();

        self::assertStringStartsWith(self::$provider->url, self::redirected(home_url('/')));
    }

    /**
     * Fault C3: who signed out anywhere but on wp-login.php and in again was told that the browser kept no cookie.
     */
    public function test_fault_c3_every_sign_out_forgets_the_sign_in_before(): void
    {
        $_COOKIE['wordpress_logtosignin_recent'] = '1';
        $this->open_session($this->user(), self::FROM_LOGTO);

        wp_logout();

        self::assertArrayNotHasKey('wordpress_logtosignin_recent', $_COOKIE);
    }

    public function test_a_session_of_no_provider_ends_as_always(): void
    {
        $this->open_session($this->user(), []);

        wp_logout();

        self::assertSame(admin_url(), self::redirected(admin_url()));
    }

    /**
     * Fault C6: a sign-out that was to end in wp-admin ended on the sign-in page of the provider.
     */
    public function test_fault_c6_a_private_page_is_no_landing_place(): void
    {
        foreach ([admin_url('edit.php'), wp_login_url(home_url('/')), 'https://elsewhere.example/'] as $private) {
            $this->open_session($this->user('visitor-' . md5($private)), self::FROM_DINGTALK);

            wp_logout();

            self::assertSame(add_query_arg('loggedout', 'true', wp_login_url()), self::redirected($private), $private);
        }
    }

    public function test_a_session_of_dingtalk_ends_within_the_site(): void
    {
        $this->open_session($this->user(), self::FROM_DINGTALK);

        wp_logout();

        self::assertSame(home_url('/bye/'), self::redirected(home_url('/bye/')));
    }

    public function test_signing_out_works_when_the_provider_does_not(): void
    {
        $this->store(['endpoint' => ''] + self::SETTINGS);
        $this->open_session($this->user(), self::FROM_LOGTO);

        wp_logout();

        self::assertSame(home_url('/bye/'), self::redirected(home_url('/bye/')));
    }

    /**
     * Who signed out while the provider did not answer was told to be signed out, and was not.
     */
    public function test_the_login_page_says_that_the_provider_did_not_answer(): void
    {
        $this->store(['endpoint' => 'http://127.0.0.1:9'] + self::SETTINGS);
        $this->open_session($this->user(), self::FROM_LOGTO);

        wp_logout();

        $location = self::redirected(admin_url());
        self::assertSame(add_query_arg(['loggedout' => 'true', 'logto_here_only' => '1'], wp_login_url()), $location);
        $page = Program::page('wp-login.php', ['loggedout' => 'true', 'logto_here_only' => '1'], ['settings' => self::SETTINGS]);
        self::assertStringContainsString('you may still be signed in there', $page['body']);
    }

    /**
     * @dataProvider sessions
     *
     * @param array<string, string> $session
     */
    public function test_a_session_knows_its_provider(array $session, null|Provider $provider): void
    {
        self::assertSame($provider, Sessions::signs_out_at($session));
    }

    /**
     * @return array<string, array{array<string, string>, null|Provider}>
     */
    public function sessions(): array
    {
        return [
            'none' => [[], null],
            'Logto' => [self::FROM_LOGTO, Provider::Logto],
            'DingTalk' => [self::FROM_DINGTALK, Provider::Dingtalk],
            'DingTalk, of an earlier version' => [[Sessions::ISSUER_KEY => 'hash', 'logto_sign_in_connector' => 'dingtalk'], Provider::Dingtalk],
            'of the first version' => [[Sessions::ISSUER_KEY => 'hash'], Provider::Logto],
            'switched to' => [[Sessions::SWITCHED_KEY => 'dingtalk'], Provider::Dingtalk],
            'from DingTalk, switched to from Logto' => [[Sessions::SWITCHED_KEY => 'logto'] + self::FROM_DINGTALK, Provider::Logto],
        ];
    }
}
