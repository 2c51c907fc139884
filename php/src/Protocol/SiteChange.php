<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * Memberships on a network to give and to take away, by the ids of the sites.
 */
final class SiteChange
{
    /**
     * @param list<int> $add
     * @param list<int> $remove
     * @param list<int> $granted All that the mapping of organizations has given, to be stored with the user.
     */
    public function __construct(
        public readonly array $add,
        public readonly array $remove,
        public readonly array $granted,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return new self($from->list('add')->ints(), $from->list('remove')->ints(), $from->list('granted')->ints());
    }
}
