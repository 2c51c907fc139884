<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Locks of the database server, for what no unique key guards: one request at a time.
 */
final class Lock
{
    /**
     * Works while nobody else of this installation works under the same name; when somebody does for too long,
     * `$busy` instead. A server that knows no such locks has its work done without.
     *
     * @template T
     *
     * @param callable(): T $work
     * @param callable(): T $busy
     * @param int $patience Seconds that one request waits for others.
     *
     * @return T
     */
    public static function hold(string $name, callable $work, callable $busy, int $patience = 5): mixed
    {
        $database = Tables::database();
        $lock = self::name($name);
        $quiet = $database->suppress_errors();
        $answer = $database->get_var((string) $database->prepare('SELECT GET_LOCK(%s, %d)', $lock, $patience));
        $database->suppress_errors($quiet);
        if ($answer === '0') {
            return $busy();
        }

        try {
            return $work();
        } finally {
            if ($answer === '1') {
                $database->query((string) $database->prepare('SELECT RELEASE_LOCK(%s)', $lock));
            }
        }
    }

    /**
     * What the server calls it: locks are the whole server's, where other installations may be.
     */
    public static function name(string $name): string
    {
        return 'logto_' . wp_hash($name . ' of ' . Tables::identities());
    }
}
