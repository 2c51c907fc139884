<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * The site cannot sign anyone in: the plugin is not set up, or its parts have different versions.
 */
final class Plugin
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'not_configured',
                __('Logto sign-in is not set up on this site yet.', 'logto-sign-in'),
                __('Fill in the endpoint, App ID, and App secret in Logto › Settings, or the Client ID and Client Secret of DingTalk.', 'logto-sign-in'),
            ),
            new Message(
                'protocol_error',
                __('The parts of the sign-in plugin have different versions.', 'logto-sign-in'),
                __('Reinstall the plugin so that all its parts have the same version.', 'logto-sign-in'),
                status: 500,
            ),
            new Message(
                'database_error',
                __('This site has a database problem.', 'logto-sign-in'),
                __('The database refused a query of the sign-in. See the cause in the error log, and Tools › Site Health.', 'logto-sign-in'),
                status: 503,
                retry: true,
            ),
        ];
    }
}
