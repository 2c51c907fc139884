<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Gives and takes a user's roles on this site, as the core says. WordPress's own hooks of roles fire.
 */
final class Roles
{
    /**
     * Before WordPress decides about the sign-in: takes back what the issuer no longer gives, and notes that it
     * confirmed the rest. A role that could not be taken back is tried again at the next sign-in.
     */
    public static function take_back(\WP_User $user, RoleChange $change, string $issuer_hash): void
    {
        // Until the sign-in is complete, it counts as given by the issuer too: then it is taken back.
        $substitute = self::remove($user, $change->remove);
        $kept = array_intersect([...array_diff($change->granted, $change->add), ...$change->remove], $user->roles);
        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm($issuer_hash, [...$kept, ...$substitute]));
    }

    /**
     * Once WordPress has let the user in.
     */
    public static function give(\WP_User $user, RoleChange $change, string $issuer_hash): void
    {
        $add = array_values(array_filter($change->add, static fn(string $role): bool => wp_roles()->is_role($role)));
        if ($add === []) {
            return;
        }

        self::join($user, $add);
        foreach (array_diff($add, $user->roles) as $role) {
            $user->add_role($role);
        }

        $grants = Granted::roles($user->ID);
        // The default role that took their place, and what could not be taken back.
        self::remove($user, array_diff($grants->of($issuer_hash), $change->granted, $add));
        $kept = array_intersect([...$change->granted, ...$change->remove], $user->roles);
        Granted::keep_roles($user->ID, $grants->confirm($issuer_hash, $kept));
        self::log($user);
    }

    /**
     * Takes roles away. Whoever would be left without any keeps or gets the default one.
     *
     * @param array<string> $roles
     *
     * @return list<string> That default role, if it is the only one left.
     */
    public static function remove(\WP_User $user, array $roles): array
    {
        $roles = array_intersect($roles, $user->roles);
        $is_all = $roles !== [] && array_diff($user->roles, $roles) === [];
        $substitute = $is_all ? array_filter([self::default_role()]) : [];
        $roles = array_diff($roles, $substitute);
        foreach ($roles as $role) {
            $remove = static fn() => $user->remove_role($role);
            $role === Administrators::ROLE ? Administrators::demote($user, $remove) : $remove();
        }

        // The last administrator keeps that role, and needs no other.
        if (array_diff($user->roles, $substitute) !== []) {
            $substitute = [];
        }

        foreach (array_diff($substitute, $user->roles) as $role) {
            $user->add_role($role);
        }

        if ($roles !== []) {
            self::log($user);
        }

        return array_values($substitute);
    }

    private static function default_role(): string
    {
        $chosen = Settings::current()->text('default_role');

        return wp_roles()->is_role($chosen) ? $chosen : Input::to_string(get_option('default_role'));
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

    private static function log(\WP_User $user): void
    {
        Log::write('roles_changed', sprintf('user %d on site %d: now %s', $user->ID, get_current_blog_id(), implode(', ', $user->roles)));
    }
}
