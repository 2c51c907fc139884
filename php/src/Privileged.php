<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * Whether a user could take a site over: may edit users or manage options, on any site of the network.
 */
final class Privileged
{
    public static function is(\WP_User $user): bool
    {
        if (!is_multisite()) {
            return self::here($user);
        }

        if (is_super_admin($user->ID)) {
            return true;
        }

        $everywhere = new \WP_User($user);
        foreach (self::sites($user) as $site) {
            $everywhere->for_site($site);
            if (self::here($everywhere)) {
                return true;
            }
        }

        return false;
    }

    private static function here(\WP_User $user): bool
    {
        return $user->has_cap('edit_users') || $user->has_cap('manage_options');
    }

    /**
     * The sites that a user has capabilities on, by the names of their meta.
     *
     * @return list<int>
     */
    private static function sites(\WP_User $user): array
    {
        $sites = [];
        $pattern = '/^' . preg_quote(Tables::database()->base_prefix, '/') . '(?:(\d+)_)?capabilities$/';
        foreach (array_keys(Fields::of(get_user_meta($user->ID))) as $key) {
            $found = [];
            if (preg_match($pattern, (string) $key, $found) === 1) {
                $sites[] = (int) ($found[1] ?? 1);
            }
        }

        return $sites;
    }
}
