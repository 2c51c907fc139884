<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Mark the state of a sign-in as used, atomically (RFC 9700 §4.7.1). The answer is a {@see StateUse}.
 */
final class MarkStateUsed extends Effect
{
    /**
     * @param string $key Unique for each state.
     * @param int $expires_at Unix time after which the mark may be deleted.
     */
    public function __construct(
        public readonly string $key,
        public readonly int $expires_at,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->string('key'), $json->int('expires_at'));
    }
}
