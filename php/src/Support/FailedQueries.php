<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Queries on users that failed since a moment. WordPress's functions go on when the database refuses a write, and most of
 * them say nothing: a disk that is full would leave a user without roles, or a password that was to end.
 */
final class FailedQueries
{
    private function __construct(
        private readonly int $before,
    ) {
    }

    public static function watch(): self
    {
        return new self(count(self::all()));
    }

    /**
     * What the database said to the first of them; empty when none failed. Queries on other tables are other plugins' own.
     */
    public function cause(): string
    {
        $database = Tables::database();
        $tables = '/\b(?:' . preg_quote($database->users, '/') . '|' . preg_quote($database->usermeta, '/') . ')\b/';
        foreach (array_slice(self::all(), $this->before) as $failed) {
            if (preg_match($tables, Input::string($failed, 'query')) === 1) {
                return Input::string($failed, 'error_str', 'a query failed');
            }
        }

        return '';
    }

    /**
     * Where `wpdb` notes each query that fails, shown or not.
     *
     * @return list<array<array-key, mixed>>
     */
    private static function all(): array
    {
        // @mago-expect lint:no-global - WordPress keeps them there
        return Input::to_maps($GLOBALS['EZSQL_ERROR'] ?? []);
    }
}
