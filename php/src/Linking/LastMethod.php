<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Accounts\PlaceholderEmail;
use LogtoSignIn\SignIn\PasswordLogin;

/**
 * What it means for a user to lose the last linked sign-in, for the admin who is about to take it away.
 */
final class LastMethod
{
    /**
     * @return string Empty when the user has a password that works.
     */
    public static function message(\WP_User $user): string
    {
        return match (true) {
            !PasswordLogin::is_available() => __('Password login is turned off on this site. If you disconnect this user’s sign-in method, they cannot sign in.', 'logto-sign-in'),
            KnownPassword::exists($user) => '',
            PlaceholderEmail::is_placeholder($user->user_email) => __('No one knows this account’s password, and it has no email address to receive a new one. If you disconnect its sign-in method, no one can sign in until you set a password or an address.', 'logto-sign-in'),
            default => __('No one knows this account’s password. If you disconnect its sign-in method, the user must request a new password by email.', 'logto-sign-in'),
        };
    }
}
