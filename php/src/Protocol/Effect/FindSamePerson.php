<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\EmailMatch;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Find the user whom the other provider knows as the same person. The answer is an {@see EmailMatch}.
 */
final class FindSamePerson extends Effect
{
    /**
     * @param Identity $identity The visitor's.
     * @param null|Identity $other Their identity at the other provider, if this one names it.
     * @param null|string $claim Otherwise the hash that the other provider's word has left with the user.
     * @param string $claimed_by Hash of the issuer that said so; the user must still have an identity of it.
     * @param int $claimed_since Unix time before which that word counts no more.
     */
    public function __construct(
        public readonly Identity $identity,
        public readonly null|Identity $other,
        public readonly null|string $claim,
        public readonly string $claimed_by,
        public readonly int $claimed_since,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            Identity::read($json->object('identity')),
            $json->value('other') === null ? null : Identity::read($json->object('other')),
            $json->value('claim') === null ? null : $json->string('claim'),
            $json->string('claimed_by'),
            $json->int('claimed_since'),
        );
    }
}
