<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * The issuer that imported connections belong to.
 */
final class Issuer
{
    /**
     * @param string $issuer_hash As in {@see Identity}.
     */
    public function __construct(
        public readonly string $issuer,
        public readonly string $issuer_hash,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self($from->string('issuer'), $from->string('issuer_hash'));
    }
}
