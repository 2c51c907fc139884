<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\SiteChange;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Network;

/**
 * Makes a user a member of sites of the network, and unmakes them, as the core says.
 */
final class Memberships
{
    /**
     * Before WordPress decides about the sign-in: takes back what the issuer no longer gives, and notes that it
     * confirmed the rest. A membership that could not be taken back is tried again at the next sign-in.
     */
    public static function take_back(int $user_id, SiteChange $change, string $issuer_hash): void
    {
        if (!is_multisite()) {
            return;
        }

        self::leave($user_id, $change->remove);
        self::confirm($user_id, $issuer_hash, [...array_diff($change->granted, $change->add), ...$change->remove]);
    }

    /**
     * Once WordPress has let the user in.
     */
    public static function give(int $user_id, SiteChange $change, string $issuer_hash): void
    {
        if (!is_multisite() || $change->add === []) {
            return;
        }

        $joined = array_filter($change->add, static fn(int $site): bool => self::join($user_id, $site));
        $not_joined = array_diff($change->add, $joined);
        self::confirm($user_id, $issuer_hash, [...array_diff($change->granted, $not_joined), ...$change->remove]);
        clean_user_cache($user_id);
    }

    /**
     * @param array<int> $sites
     */
    public static function leave(int $user_id, array $sites): void
    {
        foreach ($sites as $site) {
            self::leave_one($user_id, $site);
        }

        if ($sites !== []) {
            clean_user_cache($user_id);
        }
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

    private static function leave_one(int $user_id, int $site): void
    {
        if (get_site($site) === null || !is_user_member_of_blog($user_id, $site)) {
            return;
        }

        Network::on_site($site, static function () use ($user_id, $site): void {
            $user = new \WP_User($user_id);
            $leave = static fn() => remove_user_from_blog($user_id, $site);
            in_array(Administrators::ROLE, $user->roles, true) ? Administrators::demote($user, $leave) : $leave();
        });

        Log::write('site_left', sprintf('user %d: asked to leave site %d', $user_id, $site));
    }

    /**
     * @param array<int> $sites
     */
    private static function confirm(int $user_id, string $issuer_hash, array $sites): void
    {
        $sites = array_map(strval(...), array_intersect($sites, AccountFacts::sites($user_id)));
        Granted::keep_memberships($user_id, Granted::memberships($user_id)->confirm($issuer_hash, $sites));
    }
}
