<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

/**
 * Whether anybody knows the password of an account. A new account has a random one.
 */
final class KnownPassword
{
    /**
     * A password that nobody will ever know. An empty one would have a hash that somebody can match.
     */
    public static function random(): string
    {
        return wp_generate_password(64, true, true);
    }

    /**
     * Gives a user such a password, which ends all sessions.
     */
    public static function reset(int $user_id): void
    {
        wp_set_password(self::random(), $user_id);
        self::mark_random($user_id);
    }

    /**
     * Notes that nobody knows the password that the user has now. Any other password ends it, however it is set.
     */
    public static function mark_random(int $user_id): void
    {
        $user = get_userdata($user_id);
        if ($user !== false) {
            update_user_meta($user_id, UserMeta::RANDOM_PASSWORD, hash('sha256', $user->user_pass));
        }
    }

    /**
     * Tells whether a password is still the same, and nothing else about it.
     */
    public static function fingerprint(\WP_User $user): string
    {
        return substr(hash('sha256', 'session ' . $user->user_pass), 0, 24);
    }

    public static function exists(\WP_User $user): bool
    {
        $mark = get_user_meta($user->ID, UserMeta::RANDOM_PASSWORD, true);

        return !is_string($mark) || !hash_equals(hash('sha256', $user->user_pass), $mark);
    }
}
