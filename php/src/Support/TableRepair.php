<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Looks at the tables themselves. A backup may lack one, and so may a site where the plugin was deleted: it is created
 * again.
 */
final class TableRepair
{
    /**
     * The plugin's tables that do not exist.
     *
     * @return list<string>
     */
    public static function missing(): array
    {
        return array_values(array_filter([Tables::identities(), Tables::used_states(), Tables::activity()], static fn(string $table): bool => !self::exists($table)));
    }

    public static function exists(string $table): bool
    {
        $database = Tables::database();

        return $database->get_var((string) $database->prepare('SHOW TABLES LIKE %s', $database->esc_like($table))) === $table;
    }

    /**
     * Runs a query that a decision depends on, and runs it again after a missing table was created.
     *
     * @template T
     *
     * @param callable(): T $query
     *
     * @return T
     *
     * @throws DatabaseFailure When the database still refuses.
     */
    public static function query(callable $query): mixed
    {
        $database = Tables::database();
        $quiet = $database->suppress_errors();
        try {
            $result = $query();
            $error = $database->last_error;
            $missing = $error === '' ? [] : self::missing();
            if ($missing !== []) {
                Log::write('table_missing', implode(', ', $missing) . ': created again');
                Tables::create();
                $result = $query();
                $error = $database->last_error;
            }
        } finally {
            $database->suppress_errors($quiet);
        }

        // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
        return $error === '' ? $result : throw new DatabaseFailure($error);
    }
}
