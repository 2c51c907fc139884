<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\SetCookie;

/**
 * Send the visitor elsewhere.
 */
final class Redirect extends Outcome
{
    /**
     * @param bool $external Whether exactly the host of `url` is allowed; otherwise WordPress decides where a redirect may go.
     * @param list<SetCookie> $cookies
     */
    public function __construct(
        public readonly string $url,
        public readonly bool $external,
        public readonly array $cookies,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->string('url'),
            $json->bool('external'),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
        );
    }
}
