<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Sessions;

/**
 * Who switched to another user, or switched off, signs out at the provider too.
 */
final class SwitchedSignOutTest extends SignOutTestCase
{
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
}
