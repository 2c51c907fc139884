<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Renewal;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Protocol\SiteChange;

/**
 * What the provider says of a session that has begun.
 */
final class SessionChecked extends Outcome
{
    /**
     * @param null|string $ended Why the session is over, as a code of the message catalog; null while it goes on.
     * @param null|Renewal $renewal When to ask next; null for a session that is over.
     * @param string $issuer_hash Whose gifts roles and memberships are.
     */
    public function __construct(
        public readonly null|string $ended,
        public readonly null|Renewal $renewal,
        public readonly null|RoleChange $roles,
        public readonly null|SiteChange $sites,
        public readonly string $issuer_hash,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->value('ended') === null ? null : $json->string('ended'),
            $json->value('renewal') === null ? null : Renewal::read($json->object('renewal')),
            $json->value('roles') === null ? null : RoleChange::read($json->object('roles')),
            $json->value('sites') === null ? null : SiteChange::read($json->object('sites')),
            $json->string('issuer_hash'),
        );
    }
}
