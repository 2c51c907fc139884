<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\LinkVerdict;

/**
 * What becomes of connections of the official Logto plugin.
 */
final class LinkVerdicts extends Outcome
{
    /**
     * @param list<LinkVerdict> $verdicts One for each, in the order of the request.
     */
    public function __construct(
        public readonly array $verdicts,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        $verdicts = [];
        foreach ($json->list('verdicts')->strings() as $name) {
            $verdicts[] = LinkVerdict::tryFrom($name) ?? throw $json->invalid('verdicts', 'a list of verdicts');
        }

        return new self($verdicts);
    }
}
