<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * The host could not run the core, or stopped it.
 */
final class Host
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'core_unavailable',
                __('The sign-in plugin could not start on this server.', 'logto-sign-in'),
                __('Run “logto-sign-in doctor” on this server to see the cause.', 'logto-sign-in'),
            ),
            new Message(
                'core_trapped',
                __('The sign-in plugin had an internal error.', 'logto-sign-in'),
                __('See the cause in the error log. If it happens again, reinstall the plugin.', 'logto-sign-in'),
            ),
            new Message(
                'core_out_of_fuel',
                __('The sign-in needed too much processing time.', 'logto-sign-in'),
                __('See the cause in the error log. If it happens again, reinstall the plugin.', 'logto-sign-in'),
            ),
            new Message(
                'core_out_of_memory',
                __('The sign-in needed too much memory.', 'logto-sign-in'),
                __('See the cause in the error log. If it happens again, reinstall the plugin.', 'logto-sign-in'),
            ),
            new Message(
                'request_too_large',
                __('The request is too large.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, check whether a plugin sets very large cookies.', 'logto-sign-in'),
            ),
            new Message(
                'operation_ended',
                __('The sign-in was interrupted.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, the server is overloaded.', 'logto-sign-in'),
            ),
        ];
    }
}
