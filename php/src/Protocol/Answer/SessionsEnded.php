<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * How many sessions ended.
 */
final class SessionsEnded implements Answer
{
    public function __construct(
        public readonly int $ended,
    ) {
    }
}
