<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Network;

/**
 * Who may administer. A site always keeps an administrator, and an email address never makes somebody one.
 */
final class Administrators
{
    public const ROLE = 'administrator';

    /** The capabilities of WordPress's subscribers. */
    private const HARMLESS = ['read', 'level_0'];

    /**
     * Whether nobody else is an administrator of this site.
     */
    public static function is_last(\WP_User $user): bool
    {
        if (!in_array(self::ROLE, $user->roles, true)) {
            return false;
        }

        return get_users([
            'role' => self::ROLE,
            'exclude' => [$user->ID],
            'number' => 1,
            'fields' => 'ID',
            'count_total' => false,
            'cache_results' => false,
        ]) === [];
    }

    /**
     * Takes an administrator's power over this site, unless nobody else has it. One at a time: of two administrators,
     * each would otherwise count on the other.
     *
     * @param callable(): mixed $demote
     */
    public static function demote(\WP_User $user, callable $demote): bool
    {
        return Lock::hold(
            'administrators_' . get_current_blog_id(),
            static function () use ($user, $demote): bool {
                if (self::is_last($user)) {
                    Log::write('last_administrator', 'user ' . $user->ID . ' stays an administrator: there is no other');

                    return false;
                }

                $demote();

                return true;
            },
            static function () use ($user): bool {
                Log::write('last_administrator', 'user ' . $user->ID . ' stays an administrator: the lock is taken');

                return false;
            },
        );
    }

    /**
     * Whether a user may do anything, on any site of this installation, that a subscriber may not.
     */
    public static function is_privileged(\WP_User $user): bool
    {
        $privileged = is_super_admin($user->ID) || self::has_power_here($user->ID);
        foreach (is_multisite() ? AccountFacts::sites($user->ID) : [] as $site) {
            $privileged = $privileged || Network::on_site($site, static fn(): bool => self::has_power_here($user->ID));
        }

        /**
         * Filters whether an account is too powerful to be connected by an email address.
         *
         * @since 0.1.0
         * @since 0.2.0 Any capability that `logto_sign_in_harmless_capabilities` does not list makes it so.
         *
         * @param bool     $privileged Whether the user has any other capability than the harmless ones on any site.
         * @param \WP_User $user       The user.
         */
        return apply_filters('logto_sign_in_is_privileged', $privileged, $user) !== false;
    }

    /**
     * Whether a user has any capability on this site that is not known to be harmless: a list of dangerous ones would
     * never be complete, since every plugin has its own.
     */
    private static function has_power_here(int $user_id): bool
    {
        $user = new \WP_User($user_id);

        /**
         * Filters the capabilities that give nobody any power. Everybody who has another one is privileged: an email
         * address alone does not connect such an account, and the import leaves it out.
         *
         * @since 0.2.0
         *
         * @param list<string> $capabilities Those of a subscriber.
         */
        $harmless = Input::to_strings(apply_filters('logto_sign_in_harmless_capabilities', self::HARMLESS));
        // WordPress counts the name of each role that a user has among the capabilities.
        $harmless = [...$harmless, ...$user->roles];
        if (array_diff(array_keys(array_filter($user->allcaps)), $harmless) !== []) {
            return true;
        }

        // Plugins may give a capability at the moment when it is asked for.
        $known = array_merge(...array_map(static fn(\WP_Role $role): array => array_keys($role->capabilities), array_values(wp_roles()->role_objects)));
        foreach (array_diff(array_unique($known), $harmless) as $capability) {
            if ($user->has_cap((string) $capability)) {
                return true;
            }
        }

        return false;
    }
}
