<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Settings;

use LogtoSignIn\Admin\Notices;
use LogtoSignIn\Admin\ServerHealth;
use LogtoSignIn\Admin\SiteHealth;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\Support\Request;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class SiteTest extends TestCase
{
    public function test_addresses_follow_the_configured_scheme_not_the_request(): void
    {
        // RFC 9700 §4.13: forwarded headers are not to be trusted; wp-login.php exists with every permalink structure.
        add_filter('pre_option_siteurl', static fn() => 'https://site.example/wp');
        $_SERVER['HTTP_X_FORWARDED_PROTO'] = 'http';
        unset($_SERVER['HTTPS']);
        self::assertSame('https://site.example/wp/wp-login.php?action=logto_callback', Site::redirect_uri());
        self::assertSame('https://site.example/wp/wp-login.php?action=logto_callback_dingtalk', Site::dingtalk_redirect_uri());
        self::assertSame('https://site.example/wp/wp-login.php?action=logto_callback_dingtalk_app', Site::dingtalk_app_uri());
        self::assertSame('https://site.example/wp/wp-login.php?action=logto_signed_out', Site::post_logout_redirect_uri());
        self::assertSame('https://site.example/wp/wp-login.php?action=logto', Site::start_uri());
    }

    public function test_the_site_is_described_for_the_core(): void
    {
        $_SERVER['HTTP_HOST'] = "EVIL.example:80\"<\r\n";
        $site = Site::describe();
        self::assertSame('evil.example:80', $site['host']);
        self::assertSame(['home', 'start_uri', 'redirect_uri', 'dingtalk_redirect_uri', 'dingtalk_app_uri', 'post_logout_redirect_uri', 'connect_uri', 'host', 'locale', 'roles', 'default_role', 'blog_id', 'salt', 'trusted_hosts', 'reads_claims'], array_keys($site));
        self::assertSame([], $site['trusted_hosts']);
        self::assertSame(array_keys(wp_roles()->roles), $site['roles']);
        self::assertSame(is_multisite() ? get_current_blog_id() : 0, $site['blog_id']);
        self::assertGreaterThan(64, strlen($site['salt']));
        self::assertSame($site['salt'], Site::describe()['salt']);
    }

    public function test_only_our_own_cookies_reach_the_core(): void
    {
        $_COOKIE = ['wordpress_logto_a' => "x\\'y", 'wordpress_logged_in_x' => 'session', 'wp-settings-1' => 'z', 'wordpress_logto_b' => ['array']];
        self::assertSame(['wordpress_logto_a' => "x'y"], Request::cookies());
    }

    public function test_a_redirect_goes_to_exactly_one_other_host(): void
    {
        $targets = [];
        add_filter('wp_redirect', static function (string $target) use (&$targets): bool {
            $targets[] = $target;

            return false;
        });
        Response::redirect(new Redirect('https://tenant.example/oidc/auth?x=1', true, []));
        Response::redirect(new Redirect('https://tenant.example/oidc/auth?x=1', false, []));
        Response::redirect(new Redirect('//evil.example/', false, []));
        Response::redirect(new Redirect(home_url('/page'), false, []));
        self::assertSame(['https://tenant.example/oidc/auth?x=1', admin_url(), admin_url(), home_url('/page')], $targets);
        self::assertSame('no', wp_validate_redirect('https://tenant.example/', 'no'));
    }

    public function test_site_health_says_how_things_are(): void
    {
        $this->store(self::SETTINGS);
        $tests = apply_filters('site_status_tests', ['direct' => ['x' => []], 'async' => []]);
        self::assertSame(['logto_sign_in_tables', 'logto_sign_in_nodes', 'logto_sign_in_transport', 'logto_sign_in_settings', 'logto_sign_in_https', 'logto_sign_in_address', 'logto_sign_in_connection', 'x'], array_keys($tests['direct']));
        self::assertSame('good', SiteHealth::test_transport()['status']);
        self::assertSame('good', SiteHealth::test_settings()['status']);
        $this->store([]);
        self::assertSame('recommended', SiteHealth::test_settings()['status']);
        add_filter('pre_option_siteurl', static fn() => 'https://site.example');
        self::assertSame('good', ServerHealth::test_https()['status']);
    }

    public function test_debug_information_has_no_secret(): void
    {
        $this->store(self::SETTINGS);
        $information = (string) json_encode(apply_filters('debug_information', []));
        self::assertStringContainsString('http:\/\/127.0.0.1:9', $information);
        self::assertStringNotContainsString('a very secret secret', $information);
    }

    public function test_admins_are_told_what_is_missing_and_others_are_not(): void
    {
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store([]);
        $shown = function (string $role, string $screen): string {
            $user = $role === 'administrator' ? $this->admin($role . $screen) : $this->user($role . $screen, $role);
            wp_set_current_user($user->ID);
            set_current_screen($screen);
            ob_start();
            Notices::show();

            return (string) ob_get_clean();
        };
        self::assertStringContainsString('logto-sign-in-help', $shown('administrator', 'plugins'));
        self::assertSame('', $shown('administrator', 'edit-post'));
        self::assertSame('', $shown('editor', 'plugins'));
        unset($GLOBALS['current_screen']);
    }

    public function test_fault_s2_uninstalling_removes_what_was_stored_and_asks_no_site_about_identities(): void
    {
        $result = Program::run('uninstall.php');
        self::assertSame([false, false, false, false, false], [$result['option'], $result['wish'], $result['discovery'], $result['used_states'], $result['activity']]);
        self::assertSame([false, false], [$result['import'], $result['before_import']]);
        self::assertSame(['', 'kept'], [$result['phone'], $result['other']]);
        self::assertSame(is_multisite() ? [['another_plugin'], ['another_plugin']] : [], $result['elsewhere']);
        self::assertSame(['logto_sign_in_unknown_password', 'logto_sign_in_pending', 'logto_sign_in_pending_roles'], $result['marks'], 'an account still waits after a new installation');
        // Fault S2: a site's box dropped the identities of the whole network.
        self::assertSame(is_multisite() ? [true, false] : [null, null], [$result['identities_after_wish_of_a_site'] ?? null, $result['custom'] ?? null]);
        self::assertSame([], $result['marks_after_wish']);
        self::assertTrue($result['identities_kept']);
        self::assertFalse($result['identities_after_wish']);
    }
}
