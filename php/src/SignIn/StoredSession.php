<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Makes sure that a session which WordPress began is in the database. wp_set_auth_cookie() says nothing when it could not
 * be stored: the visitor would be led on with a cookie that opens nothing, and from the login page to the provider again.
 */
final class StoredSession
{
    /** The code of the error when the session was not stored. */
    public const LOST = 'logto_session_lost';

    /** How often the session is looked for. */
    private const TRIES = 3;

    /**
     * @param callable(): (\WP_User|\WP_Error) $sign_on
     */
    public static function during(callable $sign_on): \WP_User|\WP_Error
    {
        $token = '';
        // A plugin with sessions of its own fires the action without a token, or not at all.
        $note = static function (mixed ...$arguments) use (&$token): void {
            $token = Input::to_string($arguments[5] ?? '');
        };
        add_action('set_logged_in_cookie', $note, PHP_INT_MIN, 6);
        try {
            $result = $sign_on();
        } finally {
            remove_action('set_logged_in_cookie', $note, PHP_INT_MIN);
        }

        if (!$result instanceof \WP_User || $token === '' || self::is_stored($result->ID, $token)) {
            return $result;
        }

        wp_clear_auth_cookie();
        Log::write('database_error', 'the session of user ' . $result->ID . ' could not be stored');

        return new \WP_Error(self::LOST, 'the session could not be stored');
    }

    /**
     * A request that read the user a moment before may cache what it read only now, without the session. Then the next page
     * would not know the session either.
     */
    private static function is_stored(int $user_id, string $token): bool
    {
        for ($try = 1; $try <= self::TRIES; ++$try) {
            if (\WP_Session_Tokens::get_instance($user_id)->verify($token)) {
                return true;
            }

            wp_cache_delete($user_id, 'user_meta');
        }

        return false;
    }
}
