<?php

declare(strict_types=1);

namespace LogtoSignIn\Approval;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Mailer;

/**
 * Mail about new accounts: to the admin about each that waits for approval, or about all of them; to the user when an account
 * is approved.
 */
final class Mail
{
    /**
     * Tells whoever may approve a new account that it waits, in the site's language: the administration address of the
     * site, or of its network.
     */
    public static function user_created(int $user_id): void
    {
        $user = get_userdata($user_id);
        if ($user === false) {
            return;
        }

        if (!UserMeta::is_pending($user_id)) {
            self::let_in($user);

            return;
        }

        $switched = switch_to_locale(get_locale());
        $mail = [
            'to' => Input::to_string(get_site_option('admin_email')),
            /* translators: %s: name of the site. */
            'subject' => sprintf(__('[%s] New account pending approval', 'logto-sign-in'), Mailer::site_name()),
            'message' => sprintf(
                /* translators: 1: display name, 2: user name, 3: address of the list of users. */
                __("%1\$s (%2\$s) signed in for the first time. The account is pending your approval:\n\n%3\$s", 'logto-sign-in'),
                $user->display_name,
                $user->user_login,
                Approval::list_url(),
            ),
        ];
        if ($switched) {
            restore_previous_locale();
        }

        /**
         * Filters the mail to the admin about an account that waits for approval.
         *
         * @since 0.1.0
         *
         * @param array|false $mail `to` (one or several addresses), `subject` and `message`; false for no mail.
         * @param \WP_User    $user The user who waits.
         */
        Mailer::send(apply_filters('logto_sign_in_pending_mail', $mail, $user));
    }

    /**
     * Tells the admin of an account that waits for nobody, if the settings say so.
     */
    private static function let_in(\WP_User $user): void
    {
        if (!Settings::current()->flag('new_account_mail')) {
            return;
        }

        $mail = Mailer::in_language(get_locale(), static fn(): array => [
            'to' => Input::to_string(get_site_option('admin_email')),
            /* translators: %s: name of the site. */
            'subject' => sprintf(__('[%s] New account', 'logto-sign-in'), Mailer::site_name()),
            'message' => sprintf(
                /* translators: 1: display name, 2: username, 3: address of the user's page. */
                __("%1\$s (%2\$s) signed in for the first time and has a new account:\n\n%3\$s", 'logto-sign-in'),
                $user->display_name,
                $user->user_login,
                admin_url('user-edit.php?user_id=' . $user->ID),
            ),
        ]);

        /**
         * Filters the mail to the admin about a new account that needs no approval.
         *
         * @since 0.2.0
         *
         * @param array|false $mail `to` (one or several addresses), `subject` and `message`; false for no mail.
         * @param \WP_User    $user The new user.
         */
        Mailer::send(apply_filters('logto_sign_in_new_account_mail', $mail, $user));
    }

    /**
     * Tells a user whose account was approved, in the user's own language, if there is an address: the account's, or the one
     * that the user left for this.
     */
    public static function user_approved(int $user_id): void
    {
        $user = get_userdata($user_id);
        if ($user === false) {
            return;
        }

        $to = Contact::is_needed($user) ? UserMeta::text($user_id, UserMeta::CONTACT) : $user->user_email;
        delete_user_meta($user_id, UserMeta::CONTACT);
        if ($to === '') {
            return;
        }

        $switched = switch_to_locale(get_user_locale($user));
        $mail = [
            'to' => $to,
            /* translators: %s: name of the site. */
            'subject' => sprintf(__('[%s] Your account was approved', 'logto-sign-in'), Mailer::site_name()),
            'message' => sprintf(
                /* translators: 1: name of the user, 2: name of the site, 3: address of the login page. */
                __("Hello %1\$s,\n\nYour account on %2\$s was approved. You can sign in now:\n\n%3\$s", 'logto-sign-in'),
                $user->display_name,
                Mailer::site_name(),
                wp_login_url(),
            ),
        ];
        if ($switched) {
            restore_previous_locale();
        }

        /**
         * Filters the mail to a user whose account was approved.
         *
         * @since 0.1.0
         *
         * @param array|false $mail `to` (one or several addresses), `subject` and `message`; false for no mail.
         * @param \WP_User    $user The user.
         */
        Mailer::send(apply_filters('logto_sign_in_approved_mail', $mail, $user));
    }
}
