<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * The token response, the ID token or the userinfo response is refused.
 */
final class Token
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'client_rejected',
                __('The sign-in service does not accept this site.', 'logto-sign-in'),
                __('Copy the App ID and the App secret from the Logto Console again.', 'logto-sign-in'),
            ),
            new Message(
                'code_rejected',
                __('The sign-in service did not accept this sign-in: it was already used, or it expired.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens to everyone, compare the redirect URI with the Logto Console.', 'logto-sign-in'),
            ),
            new Message(
                'token_error',
                __('The sign-in service refused to complete the sign-in.', 'logto-sign-in'),
                __('See the cause in the error log.', 'logto-sign-in'),
            ),
            new Message(
                'id_token_missing',
                __('The sign-in service did not provide your identity.', 'logto-sign-in'),
                __('The application type in the Logto Console must be “Traditional web”.', 'logto-sign-in'),
            ),
            new Message(
                'token_malformed',
                __('The sign-in service sent profile data that cannot be read.', 'logto-sign-in'),
                __('See the cause in the error log, and check the endpoint.', 'logto-sign-in'),
            ),
            new Message(
                'token_algorithm',
                __('The sign-in service signs in a way that this site does not accept.', 'logto-sign-in'),
                __('Check the signing keys in the Logto Console. “Check connection” in Logto › Settings shows their algorithms.', 'logto-sign-in'),
            ),
            new Message(
                'token_key_unknown',
                __('This site does not recognize the sign-in service’s signature.', 'logto-sign-in'),
                __('Check the signing keys in the Logto Console. After a key rotation, trying once more is enough.', 'logto-sign-in'),
            ),
            new Message(
                'token_signature',
                __('The sign-in service’s signature is not valid.', 'logto-sign-in'),
                __('If it happens again, someone may have tampered with the connection to the endpoint.', 'logto-sign-in'),
            ),
            new Message(
                'token_issuer',
                __('The proof of identity comes from another sign-in service.', 'logto-sign-in'),
                __('Correct the endpoint in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'token_audience',
                __('The proof of identity is meant for another application.', 'logto-sign-in'),
                __('Correct the App ID in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'token_authorized_party',
                __('The proof of identity was made for another application.', 'logto-sign-in'),
                __('Correct the App ID in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'token_expired',
                __('The proof of identity is too old.', 'logto-sign-in'),
                __('Check this server’s clock.', 'logto-sign-in'),
            ),
            new Message(
                'token_not_yet_valid',
                __('The proof of identity is not valid yet.', 'logto-sign-in'),
                __('Check this server’s clock.', 'logto-sign-in'),
            ),
            new Message(
                'token_nonce',
                __('The proof of identity belongs to another sign-in.', 'logto-sign-in'),
                __('If it happens again, see the cause in the error log.', 'logto-sign-in'),
            ),
            new Message(
                'token_access_token_hash',
                __('The parts of the proof of identity do not match.', 'logto-sign-in'),
                __('If it happens again, see the cause in the error log.', 'logto-sign-in'),
            ),
            new Message(
                'token_subject',
                __('The proof of identity does not name its owner.', 'logto-sign-in'),
                __('See the cause in the error log, and check the endpoint.', 'logto-sign-in'),
            ),
            new Message(
                'logout_token_invalid',
                __('The sign-in service’s logout message is not valid.', 'logto-sign-in'),
                __('See the cause in the error log, and check the endpoint.', 'logto-sign-in'),
            ),
            new Message(
                'logout_token_used',
                __('The sign-in service’s logout message was already used.', 'logto-sign-in'),
                __('No action needed: a logout message counts once.', 'logto-sign-in'),
            ),
            new Message(
                'logout_request_invalid',
                __('The sign-in service’s logout address is not valid.', 'logto-sign-in'),
                __('The parameter iss must be the issuer of your provider, and the parameter sid must name a session.', 'logto-sign-in'),
            ),
            new Message(
                'frontchannel_logout_off',
                __('Front-channel logout is off on this site.', 'logto-sign-in'),
                __('Turn it on in Logto › Settings › Advanced, or remove the address at the provider.', 'logto-sign-in'),
            ),
            new Message(
                'userinfo_subject',
                __('The sign-in service sent another person’s profile.', 'logto-sign-in'),
                __('If it happens again, see the cause in the error log.', 'logto-sign-in'),
            ),
            new Message(
                'userinfo_error',
                __('The sign-in service did not provide your profile.', 'logto-sign-in'),
                __('Check whether the user is suspended in the Logto Console, and see the cause in the error log.', 'logto-sign-in'),
            ),
        ];
    }
}
