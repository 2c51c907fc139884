<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * What the core is.
 */
final class About extends Outcome
{
    /**
     * @param string $version The version of the plugin that it belongs to.
     * @param list<string> $algorithms Signature algorithms that it can verify.
     * @param list<string> $codes Every code that {@see Refused} and `Problem` can carry.
     */
    public function __construct(
        public readonly string $version,
        public readonly array $algorithms,
        public readonly array $codes,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->string('version'), $json->list('algorithms')->strings(), $json->list('codes')->strings());
    }
}
