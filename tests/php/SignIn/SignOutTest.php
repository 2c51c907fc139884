<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * A session that began at a provider ends, whoever ends it: the redirect that follows tells the provider.
 */
final class SignOutTest extends TestCase
{
    private const FROM_LOGTO = [Sessions::ISSUER_KEY => 'hash', Sessions::PROVIDER_KEY => 'logto'];

    private const FROM_DINGTALK = [Sessions::ISSUER_KEY => 'hash', Sessions::PROVIDER_KEY => 'dingtalk'];

    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function setUp(): void
    {
        parent::setUp();
        add_filter('send_auth_cookies', '__return_false');
        $this->store(['endpoint' => self::$provider->url] + self::SETTINGS);
    }

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
     * Fault C25: who switched to another user and signed out there stayed signed in at the provider.
     */
    public function test_fault_c25_a_switched_session_signs_out_at_the_provider_of_the_first(): void
    {
        $this->open_session($this->user('boss', 'administrator'), self::FROM_LOGTO);
        $target = $this->user();

        $switched = $this->switch_to($target);
        self::assertSame('logto', $switched[Sessions::SWITCHED_KEY]);
        self::assertArrayNotHasKey(Sessions::ISSUER_KEY, $switched, 'it proves nothing about the other user');
        $again = $this->switch_to($this->user('another'));
        self::assertSame('logto', $again[Sessions::SWITCHED_KEY]);

        wp_logout();

        self::assertStringStartsWith(self::$provider->url, self::redirected(home_url('/')));
    }

    /**
     * Fault C3: User Switching's “switch off” left the session at the provider.
     */
    public function test_fault_c3_switching_off_signs_out_at_the_provider(): void
    {
        $user = $this->user('boss', 'administrator');
        $this->open_session($user, self::FROM_LOGTO);

        wp_clear_auth_cookie();
        wp_set_current_user(0);
        do_action('switch_off_user', $user->ID, wp_get_session_token());

        self::assertStringStartsWith(self::$provider->url, self::redirected(home_url('/')));
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

    /**
     * @param array<string, string> $session
     */
    private function open_session(\WP_User $user, array $session): void
    {
        self::log_in($user, $session);
        self::assertSame($user->ID, wp_validate_auth_cookie($_COOKIE[LOGGED_IN_COOKIE], 'logged_in'));
    }

    /**
     * As User Switching does.
     *
     * @return array<array-key, mixed> The new session.
     */
    private function switch_to(\WP_User $user): array
    {
        $token = \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
        $_COOKIE[LOGGED_IN_COOKIE] = wp_generate_auth_cookie($user->ID, time() + 600, 'logged_in', $token);
        self::assertSame($user->ID, wp_validate_auth_cookie($_COOKIE[LOGGED_IN_COOKIE], 'logged_in'));
        wp_set_current_user($user->ID);

        return (array) \WP_Session_Tokens::get_instance($user->ID)->get($token);
    }

    private static function redirected(string $location): string
    {
        return (string) apply_filters('wp_redirect', $location, 302);
    }
}
