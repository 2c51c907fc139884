<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * A line for the log of the site.
 */
final class LogLine
{
    /**
     * @param string $code A stable code.
     * @param string $detail The cause, without secrets.
     */
    public function __construct(
        public readonly string $code,
        public readonly string $detail,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self($from->string('code'), $from->string('detail'));
    }
}
