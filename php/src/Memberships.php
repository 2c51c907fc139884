<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * Makes a user a member of sites of the network, and unmakes them, as the core says.
 */
final class Memberships
{
    /**
     * @param array<array-key, mixed> $change A `Change` with `add`, `remove` and `granted`; without them, nothing.
     */
    public static function change(int $user_id, array $change): void
    {
        if ($change === [] || !is_multisite()) {
            return;
        }

        $granted = self::numbers($change, 'granted');
        foreach (self::numbers($change, 'add') as $site) {
            if (!self::join($user_id, $site)) {
                $granted = array_values(array_diff($granted, [$site]));
            }
        }

        foreach (self::numbers($change, 'remove') as $site) {
            if (!self::leave($user_id, $site)) {
                $granted[] = $site;
            }
        }

        Granted::keep_sites($user_id, $granted);
        clean_user_cache($user_id);
    }

    /**
     * A membership that is there already was not given by the mapping.
     */
    private static function join(int $user_id, int $site): bool
    {
        if (get_site($site) === null || is_user_member_of_blog($user_id, $site)) {
            return false;
        }

        $role = Fields::text(['role' => get_blog_option($site, 'default_role')], 'role', 'subscriber');

        return add_user_to_blog($site, $user_id, $role) === true;
    }

    private static function leave(int $user_id, int $site): bool
    {
        if (get_site($site) === null || !is_user_member_of_blog($user_id, $site)) {
            return true;
        }

        switch_to_blog($site);
        try {
            $user = new \WP_User($user_id);
            $leave = static fn() => remove_user_from_blog($user_id, $site);
            if (in_array(Administrators::ROLE, $user->roles, true)) {
                return Administrators::demote($user, $leave);
            }

            return $leave() === true;
        } finally {
            restore_current_blog();
        }
    }

    /**
     * @param array<array-key, mixed> $change
     *
     * @return list<int>
     */
    private static function numbers(array $change, string $member): array
    {
        return array_values(array_filter(Fields::of($change[$member] ?? null), 'is_int'));
    }
}
