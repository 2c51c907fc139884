<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Profile;

/**
 * What a person with certain claims would get at the first sign-in.
 */
final class Preview extends Outcome
{
    /**
     * @param null|string $refused The code of the refusal, if there would be one.
     * @param list<string> $logins In order of preference.
     * @param string $email Under `.invalid` without a verified one.
     * @param list<string> $roles None means the default role of the site.
     * @param list<int> $sites On a network: the ids of the sites to join.
     * @param bool $pending Whether the account would have to be approved.
     * @param bool $links_by_email Whether an account with the same address could be theirs.
     */
    public function __construct(
        public readonly null|string $refused,
        public readonly array $logins,
        public readonly string $email,
        public readonly Profile $profile,
        public readonly array $roles,
        public readonly array $sites,
        public readonly bool $pending,
        public readonly bool $links_by_email,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function from(JsonObject $json): self
    {
        return new self(
            $json->value('refused') === null ? null : $json->string('refused'),
            $json->list('logins')->strings(),
            $json->string('email'),
            Profile::read($json->map('profile')),
            $json->list('roles')->strings(),
            $json->list('sites')->ints(),
            $json->bool('pending'),
            $json->bool('links_by_email'),
        );
    }
}
