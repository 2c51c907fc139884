<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * A JSON list of a reply whose items all have one type, or the whole reply is invalid.
 */
final class JsonList
{
    /**
     * @param list<mixed> $items
     * @param string $path Where the list is in the reply, for messages.
     */
    public function __construct(
        private readonly array $items,
        private readonly string $path,
    ) {
    }

    /**
     * @return list<string>
     *
     * @throws InvalidReply
     */
    public function strings(): array
    {
        $strings = [];
        foreach ($this->items as $item) {
            $strings[] = is_string($item) ? $item : throw $this->invalid('strings');
        }

        return $strings;
    }

    /**
     * @return list<int>
     *
     * @throws InvalidReply
     */
    public function ints(): array
    {
        $ints = [];
        foreach ($this->items as $item) {
            $ints[] = is_int($item) ? $item : throw $this->invalid('numbers');
        }

        return $ints;
    }

    /**
     * @return list<JsonObject>
     *
     * @throws InvalidReply
     */
    public function objects(): array
    {
        $objects = [];
        foreach ($this->items as $number => $item) {
            $path = sprintf('%s[%d]', $this->path, $number);
            $objects[] = $item instanceof \stdClass ? new JsonObject($item, $path) : throw $this->invalid('objects');
        }

        return $objects;
    }

    private function invalid(string $expected): InvalidReply
    {
        return new InvalidReply(sprintf('%s is not a list of %s', $this->path, $expected));
    }
}
