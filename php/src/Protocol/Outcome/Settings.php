<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Problem;

/**
 * Submitted settings, sanitized; sanitizing them again changes nothing.
 */
final class Settings extends Outcome
{
    /**
     * @param array<array-key, mixed> $values Every setting with the value to store.
     * @param list<Problem> $problems
     */
    public function __construct(
        public readonly array $values,
        public readonly array $problems,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->map('values')->values(), array_map(Problem::read(...), $json->list('problems')->objects()));
    }
}
