<?php

declare(strict_types=1);

namespace LogtoSignIn\Approval;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Accounts that are pending: without a role until an administrator approves them.
 */
final class Approval
{
    /** The parameter of the list of users that narrows it, and its value for those who wait. */
    public const FILTER = 'logto_with';
    public const PENDING = 'pending';

    /**
     * Those who wait, in the list of this site's users.
     */
    public static function list_url(): string
    {
        return add_query_arg(self::FILTER, self::PENDING, admin_url('users.php'));
    }

    /**
     * Whether the current user may approve accounts. On a network, an approved user is let in to every site, and a site's
     * administrator can add anybody to that site: only the network's administrators approve.
     */
    public static function current_user_approves(): bool
    {
        return current_user_can('promote_users') && Access::network_allows();
    }

    /**
     * Whether the current user may approve a user of this site.
     */
    public static function current_user_can_approve(int $user_id): bool
    {
        return self::current_user_approves() && current_user_can('promote_user', $user_id) && is_user_member_of_blog($user_id);
    }

    /**
     * The roles that a user has once the current user approves: those that an admin has given by hand already, or
     * those that were kept for the approval and that the current user may give.
     *
     * @return list<string> Empty when there is none, and nothing to approve.
     */
    public static function roles(\WP_User $user): array
    {
        if ($user->roles !== []) {
            return array_values($user->roles);
        }

        $wanted = Input::to_strings(get_user_meta($user->ID, UserMeta::PENDING_ROLES, true));
        $wanted = $wanted === [] ? Input::to_strings([get_option('default_role')]) : array_unique($wanted);

        return array_values(array_intersect($wanted, array_keys(get_editable_roles())));
    }

    /**
     * @param list<int> $user_ids
     *
     * @return array{done: int, denied: int} How many users are approved, and how many still wait.
     */
    public static function approve_all(array $user_ids): array
    {
        $result = ['done' => 0, 'denied' => 0];
        foreach (array_filter($user_ids, UserMeta::is_pending(...)) as $user_id) {
            ++$result[self::approve($user_id) ? 'done' : 'denied'];
        }

        return $result;
    }

    private static function approve(int $user_id): bool
    {
        $user = get_userdata($user_id);
        $roles = $user === false ? [] : self::roles($user);
        if ($user === false || !self::current_user_can_approve($user_id) || $roles === []) {
            Log::write('not_approved', sprintf('user %d cannot give user %d any of its roles', get_current_user_id(), $user_id));

            return false;
        }

        return self::admit($user);
    }

    /**
     * Approves a user for somebody who may do so, such as whoever has a shell.
     *
     * @return bool Whether the user waited, and has a role now.
     */
    public static function admit(\WP_User $user): bool
    {
        $user_id = $user->ID;
        $roles = self::roles($user);
        // Of two admins at once, one removes the mark and goes on.
        if ($roles === [] || !delete_user_meta($user_id, UserMeta::PENDING)) {
            return false;
        }

        delete_user_meta($user_id, UserMeta::PENDING_ROLES);
        foreach (array_diff($roles, $user->roles) as $role) {
            // Plugins watch `set_user_role`.
            $user->roles === [] ? $user->set_role($role) : $user->add_role($role);
        }

        Log::write('approved', sprintf('user %d approved user %d: %s', get_current_user_id(), $user_id, implode(', ', $roles)));

        /**
         * An admin approved an account.
         *
         * @since 0.1.0
         *
         * @param int $user_id  The user.
         * @param int $actor_id The admin.
         */
        do_action('logto_sign_in_approved', $user_id, get_current_user_id());

        return true;
    }
}
