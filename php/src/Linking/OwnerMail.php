<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\PlaceholderEmail;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Mailer;

/**
 * Tells the owner of an account about each change of its sign-in methods, in the owner's language: what, when, by whom, and
 * what to do if that was not the owner.
 */
final class OwnerMail
{
    public static function linked(mixed $user_id, mixed $issuer = ''): void
    {
        self::send(Input::to_int($user_id), Input::to_string($issuer), true);
    }

    public static function unlinked(mixed $user_id, mixed $issuer = ''): void
    {
        self::send(Input::to_int($user_id), Input::to_string($issuer), false);
    }

    private static function send(int $user_id, string $issuer, bool $connected): void
    {
        $user = get_userdata($user_id);
        if ($user === false || $user->user_email === '' || PlaceholderEmail::is_placeholder($user->user_email)) {
            return;
        }

        $mail = Mailer::in_language(get_user_locale($user), static fn(): array => [
            'to' => $user->user_email,
            'subject' => sprintf(
                match (true) {
                    /* translators: %s: name of the site. */
                    $connected => __('[%s] A sign-in method was connected to your account', 'logto-sign-in'),
                    /* translators: %s: name of the site. */
                    $issuer === '' => __('[%s] All sign-in methods were disconnected from your account', 'logto-sign-in'),
                    /* translators: %s: name of the site. */
                    default => __('[%s] A sign-in method was disconnected from your account', 'logto-sign-in'),
                },
                Mailer::site_name(),
            ),
            'message' => self::message($user, $issuer, $connected),
        ]);

        /**
         * Filters the mail to the owner of an account whose sign-in methods changed.
         *
         * @since 0.2.0
         *
         * @param array|false $mail      `to`, `subject` and `message`; false for no mail.
         * @param \WP_User    $user      The owner.
         * @param bool        $connected Whether a method was connected, or disconnected.
         */
        Mailer::send(apply_filters('logto_sign_in_connection_mail', $mail, $user, $connected));
    }

    private static function message(\WP_User $user, string $issuer, bool $connected): string
    {
        $format = Input::to_string(get_option('date_format')) . ' ' . Input::to_string(get_option('time_format'));
        $method = $issuer === '' ? __('all sign-in methods', 'logto-sign-in') : Provider::describe($issuer);
        $facts = [
            /* translators: %s: sign-in method, such as Logto (tenant.example). */
            sprintf(__('Sign-in method: %s', 'logto-sign-in'), $method),
            /* translators: %s: date and time. */
            sprintf(__('When: %s', 'logto-sign-in'), (string) wp_date($format)),
            /* translators: %s: who did it. */
            sprintf(__('By: %s', 'logto-sign-in'), self::actor($user)),
        ];

        return implode("\n\n", [
            sprintf(
                match (true) {
                    /* translators: 1: username, 2: name of the site. */
                    $connected => __('A sign-in method was connected to your account %1$s on %2$s.', 'logto-sign-in'),
                    /* translators: 1: username, 2: name of the site. */
                    $issuer === '' => __('All sign-in methods were disconnected from your account %1$s on %2$s.', 'logto-sign-in'),
                    /* translators: 1: username, 2: name of the site. */
                    default => __('A sign-in method was disconnected from your account %1$s on %2$s.', 'logto-sign-in'),
                },
                $user->user_login,
                Mailer::site_name(),
            ),
            implode("\n", $facts),
            /* translators: 1: address of the page for a new password, 2: address of the profile page. */
            sprintf(__("If this was not you, set a new password and check your sign-in methods:\n\n%1\$s\n%2\$s\n\nThen tell the administrator of the site.", 'logto-sign-in'), wp_lostpassword_url(), admin_url('profile.php#logto-ways')),
        ]);
    }

    private static function actor(\WP_User $user): string
    {
        $actor = wp_get_current_user();

        return match (true) {
            !$actor->exists() => __('someone who opened the link that was mailed to you', 'logto-sign-in'),
            $actor->ID === $user->ID => __('you, or someone who is signed in as you', 'logto-sign-in'),
            default => $actor->user_login,
        };
    }
}
