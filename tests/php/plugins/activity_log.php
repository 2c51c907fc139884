<?php

/**
 * Plugin Name: Activity log
 * Description: Notes logins in the option `activity_log`, as plugins of that kind do: a wrong password before it is counted as
 * a failure, failures, logins and logouts.
 */

declare(strict_types=1);

function note_activity(string $event): void
{
    $events = get_option('activity_log', []);
    update_option('activity_log', [...is_array($events) ? $events : [], $event]);
}

add_filter('wp_authenticate_user', static function (mixed $user, mixed $password): mixed {
    if ($user instanceof WP_User && !wp_check_password((string) $password, $user->user_pass, $user->ID)) {
        note_activity('wrong password');
    }

    return $user;
}, 10, 2);
add_action('wp_login_failed', static fn() => note_activity('failed'));
add_action('wp_login', static fn() => note_activity('login'));
add_action('logto_sign_in_signed_in', static fn() => note_activity('signed in at a provider'));
add_action('wp_logout', static fn() => note_activity('logout'));
