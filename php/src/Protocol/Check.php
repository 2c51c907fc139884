<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * One thing that a provider was asked without a visitor.
 */
final class Check
{
    /**
     * @param string $code  A stable code; the message catalog has the words for it.
     * @param string $found An issuer, algorithms, or the cause of a failure. Not escaped.
     */
    public function __construct(
        public readonly CheckSubject $subject,
        public readonly CheckResult $result,
        public readonly string $code,
        public readonly string $found,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self(
            CheckSubject::tryFrom($from->string('subject')) ?? throw $from->invalid('subject', 'a known subject'),
            CheckResult::tryFrom($from->string('result')) ?? throw $from->invalid('result', 'a known result'),
            $from->string('code'),
            $from->string('found'),
        );
    }
}
