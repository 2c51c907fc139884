<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * A request to the REST API with an access token is refused. Programs read these messages, and the people who write them.
 */
final class Api
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'api_request_invalid',
                __('Send one access token, in the Authorization header.', 'logto-sign-in'),
                __('See the cause in the error log. The program that calls the REST API has to change.', 'logto-sign-in'),
            ),
            new Message(
                'api_token_invalid',
                __('The access token is not valid for this API, or it expired.', 'logto-sign-in'),
                __('The error log names the cause. The program must request the token for the API identifier in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'api_user_unknown',
                __('The access token’s user has no account on this site.', 'logto-sign-in'),
                __('The user signs in to this site once, or connects the account from the profile page.', 'logto-sign-in'),
            ),
            new Message(
                'api_client_refused',
                __('This site does not accept access tokens of machine-to-machine apps.', 'logto-sign-in'),
                __('Enter the username of an existing user under “User for machine-to-machine apps” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'api_scope_missing',
                __('The access token’s permissions do not allow this request.', 'logto-sign-in'),
                __('Assign the permission to the user’s or the app’s role in the Logto Console, and add it under “Permissions” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'api_unavailable',
                __('The access token cannot be verified right now. Please try again later.', 'logto-sign-in'),
                __('The sign-in service did not provide its keys. See the cause in the error log.', 'logto-sign-in'),
            ),
        ];
    }
}
