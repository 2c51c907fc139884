<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\ApiUser;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Find the user for whom a request to the REST API is made. The answer is an {@see ApiUser}.
 */
final class FindApiUser extends Effect
{
    /**
     * @param string $login The user for whom clients call; empty: the user is whoever has the identity.
     */
    public function __construct(
        public readonly Identity $identity,
        public readonly string $login,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(Identity::read($json->object('identity')), $json->string('login'));
    }
}
