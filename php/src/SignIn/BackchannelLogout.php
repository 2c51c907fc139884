<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\LoggedOut;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Support\Request;

/**
 * OpenID Connect Back-Channel Logout 1.0: the provider's server says which sessions it ended.
 */
final class BackchannelLogout
{
    /** More of it is nothing that the core would look at. */
    private const MAX_BYTES = 16_384;

    /**
     * §2.8: 200 once the sessions have ended, else 400. It is a server that asks, so there is no page.
     */
    public static function receive(): never
    {
        Response::prepare();
        $token = substr(Request::posted('logout_token'), 0, self::MAX_BYTES);
        $outcome = (new Client(new Handler()))->expect(LoggedOut::class, Operation::BackchannelLogout, ['logout_token' => $token]);
        status_header($outcome instanceof Refused ? 400 : 200);
        header('Content-Type: application/json; charset=utf-8');
        if ($outcome instanceof Refused) {
            echo wp_json_encode(['error' => 'invalid_request', 'error_description' => $outcome->code]);
        }

        exit();
    }
}
