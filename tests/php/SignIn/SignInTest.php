<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Protocol\SetCookie;
use LogtoSignIn\SignIn\LoginRedirect;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Tests\TestCase;

final class SignInTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        add_filter('send_auth_cookies', '__return_false');
    }

    public function test_whoever_watches_or_guards_sign_ins_takes_part(): void
    {
        $seen = [];
        foreach (['wp_authenticate', 'authenticate', 'wp_authenticate_user', 'wp_login', 'set_logged_in_cookie', 'attach_session_information'] as $hook) {
            add_filter($hook, static function (mixed $value = null) use (&$seen, $hook): mixed {
                $seen[$hook] = true;

                return $value;
            }, 98);
        }

        $user = $this->user();
        $result = SignIn::sign_on($user, true, 'hash');
        self::assertSame($user->ID, $result->ID);
        self::assertCount(6, $seen);
    }

    /**
     * @dataProvider guards
     */
    public function test_another_plugin_may_refuse(string $hook, int $priority): void
    {
        $failed = 0;
        add_action('wp_login_failed', static function () use (&$failed): void {
            ++$failed;
        });
        add_filter($hook, static fn() => new \WP_Error('blocked', 'You are blocked.'), $priority);
        $user = $this->user();
        $result = SignIn::sign_on($user, false, 'hash');
        self::assertInstanceOf(\WP_Error::class, $result);
        self::assertSame('blocked', $result->get_error_code());
        self::assertSame(1, $failed);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
    }

    /**
     * @return list<array{string, int}>
     */
    public function guards(): array
    {
        return [['wp_authenticate_user', 10], ['authenticate', 30], ['authenticate', 99]];
    }

    public function test_nobody_puts_another_user_in_their_place(): void
    {
        $other = $this->user('boss', 'administrator');
        add_filter('authenticate', static fn() => $other, 50);
        self::assertInstanceOf(\WP_Error::class, SignIn::sign_on($this->user(), false, 'hash'));
    }

    public function test_the_password_form_is_not_what_lets_them_in(): void
    {
        $this->store(['form_login' => false] + self::SETTINGS);
        $user = $this->user();
        self::assertSame($user->ID, SignIn::sign_on($user, false, 'hash')->ID);
    }

    public function test_the_session_knows_where_it_began_and_only_this_one(): void
    {
        $user = $this->user();
        SignIn::sign_on($user, false, 'the hash');
        wp_set_auth_cookie($user->ID);
        $marks = array_column(\WP_Session_Tokens::get_instance($user->ID)->get_all(), Sessions::ISSUER_KEY);
        self::assertCount(2, \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::assertSame(['the hash'], $marks);
        self::assertSame(['logto'], array_column(\WP_Session_Tokens::get_instance($user->ID)->get_all(), 'logto_sign_in_provider'));
    }

    public function test_a_remembered_session_lives_longer(): void
    {
        $user = $this->user();
        SignIn::sign_on($user, true, 'hash');
        $session = current(\WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::assertGreaterThan(time() + 10 * DAY_IN_SECONDS, $session['expiration']);
    }

    public function test_login_redirect_has_its_say(): void
    {
        $user = $this->user();
        self::assertSame('http://x.example/there', LoginRedirect::of($user, 'http://x.example/there'));
        add_filter('login_redirect', static fn($to, $requested, $who) => "/for/{$who->user_login}?{$requested}", 10, 3);
        self::assertSame('/for/a-visitor?/there', LoginRedirect::of($user, '/there'));
    }

    public function test_without_a_wish_everybody_goes_where_wordpress_would_send_them(): void
    {
        self::assertSame(admin_url('profile.php'), LoginRedirect::of($this->user('reader'), ''));
        self::assertSame(admin_url(), LoginRedirect::of($this->user('writer', 'editor'), ''));
        $nobody = $this->user('nobody', '');
        self::assertSame(is_multisite() ? get_dashboard_url($nobody->ID) : home_url(), LoginRedirect::of($nobody, admin_url()));
    }

    public function test_a_cookie_is_for_this_host_and_no_script(): void
    {
        $options = Response::cookie_options(new SetCookie('name', 'value', 600, '/wp-login.php', true));
        self::assertEqualsWithDelta(time() + 600, $options['expires'], 2);
        unset($options['expires']);
        self::assertSame(['path' => '/wp-login.php', 'secure' => true, 'httponly' => true, 'samesite' => 'Lax'], $options);
        self::assertSame(1, Response::cookie_options(new SetCookie('name', '', 0, '/', true))['expires']);
    }
}
