<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * The access token of a request to the REST API is valid.
 */
final class AccessGranted extends Outcome
{
    /**
     * @param list<string> $capabilities What the request may do, if the user may.
     * @param bool $read_only Whether they allow nothing but reading.
     * @param array<array-key, string> $scopes For each other capability that a scope allows: the scopes.
     * @param string $challenge The value of `WWW-Authenticate` where a capability is missing; `scope` may follow.
     */
    public function __construct(
        public readonly int $user_id,
        public readonly array $capabilities,
        public readonly bool $read_only,
        public readonly array $scopes,
        public readonly string $challenge,
    ) {
    }

    public function jsonSerialize(): array
    {
        return ['scopes' => (object) $this->scopes] + parent::jsonSerialize();
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->int('user_id'),
            $json->list('capabilities')->strings(),
            $json->bool('read_only'),
            $json->map('scopes')->strings(),
            $json->string('challenge'),
        );
    }
}
