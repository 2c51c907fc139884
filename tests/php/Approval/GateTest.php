<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Approval;

use LogtoSignIn\SignIn\SignIn;

/**
 * Nobody whose account is pending gets in, by whatever way, and nobody without the password learns that it is.
 */
final class GateTest extends ApprovalTestCase
{
    public function test_nobody_who_waits_signs_in_by_any_way(): void
    {
        $user = self::pending();
        wp_set_password('right password', $user->ID);
        $user = new \WP_User($user->ID);
        foreach (['logto-visitor', 'logto-visitor@example.org'] as $name) {
            $refused = wp_signon(['user_login' => $name, 'user_password' => 'right password']);
            self::assertInstanceOf(\WP_Error::class, $refused);
            self::assertSame('logto_account_pending', $refused->get_error_code());
            self::assertStringContainsString('is pending approval', $refused->get_error_message());
        }

        self::assertInstanceOf(\WP_Error::class, SignIn::sign_on($user, false, 'hash'));
        require_once ABSPATH . WPINC . '/class-IXR.php';
        require_once ABSPATH . WPINC . '/class-wp-xmlrpc-server.php';
        self::assertFalse((new \wp_xmlrpc_server())->login('logto-visitor', 'right password'));
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
    }

    public function test_application_passwords_wait_as_well(): void
    {
        $user = self::pending();
        [$password] = \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'test']);
        add_filter('application_password_is_api_request', '__return_true');
        add_filter('wp_is_application_passwords_available', '__return_true');
        $refused = wp_authenticate_application_password(null, $user->user_login, $password);
        self::assertInstanceOf(\WP_Error::class, $refused);
        self::assertSame('logto_account_pending', $refused->get_error_code());
    }

    /**
     * Fault S16: a wrong password was looked at twice, so that the answer came late and told that the account waits.
     *
     * @dataProvider names
     */
    public function test_fault_s16_whoever_does_not_know_the_password_learns_nothing(string $name): void
    {
        $user = self::pending();
        $other = $this->user('another');
        wp_set_password('right password', $user->ID);
        $looks = 0;
        add_filter('check_password', static function (bool $is_right) use (&$looks): bool {
            ++$looks;

            return $is_right;
        });

        $answers = [];
        foreach ([$user, $other] as $account) {
            $looks = 0;
            $error = wp_authenticate($account->{$name}, 'wrong password');
            $answers[] = [$looks, $error->get_error_code(), str_replace($account->{$name}, '', $error->get_error_message())];
        }

        self::assertSame($answers[1], $answers[0]);
        self::assertSame([1, 'incorrect_password'], array_slice($answers[0], 0, 2));
        $looks = 0;
        self::assertSame('logto_account_pending', wp_authenticate($user->{$name}, 'right password')->get_error_code());
        self::assertSame(1, $looks);
    }

    /**
     * @return list<array{string}>
     */
    public static function names(): array
    {
        return [['user_login'], ['user_email']];
    }

    /**
     * Fault S16: before WordPress 6.2, another plugin's automatic login gave a session to an account that waits.
     */
    public function test_fault_s16_a_session_that_another_plugin_began_is_nobodys(): void
    {
        foreach ([[self::pending(), false], [$this->user(), true]] as [$user, $is_let_in]) {
            $token = \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
            $_COOKIE[LOGGED_IN_COOKIE] = wp_generate_auth_cookie($user->ID, time() + 600, 'logged_in', $token);

            self::assertSame($is_let_in ? $user->ID : false, apply_filters('determine_current_user', false));
        }

        $_COOKIE = [];
        self::assertFalse(apply_filters('determine_current_user', false));
    }

    public function test_a_plugin_that_asks_wordpress_without_a_password_is_told(): void
    {
        $user = self::pending();
        self::assertInstanceOf(\WP_Error::class, apply_filters('wp_authenticate_user', $user, ''));
        $other = $this->user();
        self::assertSame($other, apply_filters('wp_authenticate_user', $other, ''));
        $error = new \WP_Error('x');
        self::assertSame($error, apply_filters('wp_authenticate_user', $error, ''));
    }

    public function test_a_plugin_that_gives_sessions_away_gives_no_cookie(): void
    {
        remove_filter('send_auth_cookies', '__return_false');
        $user = self::pending();
        self::assertFalse(apply_filters('send_auth_cookies', true, 0, 0, $user->ID, 'auth', 'token'));
        self::assertTrue(apply_filters('send_auth_cookies', true, 0, 0, $this->user()->ID, 'auth', 'token'));
        self::assertTrue(apply_filters('send_auth_cookies', true, 0, 0, 0, '', ''), 'signing out');
        self::assertTrue(apply_filters('send_auth_cookies', true));
    }
}
