<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * A value that later requests carry in `cache`; the core alone knows what it means and how fresh it has to be.
 */
final class CacheWrite
{
    /**
     * @param mixed $value As decoded, with objects as `\stdClass`: `{}` must not come back as `[]`.
     * @param int $ttl Seconds to keep it; 0 removes it.
     */
    public function __construct(
        public readonly CacheKey $key,
        public readonly mixed $value,
        public readonly int $ttl,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self(
            CacheKey::tryFrom($from->string('key')) ?? throw $from->invalid('key', 'a key of the cache'),
            $from->value('value'),
            $from->int('ttl'),
        );
    }
}
