<?php

/**
 * Plugin Name: Second factor
 * Description: Mails a code to users with the meta `second_factor`. As plugins of that kind do, it ends the request within
 * `wp_login`, destroys the session that has just begun, and begins another one in the request that brings the code.
 */

declare(strict_types=1);

final class SecondFactor
{
    /** @var list<string> The sessions of this request. */
    private static array $tokens = [];

    public static function hold_cookies_back(mixed $user): mixed
    {
        if ($user instanceof WP_User && get_user_meta($user->ID, 'second_factor', true) === '1') {
            add_filter('send_auth_cookies', '__return_false', PHP_INT_MAX);
        }

        return $user;
    }

    public static function collect(string $cookie): void
    {
        $parsed = wp_parse_auth_cookie($cookie);
        self::$tokens[] = is_array($parsed) ? $parsed['token'] : '';
    }

    public static function interrupt(string $login, WP_User $user): void
    {
        if (get_user_meta($user->ID, 'second_factor', true) !== '1') {
            return;
        }

        array_map(WP_Session_Tokens::get_instance($user->ID)->destroy(...), self::$tokens);
        wp_clear_auth_cookie();
        $code = (string) wp_rand(100_000, 999_999);
        update_user_meta($user->ID, 'second_factor_code', $code);
        wp_mail($user->user_email, 'Your code', $code);
        login_header('Second factor');
        echo '<form method="post" action="' . esc_url(site_url('wp-login.php?action=second_factor', 'login_post')) . '">';
        foreach (['user' => $user->ID, 'redirect_to' => $_REQUEST['redirect_to'] ?? admin_url(), 'rememberme' => (int) !empty($_REQUEST['rememberme'])] as $name => $value) {
            printf('<input type="hidden" name="%s" value="%s">', esc_attr($name), esc_attr((string) wp_unslash($value)));
        }

        echo '<input name="code"><button>Log in</button></form>';
        login_footer();

        exit();
    }

    public static function check(): void
    {
        $user = get_userdata((int) $_POST['user']);
        $code = $user === false ? '' : (string) get_user_meta($user->ID, 'second_factor_code', true);
        if ($code === '' || !hash_equals($code, (string) $_POST['code'])) {
            wp_die('Wrong code', '', 403);
        }

        delete_user_meta($user->ID, 'second_factor_code');
        wp_set_auth_cookie($user->ID, !empty($_POST['rememberme']));
        wp_safe_redirect(apply_filters('login_redirect', wp_unslash($_POST['redirect_to']), wp_unslash($_POST['redirect_to']), $user));

        exit();
    }
}

add_filter('authenticate', [SecondFactor::class, 'hold_cookies_back'], 31);
add_action('set_auth_cookie', [SecondFactor::class, 'collect']);
add_action('set_logged_in_cookie', [SecondFactor::class, 'collect']);
add_action('wp_login', [SecondFactor::class, 'interrupt'], PHP_INT_MAX, 2);
add_action('login_form_second_factor', [SecondFactor::class, 'check']);
