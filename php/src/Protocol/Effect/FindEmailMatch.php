<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\EmailMatch;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Find the user who has an email address. The answer is an {@see EmailMatch}.
 */
final class FindEmailMatch extends Effect
{
    /**
     * @param string $email Verified by the provider.
     * @param Identity $identity Whose account it may become.
     */
    public function __construct(
        public readonly string $email,
        public readonly Identity $identity,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->string('email'), Identity::read($json->object('identity')));
    }
}
