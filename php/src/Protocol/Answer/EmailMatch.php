<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * The user who has an email address, if there is one.
 */
final class EmailMatch implements Answer
{
    /**
     * @param null|int $user_id Null when nobody has the address.
     * @param bool $privileged Whether the user has any capability beyond a subscriber's, on any site.
     * @param bool $linked Whether the user has another identity of the same issuer.
     */
    public function __construct(
        public readonly null|int $user_id,
        public readonly bool $privileged,
        public readonly bool $linked,
    ) {
    }
}
