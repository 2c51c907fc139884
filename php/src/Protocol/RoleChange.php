<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * Roles to give and to take away on this site. WordPress has the last word: a role that does not exist is not given, and
 * the last administrator stays one.
 */
final class RoleChange
{
    /**
     * @param list<string> $add
     * @param list<string> $remove
     * @param list<string> $granted All that the role mapping has given at sign-ins with this issuer, to be stored with the user.
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
        return new self($from->list('add')->strings(), $from->list('remove')->strings(), $from->list('granted')->strings());
    }
}
