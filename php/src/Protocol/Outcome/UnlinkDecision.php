<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Whether a sign-in method may be disconnected.
 */
final class UnlinkDecision extends Outcome
{
    public function __construct(
        public readonly bool $allowed,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->bool('allowed'));
    }
}
