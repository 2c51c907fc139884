<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * A cookie to set for this host; always `HttpOnly` and `SameSite=Lax`.
 */
final class SetCookie
{
    /**
     * @param string $value Empty when the cookie is to be cleared.
     * @param int $max_age Seconds to live; 0 clears it.
     * @param bool $secure Whether it is for https only.
     */
    public function __construct(
        public readonly string $name,
        public readonly string $value,
        public readonly int $max_age,
        public readonly string $path,
        public readonly bool $secure,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self(
            $from->string('name'),
            $from->string('value'),
            $from->int('max_age'),
            $from->string('path'),
            $from->bool('secure'),
        );
    }
}
