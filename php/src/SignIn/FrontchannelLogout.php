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
 * OpenID Connect Front-Channel Logout 1.0: the provider's sign-out page loads this address in a frame. WordPress's cookies do
 * not come along from another site, so nothing is known of the visitor but what the address says.
 */
final class FrontchannelLogout
{
    public static function receive(): never
    {
        Response::prepare();
        $input = ['iss' => Request::query('iss'), 'sid' => Request::query('sid')];
        $outcome = (new Client(new Handler()))->expect(LoggedOut::class, Operation::FrontchannelLogout, $input);
        header('Content-Type: text/plain; charset=utf-8');
        if ($outcome instanceof Refused) {
            status_header($outcome->status);
            echo esc_html($outcome->code);

            exit();
        }

        // Only the provider's pages may show the answer, and WordPress's own header would allow none but this site's.
        header_remove('X-Frame-Options');
        header('Content-Security-Policy: frame-ancestors ' . $outcome->framed_by);
        status_header(200);

        exit();
    }
}
