<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Writes that belong together: all of them or none.
 *
 * Two things come between on a server in trouble. A query fails, and WordPress goes on. Or the connection is lost: WordPress
 * connects again and repeats only the query that noticed, so what was written before is gone, and what follows is written
 * at once. Both end here: nothing is committed after a failed query, and a commit counts when its proof can be read.
 */
final class Transaction
{
    private function __construct(
        private readonly FailedQueries $failed,
    ) {
    }

    public static function begin(): self
    {
        $failed = FailedQueries::watch();
        Tables::database()->query('START TRANSACTION');

        return new self($failed);
    }

    public function rollback(): void
    {
        Tables::database()->query('ROLLBACK');
    }

    /**
     * @param callable(): bool $is_stored Whether the database has what was written first. It is asked after the commit.
     *
     * @throws DatabaseFailure When something was lost on the way; {@see rollback()} is up to the caller.
     */
    public function commit(callable $is_stored): void
    {
        $this->stop_if_failed();
        Tables::database()->query('COMMIT');
        $this->stop_if_failed();
        if (!$is_stored()) {
            throw new DatabaseFailure('the connection to the database was lost between two writes');
        }
    }

    /**
     * @throws DatabaseFailure When a query failed.
     */
    public function stop_if_failed(): void
    {
        $cause = $this->failed->cause();
        if ($cause !== '') {
            // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
            throw new DatabaseFailure($cause);
        }
    }
}
