<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Faults;

use LogtoSignIn\Support\Tables;

/**
 * A second connection to WordPress's database: it looks at what is stored, past every cache and transaction of the first
 * one, and does harm to it.
 */
final class Database
{
    private \mysqli $connection;

    public function __construct()
    {
        [$host, $socket] = explode(':', DB_HOST, 2) + [1 => null];
        $this->connection = new \mysqli($host, DB_USER, DB_PASSWORD, DB_NAME, 0, $socket);
    }

    public function __destruct()
    {
        $this->connection->close();
    }

    public function number(string $query): int
    {
        return (int) ($this->connection->query($query)->fetch_row()[0] ?? 0);
    }

    /**
     * Runs something while the server ends WordPress's connection right before its query number `$at`.
     *
     * @template T
     *
     * @param callable(): T $work
     *
     * @return array{T, int} What came of it, and how many queries there were.
     */
    public function lose_at(int $at, callable $work): array
    {
        return self::at_query($at, $this->kill(...), $work);
    }

    /**
     * Runs something, and something else right before its query number `$at`.
     *
     * @template T
     *
     * @param callable(): void $harm
     * @param callable(): T $work
     *
     * @return array{T, int}
     */
    public static function at_query(int $at, callable $harm, callable $work): array
    {
        $queries = 0;
        $filter = static function (string $query) use ($at, $harm, &$queries): string {
            if (++$queries === $at) {
                $harm();
            }

            return $query;
        };
        add_filter('query', $filter, PHP_INT_MAX);
        // PHP warns of a server that has gone away, which is what the test wants.
        set_error_handler(static fn(): bool => true, E_WARNING);
        $quiet = Tables::database()->suppress_errors();
        try {
            return [$work(), $queries];
        } finally {
            Tables::database()->suppress_errors($quiet);
            restore_error_handler();
            remove_filter('query', $filter, PHP_INT_MAX);
        }
    }

    /**
     * Runs something while the server refuses to insert into or to change a table: it says that its disk is full, in its
     * own words.
     *
     * @template T
     *
     * @param callable(): T $work
     *
     * @return T
     */
    public function with_full_disk(string $table, callable $work): mixed
    {
        $signal = "FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'Disk full; waiting for someone to free some space'";
        foreach (['INSERT', 'UPDATE'] as $write) {
            $this->connection->query("CREATE TRIGGER full_disk_{$write} BEFORE {$write} ON {$table} {$signal}");
        }

        $quiet = Tables::database()->suppress_errors();
        try {
            return $work();
        } finally {
            Tables::database()->suppress_errors($quiet);
            foreach (['INSERT', 'UPDATE'] as $write) {
                $this->connection->query("DROP TRIGGER full_disk_{$write}");
            }
        }
    }

    /**
     * What is half done: users without an identity among those above `$last`, identities without a user, and rows of meta
     * whose user is not there.
     *
     * @return array{users: int, identities: int, meta: int}
     */
    public function half_done(int $last): array
    {
        $database = Tables::database();
        $identities = Tables::identities();

        return [
            'users' => $this->number("SELECT COUNT(*) FROM {$database->users} u LEFT JOIN {$identities} i ON i.user_id = u.ID WHERE u.ID > {$last} AND i.id IS NULL"),
            'identities' => $this->number("SELECT COUNT(*) FROM {$identities} i LEFT JOIN {$database->users} u ON u.ID = i.user_id WHERE u.ID IS NULL"),
            'meta' => $this->number("SELECT COUNT(*) FROM {$database->usermeta} m LEFT JOIN {$database->users} u ON u.ID = m.user_id WHERE u.ID IS NULL"),
        ];
    }

    private function kill(): void
    {
        // @mago-expect analysis - `dbh` is there for whoever asks by name
        $id = mysqli_thread_id(Tables::database()->dbh);
        $this->connection->query('KILL CONNECTION ' . $id);
        for ($try = 0; $try < 200 && $this->number("SELECT COUNT(*) FROM information_schema.processlist WHERE id = {$id}") > 0; ++$try) {
            usleep(1_000);
        }
    }
}
