<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * Whether a mail left.
 */
final class MailSent implements Answer
{
    public function __construct(
        public readonly bool $sent,
    ) {
    }
}
