<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * PHP itself refuses. The core does not know these codes, so each row has the HTTP status and whether to try again.
 */
final class Wordpress
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'transport_unavailable',
                __('Signing in with Logto does not work on this server at the moment.', 'logto-sign-in'),
                __('See Tools › Site Health: it says what stands in the way on this server.', 'logto-sign-in'),
                status: 503,
                retry: true,
            ),
            new Message(
                'transport_failed',
                __('The sign-in plugin did not answer.', 'logto-sign-in'),
                __('See Tools › Site Health and the cause in the error log.', 'logto-sign-in'),
                status: 500,
                retry: true,
            ),
            new Message(
                'sign_in_refused',
                __('This site did not admit your account.', 'logto-sign-in'),
                __('Another plugin of this site, or WordPress itself, refused. See the cause in the error log.', 'logto-sign-in'),
                status: 403,
                retry: true,
            ),
            new Message(
                'output_before_headers',
                __('Another part of this site printed something too early, so nobody can be signed in.', 'logto-sign-in'),
                __('The page and the error log name the file. Remove what it prints before its opening PHP tag or after its closing one, often a blank line or a byte order mark.', 'logto-sign-in'),
                status: 500,
                retry: true,
            ),
            new Message(
                'session_lost',
                __('You were signed in, but your browser did not keep the cookie of this site.', 'logto-sign-in'),
                __('Check COOKIE_DOMAIN in wp-config.php, and whether the site address has the same domain and scheme as the WordPress address.', 'logto-sign-in'),
            ),
        ];
    }
}
