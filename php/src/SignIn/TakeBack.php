<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\Memberships;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Support\FailedQueries;
use LogtoSignIn\Support\Log;

/**
 * What the provider takes back needs nobody's consent; what it gives waits until WordPress has let the user in.
 */
final class TakeBack
{
    /**
     * @return bool False when the database refused: nobody gets in with a role that the provider took back.
     */
    public static function perform(\WP_User $user, SignedIn $outcome): bool
    {
        $failed = FailedQueries::watch();
        if ($outcome->roles !== null) {
            Roles::take_back($user, $outcome->roles, $outcome->issuer_hash);
        }

        if ($outcome->sites !== null) {
            Memberships::take_back($user->ID, $outcome->sites, $outcome->issuer_hash);
        }

        if ($failed->cause() !== '') {
            Log::write('database_error', $failed->cause());
        }

        return $failed->cause() === '';
    }
}
