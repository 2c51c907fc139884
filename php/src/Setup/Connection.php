<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Linking\Connect;
use LogtoSignIn\Linking\Reauthentication;
use LogtoSignIn\Linking\SessionProof;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\IdentityLinked;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * Connects the identity of a test sign-in to the account of whoever tested, once they have proved to be there. The report
 * has it in a field, sealed by the core.
 */
final class Connection
{
    public const FIELD = 'logto_connection';

    /**
     * @return string What there is to tell.
     */
    public static function make(\WP_User $user): string
    {
        $is_given = Reauthentication::is_given($user, Request::posted('logto_password'));
        if (!$is_given && !Reauthentication::is_recent($user)) {
            Log::write('proof_missing', 'user ' . $user->ID . ' did not prove to be there');

            return 'proof_missing';
        }

        $outcome = (new Client(new Handler()))->expect(IdentityLinked::class, Operation::Connect, [
            'choice' => 'connect',
            'user_id' => $user->ID,
            'proven_at' => $is_given ? time() : SessionProof::proven_at($user->ID),
            'cookies' => (object) [Connect::COOKIE => Request::posted(self::FIELD)],
        ]);

        return $outcome instanceof Refused ? $outcome->code : 'linked';
    }
}
