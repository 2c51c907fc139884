<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Support\Input;

/**
 * What each session of WordPress remembers about its beginning: when its user gave credentials, and which password there
 * was.
 *
 * WordPress lets an open session set a password, and gives it a new session for that. So a session that WordPress makes for
 * a user who has one inherits what that one remembers, unless the user gave credentials in the same request.
 */
final class SessionProof
{
    /** Keys in a session: when its user gave credentials, and the fingerprint of the password at that time. */
    public const PROVEN_AT = 'logto_sign_in_proven_at';
    // @mago-expect lint:no-literal-password - the key of a fingerprint, and no password
    public const PASSWORD = 'logto_sign_in_password';

    /** The user who gave credentials in this request. */
    private static int $user_id = 0;

    /**
     * Filter `authenticate`, before WordPress takes the cookie of a session for credentials.
     */
    public static function note(mixed $user): mixed
    {
        self::$user_id = $user instanceof \WP_User ? $user->ID : 0;

        return $user;
    }

    /**
     * Filter `attach_session_information`.
     *
     * @param array<array-key, mixed> $session
     *
     * @return array<array-key, mixed>
     */
    public static function mark(array $session, mixed $user_id = 0): array
    {
        $user = get_userdata(Input::to_int($user_id));
        if ($user === false) {
            return $session;
        }

        $before = $user->ID === self::$user_id ? null : self::current($user->ID);
        $fresh = [self::PROVEN_AT => time(), self::PASSWORD => KnownPassword::fingerprint($user)];
        $inherited = [self::PROVEN_AT, self::PASSWORD, Sessions::ISSUER_KEY, Sessions::PROVIDER_KEY];

        return $session + ($before === null ? $fresh : array_intersect_key($before, array_flip($inherited)));
    }

    /**
     * Marks the session of whoever activates the plugin, which is older than the plugin: WordPress knows when it began, and the
     * password of now was there before. Whoever may install plugins needs no session of somebody else for anything.
     */
    public static function adopt(): void
    {
        $user = wp_get_current_user();
        $token = wp_get_session_token();
        $sessions = \WP_Session_Tokens::get_instance($user->ID);
        $session = Input::to_map($sessions->get($token));
        if ($session !== [] && !isset($session[self::PASSWORD]) && current_user_can('install_plugins')) {
            $sessions->update($token, $session + [self::PROVEN_AT => Input::int($session, 'login'), self::PASSWORD => KnownPassword::fingerprint($user)]);
        }
    }

    /**
     * When the user of the current session gave credentials; null when nobody knows.
     */
    public static function proven_at(int $user_id): null|int
    {
        $time = Input::int(self::current($user_id) ?? [], self::PROVEN_AT);

        return $time > 0 ? $time : null;
    }

    /**
     * The session of a user that this request's cookies name, whether or not they still open it: a new password ends that.
     *
     * @return null|array<array-key, mixed>
     */
    public static function current(int $user_id): null|array
    {
        $sessions = \WP_Session_Tokens::get_instance($user_id);
        foreach (['logged_in', 'secure_auth', 'auth'] as $scheme) {
            $cookie = wp_parse_auth_cookie('', $scheme);
            $session = is_array($cookie) ? $sessions->get($cookie['token']) : null;
            if (is_array($session)) {
                return $session;
            }
        }

        return null;
    }
}
