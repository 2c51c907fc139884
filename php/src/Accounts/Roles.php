<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Support\Log;

/**
 * Gives and takes a user's roles on this site, as the core says. WordPress's own hooks of roles fire.
 */
final class Roles
{
    public static function change(\WP_User $user, RoleChange $change): void
    {
        $add = array_values(array_filter($change->add, static fn(string $role): bool => wp_roles()->is_role($role)));
        self::join($user, $add);
        foreach ($change->remove as $role) {
            $remove = static fn() => $user->remove_role($role);
            $role === Administrators::ROLE ? Administrators::demote($user, $remove) : $remove();
        }

        foreach (array_diff($add, $user->roles) as $role) {
            $user->add_role($role);
        }

        // A role that could not be taken back is tried again at the next sign-in.
        $given = array_unique([...$change->granted, ...$change->remove]);
        Granted::keep_roles($user->ID, array_values(array_intersect($given, $user->roles)));
        Log::write('roles_changed', sprintf('user %d: now %s', $user->ID, implode(', ', $user->roles)));
    }

    /**
     * On a network, who has a role on this site is a member of it.
     *
     * @param list<string> $roles
     */
    private static function join(\WP_User $user, array $roles): void
    {
        $here = get_current_blog_id();
        if ($roles === [] || !is_multisite() || is_user_member_of_blog($user->ID, $here)) {
            return;
        }

        add_user_to_blog($here, $user->ID, $roles[0]);
        clean_user_cache($user->ID);
        $user->for_site($here);
    }
}
