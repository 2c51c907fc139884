<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\SessionsEnded;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * End the sessions that the provider ended. The answer is a {@see SessionsEnded}.
 */
final class EndSessions extends Effect
{
    /**
     * @param string $issuer_hash Where they began.
     * @param null|Identity $identity Whose they are; null when only `$sid_hash` says so.
     * @param null|string $sid_hash Which one, and those that name none; null for all of the identity.
     * @param bool $application_passwords Whether application passwords stop working until the user signs in again.
     */
    public function __construct(
        public readonly string $issuer_hash,
        public readonly null|Identity $identity,
        public readonly null|string $sid_hash,
        public readonly bool $application_passwords,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->string('issuer_hash'),
            $json->value('identity') === null ? null : Identity::read($json->object('identity')),
            $json->value('sid_hash') === null ? null : $json->string('sid_hash'),
            $json->bool('application_passwords'),
        );
    }
}
