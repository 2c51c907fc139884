<?php

/**
 * Plugin Name: Shop
 * Description: Signs out on a page of its own, `?customer-logout`, and goes on to another one; also sends everybody who signs
 * out on the login page there, after all other plugins.
 */

declare(strict_types=1);

add_action('template_redirect', static function (): void {
    if (isset($_GET['customer-logout'])) {
        wp_logout();
        wp_safe_redirect(home_url('/?my-account'));

        exit();
    }
});
add_filter('logout_redirect', static fn(): string => home_url('/?my-account'), PHP_INT_MAX);
