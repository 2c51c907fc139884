<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * When the provider is asked about a session again, and with what.
 */
final class Renewal
{
    /**
     * @param string $sealed For the core alone.
     * @param int $check_after Unix time from which to ask, after a page.
     * @param int $check_by Unix time from which to ask before a page.
     */
    public function __construct(
        public readonly string $sealed,
        public readonly int $check_after,
        public readonly int $check_by,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self($from->string('sealed'), $from->int('check_after'), $from->int('check_by'));
    }
}
