<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\AccountFacts;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Find the user whom an identity belongs to. The answer is an {@see AccountFacts}.
 */
final class FindAccount extends Effect
{
    public function __construct(
        public readonly Identity $identity,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(Identity::read($json->object('identity')));
    }
}
