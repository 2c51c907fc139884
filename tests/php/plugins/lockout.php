<?php

/**
 * Plugin Name: Lock-out
 * Description: Locks an address out after three failed logins, as plugins of that kind do: first of all, whoever logs in.
 */

declare(strict_types=1);

add_action('wp_login_failed', static function (): void {
    update_option('lockout_failures', (int) get_option('lockout_failures') + 1);
});

$lock = static function (mixed $user): mixed {
    if ((int) get_option('lockout_failures') < 3) {
        return $user;
    }

    remove_filter('authenticate', 'wp_authenticate_username_password', 20);
    remove_filter('authenticate', 'wp_authenticate_email_password', 20);

    return new WP_Error('locked_out', 'Too many failed login attempts.');
};
add_filter('authenticate', $lock, 1);
add_filter('wp_authenticate_user', $lock, 99_999);
