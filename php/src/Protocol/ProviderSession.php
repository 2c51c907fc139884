<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * What is kept with a session that began at a provider.
 */
final class ProviderSession implements \JsonSerializable
{
    /**
     * @param null|string $sid_hash The provider's session, as a hash; null when the provider names none.
     * @param null|Renewal $renewal Null when the provider is not asked again.
     */
    public function __construct(
        public readonly null|string $sid_hash = null,
        public readonly null|Renewal $renewal = null,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self(
            $from->has('sid_hash') ? $from->string('sid_hash') : null,
            $from->has('renewal') ? Renewal::read($from->object('renewal')) : null,
        );
    }

    /**
     * What is null is left out, as in the protocol.
     */
    public function jsonSerialize(): \stdClass
    {
        return (object) array_filter(get_object_vars($this), static fn(mixed $member): bool => $member !== null);
    }
}
