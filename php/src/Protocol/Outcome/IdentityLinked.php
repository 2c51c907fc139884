<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\SetCookie;

/**
 * The signed-in user has one more sign-in method.
 */
final class IdentityLinked extends Outcome
{
    /**
     * @param string $redirect_to Where the user was.
     * @param list<SetCookie> $cookies
     */
    public function __construct(
        public readonly int $user_id,
        public readonly string $redirect_to,
        public readonly array $cookies,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->int('user_id'),
            $json->string('redirect_to'),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
        );
    }
}
