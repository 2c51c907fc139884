<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class PasswordLoginTest extends TestCase
{
    private const OFF = ['form_login' => false] + self::SETTINGS;

    protected function tearDown(): void
    {
        delete_site_transient('logto_sign_in_outage');
        $GLOBALS['wp_rest_application_password_status'] = null;
        parent::tearDown();
    }

    public function test_passwords_work_while_form_login_is_on(): void
    {
        $this->store(self::SETTINGS);
        $user = $this->user();
        self::assertSame($user->ID, wp_authenticate('a-visitor', 'right password')->ID);
    }

    public function test_passwords_are_refused_on_the_server_when_it_is_off(): void
    {
        // Only the form was hidden (auth0 5.6.1).
        $this->store(self::OFF);
        $this->user();
        foreach (['a-visitor', 'a-visitor@example.org'] as $name) {
            $hooks = array_map(static fn($hook) => clone $hook, $GLOBALS['wp_filter']);
            self::assertSame('logto_form_login_off', wp_authenticate($name, 'right password')->get_error_code());
            $GLOBALS['wp_filter'] = $hooks;
        }
    }

    public function test_a_posted_form_is_refused(): void
    {
        $this->user();
        $page = Program::page('wp-login.php', [], ['settings' => self::OFF, 'post' => ['log' => 'a-visitor', 'pwd' => 'right password']]);
        self::assertSame('', Program::location($page));
        self::assertSame([], preg_grep('/wordpress_logged_in/', $page['headers']));
        self::assertStringContainsString('turned off', $page['body']);
        self::assertStringContainsString('logto-form-off', $page['body']);
    }

    public function test_only_opening_the_page_is_no_failed_sign_in(): void
    {
        $page = Program::page('wp-login.php', ['loggedout' => 'true'], ['settings' => self::OFF]);
        self::assertStringContainsString('You are now logged out', $page['body']);
        $page = Program::page('wp-login.php', [], ['settings' => self::OFF]);
        self::assertStringContainsString('cannot be reached', $page['body']);
        self::assertStringNotContainsString('Invalid username', $page['body']);
    }

    public function test_xml_rpc_takes_no_password_either(): void
    {
        $this->store(self::OFF);
        $this->user();
        require_once ABSPATH . WPINC . '/class-IXR.php';
        require_once ABSPATH . WPINC . '/class-wp-xmlrpc-server.php';
        self::assertFalse((new \wp_xmlrpc_server())->login('a-visitor', 'right password'));
    }

    public function test_other_plugins_may_ask_with_any_value(): void
    {
        $this->store(self::OFF);
        foreach ([[null, null], ['name', null], [7, ['array']]] as [$username, $password]) {
            self::assertInstanceOf(\WP_Error::class, PasswordLogin::explain(null, $username, $password));
        }
    }

    public function test_application_passwords_stay(): void
    {
        $this->store(self::OFF);
        $user = $this->user();
        [$password] = \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'test']);
        add_filter('application_password_is_api_request', '__return_true');
        add_filter('wp_is_application_passwords_available', '__return_true');
        self::assertSame($user->ID, wp_authenticate('a-visitor', $password)->ID);
    }

    public function test_application_passwords_have_a_switch_of_their_own(): void
    {
        $this->store(['application_passwords' => false] + self::SETTINGS);
        $user = $this->user();
        [$password] = \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'test']);
        add_filter('application_password_is_api_request', '__return_true');
        add_filter('wp_is_application_passwords_available', '__return_true');

        self::assertInstanceOf(\WP_Error::class, wp_authenticate('a-visitor', $password));
        self::assertSame($user->ID, wp_authenticate('a-visitor', 'right password')->ID);
        self::assertFalse(wp_is_application_passwords_available_for_user($user));
    }

    public function test_xml_rpc_has_a_switch_of_its_own(): void
    {
        $this->user();
        $call = '<methodCall><methodName>wp.getUsersBlogs</methodName><params><param><value><string>a-visitor</string></value></param>'
            . '<param><value><string>right password</string></value></param></params></methodCall>';
        foreach ([true, false] as $on) {
            $answer = Program::page('xmlrpc.php', [], ['settings' => ['xmlrpc_login' => $on] + self::SETTINGS, 'form' => $call])['body'];

            self::assertSame($on, str_contains($answer, '<name>blogid</name>'), $answer);
            self::assertSame(!$on, str_contains($answer, '<int>405</int>'), $answer);
        }
    }

    public function test_a_plugin_that_is_not_set_up_switches_nothing_off(): void
    {
        $this->store(['app_secret' => ''] + self::OFF);
        self::assertTrue(PasswordLogin::is_available());
        $this->store(self::OFF);
        self::assertFalse(PasswordLogin::is_available());
    }

    public function test_the_constant_opens_the_form_again(): void
    {
        // An admin must never be locked out.
        $this->user();
        $page = Program::page('wp-login.php', [], [
            'settings' => self::OFF,
            'constants' => ['LOGTO_SIGN_IN_FORM_LOGIN' => true],
            'post' => ['log' => 'a-visitor', 'pwd' => 'right password', 'redirect_to' => 'http://127.0.0.1/wp-admin/profile.php'],
        ]);
        self::assertSame('http://127.0.0.1/wp-admin/profile.php', Program::location($page));
    }

    /**
     * Fault S13: the form opened at the first moment without a transport.
     */
    public function test_fault_s13_a_moment_without_a_transport_opens_nothing(): void
    {
        $page = self::without_a_transport();
        self::assertStringContainsString('logto-form-off', $page['body']);
        self::assertStringContainsString('is not available on this site right now', $page['body']);
        self::assertEqualsWithDelta(time(), get_site_transient('logto_sign_in_outage')['since'], 30);

        $this->user();
        $page = self::without_a_transport(['post' => ['log' => 'a-visitor', 'pwd' => 'right password']]);
        self::assertSame([], preg_grep('/wordpress_logged_in/', $page['headers']));

        Program::page('wp-login.php', ['form' => '1'], ['settings' => self::OFF]);
        wp_cache_flush();
        self::assertFalse(get_site_transient('logto_sign_in_outage'), 'it is over');
    }

    public function test_a_lasting_lack_of_transports_opens_the_form(): void
    {
        set_site_transient('logto_sign_in_outage', ['since' => time() - 301, 'seen' => time(), 'told' => false], 900);

        $page = self::without_a_transport();

        self::assertStringContainsString('name="pwd"', $page['body']);
        self::assertStringNotContainsString('logto-form-off', $page['body']);
        self::assertTrue(get_site_transient('logto_sign_in_outage')['told'], 'the log says so once');
    }

    /**
     * Fault S13: the form opened without a transport, even with the constant set to false.
     */
    public function test_fault_s13_the_constant_closes_the_form_whatever_happens(): void
    {
        set_site_transient('logto_sign_in_outage', ['since' => time() - 301, 'seen' => time(), 'told' => false], 900);
        $this->user();
        $post = ['log' => 'a-visitor', 'pwd' => 'right password'];
        foreach ([['form_login' => true] + self::SETTINGS, self::OFF, ['app_secret' => ''] + self::OFF] as $settings) {
            $page = self::without_a_transport(['settings' => $settings, 'post' => $post], ['LOGTO_SIGN_IN_FORM_LOGIN' => false]);

            self::assertSame([], preg_grep('/wordpress_logged_in/', $page['headers']));
            self::assertStringContainsString('turned off', $page['body']);
        }
    }

    /**
     * @param array<string, mixed> $other
     * @param array<string, mixed> $constants
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private static function without_a_transport(array $other = [], array $constants = []): array
    {
        $page = Program::page('wp-login.php', [], $other + ['settings' => self::OFF, 'constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'none'] + $constants]);
        wp_cache_flush();

        return $page;
    }
}
