<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\Memberships;
use LogtoSignIn\Accounts\Renewals;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\SessionChecked;
use LogtoSignIn\Protocol\Renewal;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Protocol\SiteChange;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Network;

/**
 * Asks the provider whether a session may go on, and does what it says.
 */
final class SessionCheck
{
    /** Seconds until another try when the core could not be asked. */
    private const PAUSE_SECS = 60;

    /**
     * Of requests at once, one asks: a refresh token counts once (RFC 9700 §4.14.2). The others go on as before.
     */
    public static function perform(int $user_id, string $token): null|SessionChecked
    {
        $ask = static fn(): null|SessionChecked => self::ask($user_id, $token);
        $wait = static fn(): null|SessionChecked => null;

        return Lock::hold('renewal_' . hash('sha256', $token), $ask, $wait, 0);
    }

    private static function ask(int $user_id, string $token): null|SessionChecked
    {
        wp_cache_delete($user_id, 'user_meta');
        $renewal = Renewals::of($user_id, $token);
        if ($renewal === null || $renewal->check_after > time()) {
            // Another request has asked meanwhile, or the session is over.
            return null;
        }

        $site = Renewals::site($user_id, $token);
        try {
            return Network::on_site($site, static fn(): null|SessionChecked => self::ask_here($user_id, $token, $renewal, $site));
        } finally {
            // The request goes on with the roles of now.
            $current = wp_get_current_user();
            if ($current->ID === $user_id) {
                $current->for_site(get_current_blog_id());
            }
        }
    }

    private static function ask_here(int $user_id, string $token, Renewal $before, int $site): null|SessionChecked
    {
        $input = ['user_id' => $user_id, 'sealed' => $before->sealed];
        $outcome = (new Client(new Handler()))->expect(SessionChecked::class, Operation::Revalidate, $input);
        if ($outcome instanceof SessionChecked && $outcome->ended !== null) {
            return self::end($outcome, $user_id, $token, $before);
        }

        // A core that cannot be asked says nothing about the session. What comes next is kept first: the old token is spent.
        $later = new Renewal($before->sealed, time() + self::PAUSE_SECS, time() + 2 * self::PAUSE_SECS);
        Renewals::keep($user_id, $token, ($outcome instanceof SessionChecked ? $outcome->renewal : null) ?? $later, $site);
        if ($outcome instanceof Refused) {
            return null;
        }

        self::change(new \WP_User($user_id), $outcome->roles, $outcome->sites, $outcome->issuer_hash);

        return $outcome;
    }

    private static function end(SessionChecked $outcome, int $user_id, string $token, Renewal $before): null|SessionChecked
    {
        wp_cache_delete($user_id, 'user_meta');
        $now = Renewals::of($user_id, $token);
        if ($now !== null && $now->sealed !== $before->sealed) {
            // A database server without locks let another request spend the token first, and that one was confirmed.
            return null;
        }

        \WP_Session_Tokens::get_instance($user_id)->destroy($token);
        Recorder::record(new Event(Kind::SignedOut, (string) $outcome->ended, Provider::Logto, $user_id));

        return $outcome;
    }

    private static function change(\WP_User $user, null|RoleChange $roles, null|SiteChange $sites, string $issuer_hash): void
    {
        if ($roles !== null) {
            Roles::take_back($user, $roles, $issuer_hash);
            Roles::give($user, $roles, $issuer_hash);
        }

        if ($sites !== null) {
            Memberships::take_back($user->ID, $sites, $issuer_hash);
            Memberships::give($user->ID, $sites, $issuer_hash);
        }
    }
}
