<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * The provider cannot be reached, or its metadata or keys are not usable.
 */
final class Provider
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'provider_timeout',
                __('The sign-in service did not answer in time.', 'logto-sign-in'),
                __('See whether this server can reach the endpoint quickly enough.', 'logto-sign-in'),
            ),
            new Message(
                'provider_unreachable',
                __('The sign-in service cannot be reached.', 'logto-sign-in'),
                __('Check DNS, firewall and proxy of this server.', 'logto-sign-in'),
            ),
            new Message(
                'provider_blocked',
                __('This site sends no requests to the sign-in service.', 'logto-sign-in'),
                __('WordPress blocks the request. If WP_HTTP_BLOCK_EXTERNAL is on in wp-config.php, add the host that the error log names to WP_ACCESSIBLE_HOSTS. If the host has a private address, name it in LOGTO_SIGN_IN_TRUSTED_HOSTS.', 'logto-sign-in'),
            ),
            new Message(
                'provider_tls',
                __('A secure connection to the sign-in service was not possible.', 'logto-sign-in'),
                __('Renew the certificate of the endpoint, or the list of certificate authorities on this server.', 'logto-sign-in'),
            ),
            new Message(
                'provider_error',
                __('The sign-in service has an internal problem.', 'logto-sign-in'),
                __('See the status of your Logto tenant.', 'logto-sign-in'),
            ),
            new Message(
                'provider_answer',
                __('The sign-in service gave an answer that makes no sense.', 'logto-sign-in'),
                __('Check the endpoint in Logto › Settings: it must be the address of your Logto tenant.', 'logto-sign-in'),
            ),
            new Message(
                'provider_too_large',
                __('The answer of the sign-in service is too long.', 'logto-sign-in'),
                __('Check the endpoint in Logto › Settings: it must be the address of your Logto tenant.', 'logto-sign-in'),
            ),
            new Message(
                'issuer_mismatch',
                __('The sign-in service calls itself by another name than expected.', 'logto-sign-in'),
                __('Correct the endpoint in Logto › Settings. With a custom domain, use the same domain here and in Logto.', 'logto-sign-in'),
            ),
            new Message(
                'metadata_unusable',
                __('The sign-in service does not offer what a secure sign-in needs.', 'logto-sign-in'),
                __('Check the endpoint in Logto › Settings: PKCE with S256 and https are needed.', 'logto-sign-in'),
            ),
            new Message(
                'keys_unusable',
                __('The sign-in service has no usable signing key.', 'logto-sign-in'),
                __('See the signing keys of your tenant in the Logto Console.', 'logto-sign-in'),
            ),
        ];
    }
}
