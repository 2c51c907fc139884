<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * The user who was created, or why none was.
 */
final class UserCreated implements Answer
{
    /**
     * @param null|int $user_id The new user, or the one who got the identity at the same moment.
     * @param string $cause WordPress's own message, for the log.
     */
    public function __construct(
        public readonly null|int $user_id,
        public readonly null|CreateError $error = null,
        public readonly string $cause = '',
    ) {
    }

    public static function failed(CreateError $error, string $cause): self
    {
        return new self(null, $error, $cause);
    }
}
