<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\SetCookie;
use LogtoSignIn\Protocol\SignInDecision;

/**
 * What a test sign-in found: nothing was changed.
 */
final class SignInTested extends Outcome
{
    /**
     * @param string $provider Who vouches for the visitor: `logto` or `dingtalk`.
     * @param string $name The visitor's name at the provider.
     * @param array<array-key, string> $claims What the provider says of them.
     * @param null|string $refused Why the visitor would have been refused: a code.
     * @param null|int $account The user whose account it is, if there is one already.
     * @param list<string> $roles The roles that the user would have; none means the default role of the site.
     * @param Preview $preview What a new account would get.
     * @param bool $proven Whether the provider and this site work together.
     * @param null|string $connection What connects the identity to the account of whoever tested.
     * @param list<SetCookie> $cookies
     */
    // @mago-expect lint:excessive-parameter-list - one for each member
    public function __construct(
        public readonly string $provider,
        public readonly string $name,
        public readonly array $claims,
        public readonly SignInDecision $decision,
        public readonly null|string $refused,
        public readonly null|int $account,
        public readonly array $roles,
        public readonly Preview $preview,
        public readonly bool $proven,
        public readonly null|string $connection,
        public readonly array $cookies,
    ) {
    }

    /**
     * @return array<array-key, mixed>
     */
    public function jsonSerialize(): array
    {
        return ['claims' => (object) $this->claims, 'preview' => get_object_vars($this->preview)] + parent::jsonSerialize();
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->string('provider'),
            $json->string('name'),
            $json->map('claims')->strings(),
            SignInDecision::tryFrom($json->string('decision')) ?? throw $json->invalid('decision', 'a decision'),
            $json->value('refused') === null ? null : $json->string('refused'),
            $json->value('account') === null ? null : $json->int('account'),
            $json->list('roles')->strings(),
            Preview::from($json->object('preview')),
            $json->bool('proven'),
            $json->value('connection') === null ? null : $json->string('connection'),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
        );
    }
}
