<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * Whose access was revoked.
 */
final class AccessRevoked implements Answer
{
    /**
     * @param null|int $user_id Null when nobody has the identity.
     */
    public function __construct(
        public readonly null|int $user_id,
    ) {
    }
}
