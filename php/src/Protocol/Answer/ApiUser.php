<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * What the core has to know about the user for whom a request to the REST API is made.
 */
final class ApiUser implements Answer
{
    /**
     * @param null|int $user_id Null when there is none.
     * @param bool $pending Whether the account still has to be approved.
     * @param bool $revoked Whether the provider of one of the user's identities took its word back.
     * @param bool $member Whether the user is a member of this site.
     */
    public function __construct(
        public readonly null|int $user_id,
        public readonly bool $pending = false,
        public readonly bool $revoked = false,
        public readonly bool $member = false,
    ) {
    }
}
