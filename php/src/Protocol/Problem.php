<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * What is wrong with a submitted setting.
 */
final class Problem
{
    /**
     * @param string $code A stable code; the message catalog has the words for it.
     */
    public function __construct(
        public readonly string $field,
        public readonly string $code,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self($from->string('field'), $from->string('code'));
    }
}
