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
                __('The way back from the sign-in service was incomplete.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, see whether a security plugin or proxy removes parameters.', 'logto-sign-in'),
            ),
            new Message(
                'state_unknown',
                __('This sign-in was not started in this browser, or its cookie is gone.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens to everybody, see whether a cache or proxy removes cookies that begin with “wordpress_”.', 'logto-sign-in'),
            ),
            new Message(
                'state_expired',
                __('The sign-in took longer than ten minutes.', 'logto-sign-in'),
                __('No action needed: the visitor can try again.', 'logto-sign-in'),
                status: 400,
                retry: true,
            ),
            new Message(
                'state_used',
                __('This sign-in has been used already.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. Somebody used the back button, or opened an address for the second time.', 'logto-sign-in'),
            ),
            new Message(
                'parameter_repeated',
                __('The way back from the sign-in service was not in order.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, look for a proxy that changes addresses.', 'logto-sign-in'),
            ),
            new Message(
                'code_missing',
                __('The sign-in service sent neither a code nor a reason.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, see whether a security plugin removes parameters.', 'logto-sign-in'),
            ),
            new Message(
                'response_issuer',
                __('The answer came from another sign-in service.', 'logto-sign-in'),
                __('See whether the endpoint is right. If it is, somebody may have tried to mix up two sign-in services.', 'logto-sign-in'),
            ),
            new Message(
                'access_denied',
                __('The sign-in was cancelled.', 'logto-sign-in'),
                __('Nothing: the visitor cancelled, or Logto did not admit them.', 'logto-sign-in'),
            ),
            new Message(
                'interaction_required',
                __('The sign-in service needs more steps from you.', 'logto-sign-in'),
                __('Remove “prompt=none” from the extra parameters in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'authorization_error',
                __('The sign-in service refused to start the sign-in.', 'logto-sign-in'),
                __('See the cause in the error log. Often the redirect URI or a scope is not allowed for this application in the Logto Console.', 'logto-sign-in'),
            ),
        ];
    }
}
