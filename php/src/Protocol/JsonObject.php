<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * A JSON object of a reply, read strictly: a member that is missing or has another type than the protocol says makes
 * the whole reply invalid. Members that the protocol does not know are ignored.
 */
final class JsonObject
{
    // phpcs:disable WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page

    /** @var array<array-key, mixed> */
    private readonly array $members;

    /**
     * @param string $path Where the object is in the reply, for messages.
     */
    public function __construct(
        \stdClass $object,
        private readonly string $path,
    ) {
        $this->members = get_object_vars($object);
    }

    public function has(string $name): bool
    {
        return array_key_exists($name, $this->members);
    }

    /**
     * The member as it was decoded: a scalar, null, a list or an `\stdClass`.
     *
     * @throws InvalidReply
     */
    public function value(string $name): mixed
    {
        return $this->has($name) ? $this->members[$name] : throw $this->invalid($name, 'there');
    }

    /** @throws InvalidReply */
    public function string(string $name): string
    {
        $value = $this->value($name);

        return is_string($value) ? $value : throw $this->invalid($name, 'a string');
    }

    /** @throws InvalidReply */
    public function int(string $name): int
    {
        $value = $this->value($name);

        return is_int($value) && $value >= 0 ? $value : throw $this->invalid($name, 'a number of the protocol');
    }

    /** @throws InvalidReply */
    public function bool(string $name): bool
    {
        $value = $this->value($name);

        return is_bool($value) ? $value : throw $this->invalid($name, 'true or false');
    }

    /** @throws InvalidReply */
    public function object(string $name): self
    {
        $value = $this->value($name);

        return $value instanceof \stdClass ? new self($value, $this->path . '.' . $name) : throw $this->invalid($name, 'an object');
    }

    /** @throws InvalidReply */
    public function list(string $name): JsonList
    {
        $value = $this->value($name);

        return is_array($value) ? new JsonList(array_values($value), $this->path . '.' . $name) : throw $this->invalid($name, 'a list');
    }

    /** @throws InvalidReply */
    public function map(string $name): JsonMap
    {
        $value = $this->value($name);

        return $value instanceof \stdClass ? new JsonMap($value, $this->path . '.' . $name) : throw $this->invalid($name, 'an object');
    }

    /**
     * @param string $expected What the member has to be.
     */
    public function invalid(string $name, string $expected): InvalidReply
    {
        return new InvalidReply(sprintf('%s.%s is not %s', $this->path, $name, $expected));
    }
}
