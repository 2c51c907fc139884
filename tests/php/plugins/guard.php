<?php

/**
 * Plugin Name: Guard
 * Description: Refuses sign-ins as security plugins do, and tells in headers what WordPress tells it.
 */

declare(strict_types=1);

foreach (['authenticate' => 30, 'wp_authenticate_user' => 10] as $hook => $priority) {
    add_filter($hook, static function (mixed $user) use ($hook): mixed {
        return $user instanceof WP_User && get_option('guard_refuses_at') === $hook
            ? new WP_Error('guard', '<strong>Guard</strong>: not at this hour.<script>alert(1)</script>')
            : $user;
    }, $priority);
}

foreach (['user_register' => 2, 'profile_update' => 3, 'wp_login' => 2, 'wp_login_failed' => 2] as $hook => $count) {
    add_action($hook, static function (mixed ...$arguments) use ($hook): void {
        $seen = [$hook, array_map(static fn(mixed $argument): mixed => match (true) {
            $argument instanceof WP_User => ['user' => $argument->ID],
            $argument instanceof WP_Error => ['error' => $argument->get_error_code()],
            is_array($argument) => array_intersect_key($argument, ['user_login' => 1, 'display_name' => 1, 'user_email' => 1]),
            default => $argument,
        }, $arguments)];
        header('X-Guard: ' . json_encode($seen), false);
    }, 10, $count);
}
