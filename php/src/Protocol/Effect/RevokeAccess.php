<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\AccessRevoked;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Take back what the provider of an identity gave its user. The answer is an {@see AccessRevoked}.
 */
final class RevokeAccess extends Effect
{
    /**
     * @param bool $only_this_site Only the membership of this site; otherwise sessions, roles, memberships and application passwords.
     */
    public function __construct(
        public readonly Identity $identity,
        public readonly bool $only_this_site,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(Identity::read($json->object('identity')), $json->bool('only_this_site'));
    }
}
