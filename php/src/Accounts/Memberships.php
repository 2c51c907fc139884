<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\SiteChange;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Makes a user a member of sites of the network, and unmakes them, as the core says.
 */
final class Memberships
{
    public static function change(int $user_id, SiteChange $change): void
    {
        if (!is_multisite()) {
            return;
        }

        $granted = $change->granted;
        foreach ($change->add as $site) {
            if (self::join($user_id, $site)) {
                continue;
            }

            $granted = array_diff($granted, [$site]);
        }

        foreach ($change->remove as $site) {
            self::leave($user_id, $site);
        }

        // A membership that could not be taken back is tried again at the next sign-in.
        Granted::keep_sites($user_id, array_values(array_intersect([...$granted, ...$change->remove], AccountFacts::sites($user_id))));
        clean_user_cache($user_id);
    }

    /**
     * Whether this made the user a member; who is one already stays what they are.
     */
    private static function join(int $user_id, int $site): bool
    {
        if (get_site($site) === null || is_user_member_of_blog($user_id, $site)) {
            return false;
        }

        $role = Input::to_string(get_blog_option($site, 'default_role'), 'subscriber');
        if (add_user_to_blog($site, $user_id, $role) !== true) {
            return false;
        }

        Log::write('site_joined', sprintf('user %d joined site %d', $user_id, $site));

        return true;
    }

    private static function leave(int $user_id, int $site): void
    {
        if (get_site($site) === null || !is_user_member_of_blog($user_id, $site)) {
            return;
        }

        switch_to_blog($site);
        try {
            $user = new \WP_User($user_id);
            $leave = static fn() => remove_user_from_blog($user_id, $site);
            in_array(Administrators::ROLE, $user->roles, true) ? Administrators::demote($user, $leave) : $leave();
        } finally {
            restore_current_blog();
        }

        Log::write('site_left', sprintf('user %d: asked to leave site %d', $user_id, $site));
    }
}
