<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Support\Plugin;

/**
 * What an ordinary page view costs.
 */
final class PageViewTest extends TestCase
{
    public function test_an_anonymous_page_view_loads_two_files_and_asks_nothing(): void
    {
        $page = Program::page('index.php', [], ['settings' => self::SETTINGS]);

        self::assertSame(200, $page['status'], $page['body']);
        $ours = dirname((string) (new \ReflectionClass(\LogtoSignIn\Support\Plugin::class))->getFileName(), 3);
        $files = array_filter($page['files'], static fn(string $file) => str_starts_with($file, $ours . '/'));
        self::assertSame(['hooks.php', 'logto-sign-in.php'], self::sorted(array_map('basename', $files)));
        self::assertSame([], array_values(array_filter($page['queries'], static fn(string $query) => str_contains($query, 'logto'))));
        self::assertSame([], $page['fetched']);
        self::assertSame([], preg_grep('/set-cookie/i', $page['headers']));
        self::assertStringNotContainsStringIgnoringCase('logto', str_ireplace((string) get_option('blogname'), '', $page['body']));
    }

    /**
     * Fault C23: hooks of wp-admin and of the login page were added on every page view of every visitor.
     */
    public function test_fault_c23_a_page_view_adds_only_hooks_that_can_fire_there(): void
    {
        $front = Program::page('index.php', [], ['settings' => self::SETTINGS])['hooks'];

        self::assertLessThan(21, count($front), implode(', ', $front));
        self::assertSame([], preg_grep('~^(?:admin_|network_admin|login_form_(?!top)|load-|show_user|edit_user|site_status|plugin_action|logout_redirect|wp_privacy)~', $front));
        foreach (['authenticate', 'auth_cookie_expiration', 'determine_current_user', 'deleted_user', 'login_form_top'] as $needed) {
            self::assertContains($needed, $front);
        }

        $login = Program::page('wp-login.php', ['form' => '1'], ['settings' => self::SETTINGS])['hooks'];
        self::assertSame([], array_diff(['login_form_login', 'login_form_lostpassword'], $login));
        self::assertSame([], preg_grep('~^admin_~', $login));
    }

    /**
     * Fault C23: the hooks of logins, of signing out, and of the plugin's own addresses were added on every page view, too.
     *
     * @dataProvider occasions
     *
     * @param array<string, mixed> $request
     */
    public function test_fault_c23_hooks_are_added_when_something_can_fire_them(array $request, string $code, string $hook): void
    {
        $plugin = (string) tempnam(sys_get_temp_dir(), 'plugin');
        file_put_contents($plugin, "<?php add_action('template_redirect', static fn() => {$code});");

        $hooks = Program::page('index.php', [], ['settings' => self::SETTINGS, 'plugins' => [$plugin]] + $request)['hooks'];

        unlink($plugin);
        self::assertContains($hook, $hooks);
    }

    /**
     * @return array<string, array{array<string, mixed>, string, string}>
     */
    public static function occasions(): array
    {
        return [
            'a login' => [[], "wp_authenticate('somebody', 'password')", 'wp_authenticate_user'],
            'a session that another plugin gives' => [[], 'wp_set_auth_cookie(1)', 'send_auth_cookies'],
            'an application password' => [['server' => ['PHP_AUTH_USER' => 'somebody', 'PHP_AUTH_PW' => 'x']], 'true', 'wp_authenticate_application_password_errors'],
            'a bearer token' => [['server' => ['HTTP_AUTHORIZATION' => 'Bearer x']], 'true', 'rest_authentication_errors'],
            'a mail' => [[], "apply_filters('wp_mail', ['to' => 'somebody@example.com'])", 'pre_wp_mail'],
            'a class of the plugin' => [[], 'class_exists(LogtoSignIn\Support\Plugin::class)', 'logto_sign_in_secrets'],
            'a deactivation' => [[], "do_action('deactivate_plugin', 'a/plugin.php', false)", 'deactivate_' . plugin_basename(Plugin::path('logto-sign-in.php'))],
            'a cookie' => [['cookie' => ['a' => 'b']], 'true', 'wp_logout'],
        ];
    }

    public function test_every_hook_names_a_method_that_exists(): void
    {
        $count = 0;
        foreach ($GLOBALS['wp_filter'] as $name => $hook) {
            foreach ($hook->callbacks as $callbacks) {
                foreach (array_column($callbacks, 'function') as $function) {
                    if (is_array($function) && is_string($function[0]) && str_starts_with($function[0], 'LogtoSignIn\\')) {
                        self::assertTrue(is_callable($function), $name);
                        ++$count;
                    }
                }
            }
        }

        self::assertGreaterThan(25, $count);
    }

    /**
     * @param array<string> $list
     *
     * @return list<string>
     */
    private static function sorted(array $list): array
    {
        sort($list);

        return $list;
    }
}
