<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Log;

/**
 * Who may administer. A site must never be left without an administrator, nor an e-mail address make somebody one.
 */
final class Administrators
{
    public const ROLE = 'administrator';

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
     * Whether a user may administer any site of this installation.
     */
    public static function is_privileged(\WP_User $user): bool
    {
        $privileged = is_super_admin($user->ID) || self::can_administer($user->ID);
        foreach (is_multisite() ? AccountFacts::sites($user->ID) : [] as $site) {
            if ($privileged) {
                break;
            }

            switch_to_blog($site);
            $privileged = self::can_administer($user->ID);
            restore_current_blog();
        }

        /**
         * Whether an account is too powerful to be linked by an e-mail address.
         *
         * @since 0.1.0
         *
         * @param bool     $privileged Whether the user may edit users or manage options on any site.
         * @param \WP_User $user       The user.
         */
        return apply_filters('logto_sign_in_is_privileged', $privileged, $user) !== false;
    }

    private static function can_administer(int $user_id): bool
    {
        return user_can($user_id, 'edit_users') || user_can($user_id, 'manage_options');
    }
}
