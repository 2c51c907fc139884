<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Effect\EndSessions;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\ProviderSession;
use LogtoSignIn\Support\DatabaseFailure;

/**
 * Ends what the provider ended: sessions, and the sign-in that waits for another plugin's second factor.
 */
final class EndedSessions
{
    /**
     * @return int How many sessions ended.
     *
     * @throws DatabaseFailure
     */
    public static function end(EndSessions $effect): int
    {
        $user_id = match (true) {
            $effect->identity !== null => Identities::find_user($effect->identity),
            $effect->sid_hash !== null => ProviderSessions::find_user($effect->sid_hash),
            default => null,
        };
        if ($user_id === null) {
            return 0;
        }

        self::end_unfinished($user_id, $effect);
        if ($effect->application_passwords) {
            RevokedIssuers::add($user_id, $effect->issuer_hash);
        }

        return Sessions::end($user_id, $effect->issuer_hash, $effect->sid_hash);
    }

    /**
     * The session that the second factor will begin ends with its first request: see `SignIn\Completion`.
     */
    private static function end_unfinished(int $user_id, EndSessions $effect): void
    {
        $stored = json_decode(UserMeta::text($user_id, UserMeta::UNFINISHED));
        if (!$stored instanceof \stdClass) {
            return;
        }

        try {
            $outcome = (new JsonObject($stored, 'unfinished'))->object('outcome');
            $session = $outcome->has('session') ? ProviderSession::read($outcome->object('session')) : new ProviderSession();
            $is_named = $effect->sid_hash === null || $session->sid_hash === null || $session->sid_hash === $effect->sid_hash;
            if (!$is_named || $outcome->string('issuer_hash') !== $effect->issuer_hash) {
                return;
            }
        } catch (InvalidReply) {
            return;
        }

        $ended = (string) wp_json_encode(['ended' => true] + get_object_vars($stored));
        update_user_meta($user_id, UserMeta::UNFINISHED, wp_slash($ended));
    }
}
