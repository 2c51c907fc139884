<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Mailer;

/**
 * Tells the site's administration address that sign-ins fail, in the site's language.
 */
final class StreakMail
{
    /**
     * @param string $code Of the last failure.
     */
    public static function send(string $code): void
    {
        $mail = Mailer::in_language(get_locale(), static function () use ($code): array {
            $message = Catalog::of($code);

            return [
                'to' => Input::to_string(get_option('admin_email')),
                /* translators: %s: name of the site. */
                'subject' => sprintf(__('[%s] Sign-ins are failing', 'logto-sign-in'), Mailer::site_name()),
                'message' => sprintf(
                    /* translators: 1: number of sign-ins, 2: what happened, 3: error code, 4: what to do, 5: address of a page. */
                    __("The last %1\$s sign-ins failed: %2\$s (%3\$s)\n\nWhat to do: %4\$s\n\nActivity: %5\$s\n\nYou get this email at most once a day. To stop it, turn off “Failed sign-ins” in Logto › Settings.", 'logto-sign-in'),
                    number_format_i18n(Streak::LIMIT),
                    $message->message,
                    $code,
                    $message->advice,
                    admin_url('admin.php?page=logto-sign-in-activity'),
                ),
            ];
        });

        /**
         * Filters the mail to the admin about sign-ins that fail in a row.
         *
         * @since 0.2.0
         *
         * @param array|false $mail `to` (one or several addresses), `subject` and `message`; false for no mail.
         * @param string      $code The code of the last failure.
         */
        Mailer::send(apply_filters('logto_sign_in_failure_mail', $mail, $code));
    }
}
