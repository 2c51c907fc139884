<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * The provider responded correctly.
 */
final class Connected extends Outcome
{
    /**
     * @param list<string> $algorithms Those of its usable signing keys.
     */
    public function __construct(
        public readonly string $issuer,
        public readonly array $algorithms,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->string('issuer'), $json->list('algorithms')->strings());
    }
}
