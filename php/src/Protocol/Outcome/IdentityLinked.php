<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\SetCookie;

/**
 * A user has one more sign-in method.
 */
final class IdentityLinked extends Outcome
{
    /**
     * @param string $redirect_to Where the user wanted to be; empty for WordPress's default.
     * @param string $provider Where the identity is from: `logto` or `dingtalk`.
     * @param bool $sign_in Whether nobody is signed in yet: the next sign-in at that provider opens the account.
     * @param list<SetCookie> $cookies
     */
    public function __construct(
        public readonly int $user_id,
        public readonly string $redirect_to,
        public readonly string $provider,
        public readonly bool $sign_in,
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
            $json->string('provider'),
            $json->bool('sign_in'),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
        );
    }
}
