<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\Issuers;
use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Support\Input;

/**
 * Whether the user is at the keyboard now: a session left open must not be enough to connect or disconnect a sign-in method.
 */
final class Reauthentication
{
    /** Seconds for which a sign-in at a provider is a proof. */
    private const MAX_AGE_SECS = 300;

    /**
     * Whether a user has just signed in at a provider that is connected to the account, or gives a password that is older
     * than the session.
     */
    public static function is_given(\WP_User $user, string $password): bool
    {
        $session = SessionProof::current($user->ID);

        return $session !== null && (self::signed_in_at_provider($user->ID, $session) || self::is_password($user, $session, $password));
    }

    /**
     * Whether a user gave credentials of whatever kind a moment ago. That is enough for what a signed-in administrator has
     * just looked at; other changes want one of the account's own proofs.
     */
    public static function is_recent(\WP_User $user): bool
    {
        return (SessionProof::proven_at($user->ID) ?? 0) > time() - self::MAX_AGE_SECS;
    }

    /**
     * @param array<array-key, mixed> $session
     */
    private static function signed_in_at_provider(int $user_id, array $session): bool
    {
        $issuer_hash = Input::string($session, Sessions::ISSUER_KEY);

        return Input::int($session, SessionProof::PROVEN_AT) > time() - self::MAX_AGE_SECS
            && in_array($issuer_hash, Issuers::hashes($user_id), true);
    }

    /**
     * @param array<array-key, mixed> $session
     */
    private static function is_password(\WP_User $user, array $session, string $password): bool
    {
        $is_older = hash_equals(KnownPassword::fingerprint($user), Input::string($session, SessionProof::PASSWORD));
        if ($password === '' || !$is_older || !KnownPassword::exists($user)) {
            return false;
        }

        // WordPress hashes passwords as they are in $_POST, with slashes.
        return wp_check_password($password, $user->user_pass, $user->ID) || wp_check_password(wp_slash($password), $user->user_pass, $user->ID);
    }
}
