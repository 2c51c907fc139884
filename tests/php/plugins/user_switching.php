<?php

/**
 * Plugin Name: User switching
 * Description: `?switch_to=<user>` opens a session of another user for an administrator, and `?switch_off` leaves it without
 * ending it, as a well-known plugin does.
 */

declare(strict_types=1);

add_action('init', static function (): void {
    $old = get_current_user_id();
    if (isset($_GET['switch_to']) && current_user_can('edit_users')) {
        $user_id = (int) $_GET['switch_to'];
        wp_clear_auth_cookie();
        wp_set_auth_cookie($user_id);
        wp_set_current_user($user_id);
        do_action('switch_to_user', $user_id, $old, '', wp_get_session_token());
        wp_safe_redirect(home_url('/?switched'));

        exit();
    }

    if (isset($_GET['switch_off']) && $old > 0) {
        $token = wp_get_session_token();
        wp_clear_auth_cookie();
        wp_set_current_user(0);
        do_action('switch_off_user', $old, $token);
        wp_safe_redirect(home_url('/?switched_off'));

        exit();
    }
}, 20);
