<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Providers\Provider;

/**
 * Something to record.
 */
final class Event
{
    /**
     * @param string $code     Of a refusal, or of a sign-in without a provider; else empty.
     * @param int    $user_id  Whom it is about; 0 when nobody knows.
     * @param int    $actor_id Who did it, when that is somebody else; else 0.
     * @param string $cause    In words, without secrets, tokens and cookies.
     */
    public function __construct(
        public readonly Kind $kind,
        public readonly string $code = '',
        public readonly null|Provider $provider = null,
        public readonly int $user_id = 0,
        public readonly int $actor_id = 0,
        public readonly string $cause = '',
    ) {
    }
}
