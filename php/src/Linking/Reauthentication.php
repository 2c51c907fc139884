<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Support\Input;

/**
 * Whether whoever sits at the keyboard is the user, just now: a session left open must not be enough to add or remove
 * a way to sign in.
 */
final class Reauthentication
{
    /** Seconds for which a sign-in at the provider stands for a password that nobody knows. */
    private const FRESH = 300;

    /**
     * Notes that nobody knows the password that the user has now. Any other password ends it, however it is set.
     */
    public static function mark(int $user_id): void
    {
        $user = get_userdata($user_id);
        if ($user !== false) {
            update_user_meta($user_id, UserMeta::RANDOM_PASSWORD, hash('sha256', $user->user_pass));
        }
    }

    public static function has_password(\WP_User $user): bool
    {
        $mark = get_user_meta($user->ID, UserMeta::RANDOM_PASSWORD, true);

        return !is_string($mark) || !hash_equals(hash('sha256', $user->user_pass), $mark);
    }

    public static function is_given(\WP_User $user, string $password): bool
    {
        if (self::has_password($user)) {
            // WordPress hashes passwords as they are in $_POST, with slashes.
            return $password !== ''
                && (wp_check_password($password, $user->user_pass, $user->ID) || wp_check_password(wp_slash($password), $user->user_pass, $user->ID));
        }

        $session = \WP_Session_Tokens::get_instance($user->ID)->get(wp_get_session_token());

        return is_array($session) && Input::int($session, 'login') > time() - self::FRESH;
    }
}
