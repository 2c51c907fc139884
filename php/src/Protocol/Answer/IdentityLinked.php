<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * Whether an identity belongs to the user now.
 */
final class IdentityLinked implements Answer
{
    public function __construct(
        public readonly bool $linked,
    ) {
    }
}
