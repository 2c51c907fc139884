<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * Lets one request at a time work on a run. Two would only confuse the counts: no identity is ever given away twice.
 */
final class ImportLock
{
    /**
     * Whether the work was done. A database without such locks does without.
     *
     * @param callable(): void $work
     */
    public static function hold(callable $work): bool
    {
        $database = Tables::database();
        // Locks belong to the whole database server.
        $name = 'logto_import_' . md5(DB_NAME . $database->prefix);
        if ($database->get_var((string) $database->prepare('SELECT GET_LOCK(%s, 0)', $name)) === '0') {
            return false;
        }

        try {
            $work();
        } finally {
            $database->query((string) $database->prepare('DO RELEASE_LOCK(%s)', $name));
        }

        return true;
    }
}
