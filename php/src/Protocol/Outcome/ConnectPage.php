<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\ConnectStep;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\SetCookie;

/**
 * An account exists that may be the visitor's: ask for its proof, or for the owner's confirmation.
 */
final class ConnectPage extends Outcome
{
    /**
     * @param int $user_id The account: the signed-in user's, else the one that has the visitor's email address.
     * @param string $provider Who vouches for the visitor: `logto` or `dingtalk`.
     * @param string $name The visitor's name at the provider.
     * @param string $email The visitor's verified address; may be empty.
     * @param bool $may_mail Whether the visitor may have a one-time link mailed.
     * @param bool $may_separate Whether the visitor may get an account of their own.
     * @param Ends $ends Which access to the account ends with the confirmation.
     * @param list<SetCookie> $cookies
     */
    public function __construct(
        public readonly ConnectStep $step,
        public readonly int $user_id,
        public readonly string $provider,
        public readonly string $name,
        public readonly string $email,
        public readonly bool $may_mail,
        public readonly bool $may_separate,
        public readonly Ends $ends,
        public readonly array $cookies,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            ConnectStep::tryFrom($json->string('step')) ?? throw $json->invalid('step', 'a step of a connection'),
            $json->int('user_id'),
            $json->string('provider'),
            $json->string('name'),
            $json->string('email'),
            $json->bool('may_mail'),
            $json->bool('may_separate'),
            Ends::read($json),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
        );
    }
}
