<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * A JSON object of a reply whose names are not fixed by the protocol.
 */
final class JsonMap
{
    /**
     * @param string $path Where the object is in the reply, for messages.
     */
    public function __construct(
        private readonly \stdClass $members,
        private readonly string $path,
    ) {
    }

    /**
     * @return array<array-key, string>
     *
     * @throws InvalidReply
     */
    public function strings(): array
    {
        $strings = [];
        foreach (get_object_vars($this->members) as $name => $value) {
            // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
            $strings[$name] = is_string($value) ? $value : throw new InvalidReply(sprintf('%s.%s is not a string', $this->path, $name));
        }

        return $strings;
    }

    /**
     * Values of any type as WordPress stores them: objects within them are arrays too.
     *
     * @return array<array-key, mixed>
     */
    public function values(): array
    {
        return array_map(self::stored(...), get_object_vars($this->members));
    }

    private static function stored(mixed $value): mixed
    {
        $values = $value instanceof \stdClass ? get_object_vars($value) : $value;

        return is_array($values) ? array_map(self::stored(...), $values) : $values;
    }
}
