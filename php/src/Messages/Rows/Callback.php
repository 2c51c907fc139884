<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * The authorization response is incomplete, repeated, not this browser’s, or an error.
 */
final class Callback
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'state_missing',
                __('The sign-in service returned an incomplete response.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, check whether a security plugin or proxy removes parameters.', 'logto-sign-in'),
            ),
            new Message(
                'state_unknown',
                __('This sign-in was started in another browser, or its cookie is missing.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens to everyone, check whether a cache or proxy removes cookies that begin with “wordpress_”.', 'logto-sign-in'),
            ),
            new Message(
                'state_expired',
                __('This sign-in expired after ten minutes.', 'logto-sign-in'),
                __('No action needed: the visitor can try again.', 'logto-sign-in'),
                status: 400,
                retry: true,
            ),
            new Message(
                'state_used',
                __('This sign-in has already been used.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. Someone used the back button or opened a URL twice.', 'logto-sign-in'),
            ),
            new Message(
                'parameter_repeated',
                __('The sign-in service returned an unexpected response.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, check whether a proxy changes URLs.', 'logto-sign-in'),
            ),
            new Message(
                'code_missing',
                __('The sign-in service did not complete the sign-in and gave no reason.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, check whether a security plugin removes parameters.', 'logto-sign-in'),
            ),
            new Message(
                'initiator_unknown',
                __('The link that brought you here belongs to another sign-in service.', 'logto-sign-in'),
                __('Correct the link: its parameter iss must be the issuer of your Logto tenant.', 'logto-sign-in'),
            ),
            new Message(
                'response_issuer',
                __('The response came from another sign-in service.', 'logto-sign-in'),
                __('Check that the endpoint is correct. If it is, someone may have tried to mix up two sign-in services.', 'logto-sign-in'),
            ),
            new Message(
                'access_denied',
                __('The sign-in was canceled.', 'logto-sign-in'),
                __('No action needed: the visitor canceled, or Logto refused the sign-in.', 'logto-sign-in'),
                title: __('Sign-in canceled', 'logto-sign-in'),
            ),
            new Message(
                'interaction_required',
                __('The sign-in service needs you to complete more steps.', 'logto-sign-in'),
                __('Remove “prompt=none” from the extra parameters in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'authorization_error',
                __('The sign-in service refused to start the sign-in.', 'logto-sign-in'),
                __('See the cause in the error log. Often, the application in the Logto Console does not allow the redirect URI or a scope.', 'logto-sign-in'),
            ),
        ];
    }
}
