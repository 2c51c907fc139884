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
            $strings[$name] = is_string($value) ? $value : throw new InvalidReply(sprintf('%s.%s is not a string', $this->path, $name));
        }

        return $strings;
    }

    /**
     * Values of any type as WordPress stores them: objects within them are arrays too.
     *
     * @return array<array-key, mixed>
     *
     * @throws InvalidReply
     */
    public function values(): array
    {
        $values = json_decode((string) json_encode($this->members), true);

        return is_array($values) ? $values : throw new InvalidReply($this->path . ' cannot be stored');
    }
}
