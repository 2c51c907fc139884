<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\Check;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * What the providers said about the connection.
 */
final class ConnectionChecked extends Outcome
{
    /**
     * @param list<Check> $checks One for each thing that was asked, in the order of a sign-in.
     */
    public function __construct(
        public readonly array $checks,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(array_map(Check::read(...), $json->list('checks')->objects()));
    }
}
