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
                __('The sign-in service did not respond in time.', 'logto-sign-in'),
                __('Check whether this server can reach the endpoint quickly enough.', 'logto-sign-in'),
            ),
            new Message(
                'provider_unreachable',
                __('The sign-in service cannot be reached.', 'logto-sign-in'),
                __('Check the endpoint in Logto › Settings for typing errors. Then check this server’s DNS, firewall, and proxy.', 'logto-sign-in'),
            ),
            new Message(
                'provider_blocked',
                __('This site sends no requests to the sign-in service.', 'logto-sign-in'),
                __('WordPress blocks the request. If WP_HTTP_BLOCK_EXTERNAL is on in wp-config.php, add the host that the error log names to WP_ACCESSIBLE_HOSTS. If the host has a private address, name it in LOGTO_SIGN_IN_TRUSTED_HOSTS.', 'logto-sign-in'),
            ),
            new Message(
                'provider_tls',
                __('A secure connection to the sign-in service was not possible.', 'logto-sign-in'),
                __('Renew the endpoint’s certificate, or update this server’s list of certificate authorities.', 'logto-sign-in'),
            ),
            new Message(
                'provider_error',
                __('The sign-in service has an internal problem.', 'logto-sign-in'),
                __('Check the status of your Logto tenant.', 'logto-sign-in'),
            ),
            new Message(
                'provider_answer',
                __('The sign-in service returned an unexpected response.', 'logto-sign-in'),
                __('Check the endpoint in Logto › Settings: it must be your Logto tenant’s URL.', 'logto-sign-in'),
            ),
            new Message(
                'provider_too_large',
                __('The sign-in service’s response is too long.', 'logto-sign-in'),
                __('Check the endpoint in Logto › Settings: it must be your Logto tenant’s URL.', 'logto-sign-in'),
            ),
            new Message(
                'issuer_mismatch',
                __('The sign-in service uses a different name than expected.', 'logto-sign-in'),
                __('Correct the endpoint in Logto › Settings. With a custom domain, use the same domain here and in Logto.', 'logto-sign-in'),
            ),
            new Message(
                'metadata_unusable',
                __('The sign-in service lacks features that a secure sign-in needs.', 'logto-sign-in'),
                __('Check the endpoint in Logto › Settings: it must support https and PKCE with S256.', 'logto-sign-in'),
            ),
            new Message(
                'keys_unusable',
                __('The sign-in service has no usable signing key.', 'logto-sign-in'),
                __('Check your tenant’s signing keys in the Logto Console.', 'logto-sign-in'),
            ),
        ];
    }
}
