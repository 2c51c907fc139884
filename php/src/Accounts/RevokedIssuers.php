<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;

/**
 * The issuers that no longer vouch for a user, until the user signs in there again.
 */
final class RevokedIssuers
{
    public static function add(int $user_id, string $issuer_hash): void
    {
        update_user_meta($user_id, UserMeta::REVOKED, array_unique([...self::of($user_id), $issuer_hash]));
    }

    /**
     * The user signed in at the issuer.
     */
    public static function remove(int $user_id, string $issuer_hash): void
    {
        $all = self::of($user_id);
        $others = array_values(array_diff($all, [$issuer_hash]));
        match (true) {
            $others !== [] => update_user_meta($user_id, UserMeta::REVOKED, $others),
            $all !== [] => delete_user_meta($user_id, UserMeta::REVOKED),
            default => null,
        };
    }

    /**
     * Whether one of the user's identities belongs to such an issuer. The issuer of an identity that was unlinked has no
     * say any more.
     */
    public static function exist(int $user_id): bool
    {
        $revoked = self::of($user_id);

        return $revoked !== [] && array_intersect($revoked, Issuers::hashes($user_id)) !== [];
    }

    /**
     * @return list<string> Their hashes.
     */
    private static function of(int $user_id): array
    {
        return Input::to_strings(get_user_meta($user_id, UserMeta::REVOKED, true));
    }
}
