<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Support\Input;

/**
 * Whether the user is at the keyboard now: a session left open must not be enough to link or unlink a sign-in method.
 */
final class Reauthentication
{
    /** Seconds for which a sign-in at the provider stands for a password that nobody knows. */
    private const MAX_AGE_SECS = 300;

    public static function is_given(\WP_User $user, string $password): bool
    {
        if (KnownPassword::exists($user)) {
            // WordPress hashes passwords as they are in $_POST, with slashes.
            return $password !== ''
                && (wp_check_password($password, $user->user_pass, $user->ID) || wp_check_password(wp_slash($password), $user->user_pass, $user->ID));
        }

        $session = \WP_Session_Tokens::get_instance($user->ID)->get(wp_get_session_token());

        return is_array($session) && Input::int($session, 'login') > time() - self::MAX_AGE_SECS;
    }
}
