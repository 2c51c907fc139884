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
            !PasswordLogin::is_available() => __('Signing in with a password is switched off on this site: without a linked sign-in, this user cannot sign in.', 'logto-sign-in'),
            KnownPassword::exists($user) => '',
            PlaceholderEmail::is_placeholder($user->user_email) => __('Nobody knows the password of this account, and no e-mail address can receive a new one: without a linked sign-in, nobody gets in until you set a password or an address.', 'logto-sign-in'),
            default => __('Nobody knows the password of this account: without a linked sign-in, the user has to ask for a new password by e-mail.', 'logto-sign-in'),
        };
    }
}
