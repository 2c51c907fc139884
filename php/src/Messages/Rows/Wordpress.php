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
                __('Logto sign-in is not available on this site right now.', 'logto-sign-in'),
                __('See Tools › Site Health for the cause.', 'logto-sign-in'),
                status: 503,
                retry: true,
            ),
            new Message(
                'transport_failed',
                __('The sign-in plugin did not respond.', 'logto-sign-in'),
                __('See Tools › Site Health and the cause in the error log.', 'logto-sign-in'),
                status: 500,
                retry: true,
            ),
            new Message(
                'sign_in_refused',
                __('This site refused your account.', 'logto-sign-in'),
                __('Another plugin on this site, or WordPress itself, refused the sign-in. See the cause in the error log.', 'logto-sign-in'),
                status: 403,
                retry: true,
            ),
            new Message(
                'output_before_headers',
                __('Another part of this site printed output too early, so you cannot be signed in.', 'logto-sign-in'),
                __('The page and the error log name the file. Remove what it prints before its opening PHP tag or after its closing one, often a blank line or a byte order mark.', 'logto-sign-in'),
                status: 500,
                retry: true,
            ),
            new Message(
                'sign_in_link_invalid',
                __('This sign-in link is not valid. It works once, for ten minutes.', 'logto-sign-in'),
                __('Run “wp logto sign-in-link” again.', 'logto-sign-in'),
                status: 403,
            ),
            new Message(
                'session_lost',
                __('You signed in, but your browser did not save this site’s cookie.', 'logto-sign-in'),
                __('Check COOKIE_DOMAIN in wp-config.php, and whether the site address and the WordPress address have the same domain and scheme.', 'logto-sign-in'),
            ),
            new Message(
                'signed_out_here_only',
                __('You are signed out of this site. The sign-in service did not respond, so you may still be signed in there.', 'logto-sign-in'),
                __('See the cause in the error log. “Check connection” in Logto › Settings asks the provider again.', 'logto-sign-in'),
            ),
        ];
    }
}
