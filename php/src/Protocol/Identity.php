<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * Whose account it is: the pair of issuer and subject, which is unique and never given to somebody else (OpenID Connect
 * Core §5.7).
 */
final class Identity
{
    /**
     * @param string $issuer_hash SHA-256 of the issuer in lower-case hex: the key of the identities table.
     */
    public function __construct(
        public readonly string $issuer,
        public readonly string $issuer_hash,
        public readonly string $subject,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self($from->string('issuer'), $from->string('issuer_hash'), $from->string('subject'));
    }
}
