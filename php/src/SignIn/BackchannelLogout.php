<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Log;

/**
 * OpenID Connect Back-Channel Logout 1.0, which this plugin does not support.
 */
final class BackchannelLogout
{
    /**
     * A provider posts a logout token (OpenID Connect Back-Channel Logout 1.0 §2.5), and there is no such address here. The
     * login page would answer 200, which says that the session has ended.
     */
    public static function refuse(): never
    {
        Response::prepare();
        Log::write('backchannel_logout_unsupported', 'a logout token came; remove the backchannel logout URI in the Logto Console');
        status_header(404);
        header('Content-Type: application/json; charset=utf-8');
        // §2.8
        echo wp_json_encode(['error' => 'invalid_request', 'error_description' => 'back-channel logout is not supported']);

        exit();
    }
}
