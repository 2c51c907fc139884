<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\IdentityLinked;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Give an existing user one more identity, atomically. The answer is an {@see IdentityLinked}.
 */
final class LinkIdentity extends Effect
{
    /**
     * @param bool $only_if_unlinked Only while the user has no other identity of this issuer.
     * @param Ends $ends Which access to the account ends with it: all or nothing of both is done.
     */
    public function __construct(
        public readonly Identity $identity,
        public readonly int $user_id,
        public readonly bool $only_if_unlinked,
        public readonly Ends $ends,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            Identity::read($json->object('identity')),
            $json->int('user_id'),
            $json->bool('only_if_unlinked'),
            Ends::read($json),
        );
    }
}
