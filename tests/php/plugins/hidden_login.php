<?php

/**
 * Plugin Name: Hidden login
 * Description: Moves the login page to a secret path and answers 404 at its own, as plugins of that kind do: they rewrite the
 * addresses that WordPress gives, decide while plugins load, and act before WordPress looks for a page. The option
 * `hidden_login_path` is the path.
 */

declare(strict_types=1);

final class HiddenLogin
{
    private static bool $hides = false;

    private static bool $shows = false;

    public static function decide(): void
    {
        $path = rtrim((string) parse_url((string) ($_SERVER['REQUEST_URI'] ?? ''), PHP_URL_PATH), '/');
        self::$shows = str_ends_with($path, '/' . self::path());
        self::$hides = str_contains($path, 'wp-login.php');
        if (self::$hides) {
            $GLOBALS['pagenow'] = 'index.php';
            $_SERVER['REQUEST_URI'] = '/-/-/-/-/-/';
        }
    }

    public static function act(): void
    {
        if (self::$shows) {
            $GLOBALS['pagenow'] = 'wp-login.php';
            global $error, $interim_login, $action, $user_login;

            require_once ABSPATH . 'wp-login.php';

            exit();
        }

        if (self::$hides) {
            wp_die('Not found', '', ['response' => 404]);
        }
    }

    public static function move(string $url): string
    {
        if (!str_contains($url, 'wp-login.php')) {
            return $url;
        }

        [$address, $query] = [...explode('?', $url, 2), ''];

        return str_replace('wp-login.php', self::path() . '/', $address) . ($query === '' ? '' : '?' . $query);
    }

    private static function path(): string
    {
        return (string) get_option('hidden_login_path', 'secret-door');
    }
}

add_action('plugins_loaded', [HiddenLogin::class, 'decide'], 9999);
add_action('wp_loaded', [HiddenLogin::class, 'act']);
foreach (['site_url', 'network_site_url', 'wp_redirect', 'login_url', 'logout_url'] as $hook) {
    add_filter($hook, [HiddenLogin::class, 'move']);
}
