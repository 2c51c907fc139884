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
     * A member that is such an object too; empty where there is none.
     *
     * @throws InvalidReply
     */
    public function map(string $name): self
    {
        $member = get_object_vars($this->members)[$name] ?? new \stdClass();

        // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
        return $member instanceof \stdClass ? new self($member, $this->path . '.' . $name) : throw new InvalidReply(sprintf('%s.%s is not an object', $this->path, $name));
    }

    public function without(string $name): self
    {
        return new self((object) array_diff_key(get_object_vars($this->members), [$name => true]), $this->path);
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
