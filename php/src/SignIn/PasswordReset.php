<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\Issuers;
use LogtoSignIn\Accounts\PlaceholderEmail;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Request;

/**
 * “Lost your password?”: nobody is told to look for a mail that cannot arrive, or offered a password that cannot be used.
 */
final class PasswordReset
{
    /**
     * Action `lostpassword_post`, before WordPress or a shop sends the mail.
     *
     * @param mixed $user The user whom the form names, if there is one.
     */
    public static function check(mixed $errors, mixed $user = null): void
    {
        if (!$errors instanceof \WP_Error) {
            return;
        }

        if (!PasswordLogin::is_available()) {
            $errors->add('logto_form_login_off', esc_html__('Password login is turned off on this site. Sign in another way.', 'logto-sign-in'));

            return;
        }

        if ($user instanceof \WP_User && PlaceholderEmail::is_placeholder($user->user_email)) {
            $errors->add('logto_no_email', esc_html(self::way_in($user->ID)));
        }
    }

    /**
     * The page that asks for the reset. Where it is of no use, it leads on to the other sign-in methods.
     */
    public static function close(): void
    {
        if (Request::reads() && !PasswordLogin::is_available()) {
            wp_safe_redirect(add_query_arg('form', '1', wp_login_url()), 302, 'Logto Sign-In');

            exit();
        }
    }

    /**
     * The link to that page.
     */
    public static function link(mixed $html): mixed
    {
        return PasswordLogin::is_available() ? $html : '';
    }

    /**
     * A user without an email address has a sign-in method, or got the placeholder from it.
     */
    private static function way_in(int $user_id): string
    {
        $issuers = Issuers::of_users([$user_id])[$user_id] ?? [];
        $providers = array_unique(array_map(static fn(string $issuer): string => Provider::of_issuer($issuer)->label(), $issuers));

        return $providers === []
            ? __('This account has no email address. Ask an administrator of this site for a new password.', 'logto-sign-in')
            : sprintf(
                /* translators: %s: names of providers, such as Logto or DingTalk. */
                __('This account has no email address. Sign in with %s instead; then you can add an address on your profile page.', 'logto-sign-in'),
                implode(', ', $providers),
            );
    }
}
