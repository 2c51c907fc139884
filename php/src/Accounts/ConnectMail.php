<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Mailer;

/**
 * The one-time link that connects an account. It holds no text of anybody: the account's names may be of somebody who took
 * the address, and the visitor's of somebody who claims it.
 */
final class ConnectMail
{
    /**
     * @return bool Whether it left; not to an address that the user no longer has.
     */
    public static function send(SendConnectMail $effect): bool
    {
        $user = get_userdata($effect->user_id);
        if ($user === false || strcasecmp($user->user_email, $effect->email) !== 0 || PlaceholderEmail::is_placeholder($effect->email)) {
            return false;
        }

        $mail = Mailer::in_language(get_user_locale($user), static fn(): array => [
            'to' => $user->user_email,
            /* translators: %s: name of the site. */
            'subject' => sprintf(__('[%s] Connect your account', 'logto-sign-in'), Mailer::site_name()),
            'message' => sprintf(
                /* translators: 1: Logto or DingTalk, 2: name of the site, 3: address of a page. */
                __("Hello,\n\nYou signed in with %1\$s, and an account on %2\$s uses your email address. To connect the two, open this link in the same browser within ten minutes:\n\n%3\$s\n\nIf this was not you, ignore this message; nothing will change.", 'logto-sign-in'),
                (Provider::tryFrom($effect->provider) ?? Provider::Logto)->label(),
                Mailer::site_name(),
                add_query_arg('code', rawurlencode($effect->code), Site::connect_uri()),
            ),
        ]);

        /**
         * Filters the mail with the link that connects an account.
         *
         * @since 0.2.0
         *
         * @param array|false $mail `to`, `subject` and `message`; false for no mail.
         * @param \WP_User    $user The user whose account it is.
         */
        return Mailer::send(apply_filters('logto_sign_in_connect_mail', $mail, $user));
    }
}
