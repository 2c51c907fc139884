<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

/**
 * Where a visitor goes who has just signed in: the rules of wp-login.php, with the same filter.
 */
final class LoginRedirect
{
    /**
     * @param string $requested Where the visitor wanted to be; the caller still redirects safely.
     */
    public static function of(\WP_User $user, string $requested): string
    {
        $default = $requested === '' ? admin_url() : $requested;

        /** This filter is documented in wp-login.php */
        $filtered = apply_filters('login_redirect', $default, $requested, $user);
        $destination = is_string($filtered) ? $filtered : $default;
        if (!in_array($destination, ['', 'wp-admin/', admin_url()], true)) {
            return $destination;
        }

        return match (true) {
            is_multisite() && !self::has_site($user) && !is_super_admin($user->ID) => user_admin_url(),
            is_multisite() && !$user->has_cap('read') => get_dashboard_url($user->ID),
            $user->has_cap('edit_posts') => admin_url(),
            $user->has_cap('read') => admin_url('profile.php'),
            default => home_url(),
        };
    }

    private static function has_site(\WP_User $user): bool
    {
        return get_active_blog_for_user($user->ID) instanceof \WP_Site;
    }
}
