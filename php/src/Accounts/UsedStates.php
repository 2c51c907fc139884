<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * Sign-in states that were used: each at most once (RFC 9700 §4.7.1).
 */
final class UsedStates
{
    /** Rows deleted at a time, so that nobody's sign-in pays for all that were left behind. */
    private const SWEEP = 100;

    /**
     * Marks a state as used, and says whether this call was the first to do so.
     *
     * @param int $expires_at Unix time after which the row may be deleted.
     */
    public static function mark(string $key, int $expires_at): StateUse
    {
        try {
            $inserted = TableRepair::query(static fn(): int|bool => self::insert($key, $expires_at));
        } catch (DatabaseFailure $failure) {
            Log::write('database_error', $failure->getMessage());

            return StateUse::Failed;
        }

        return match ($inserted) {
            1 => StateUse::First,
            0 => StateUse::Repeated,
            default => StateUse::Failed,
        };
    }

    /**
     * @return int|bool How many rows were inserted; false when the database refused.
     */
    private static function insert(string $key, int $expires_at): int|bool
    {
        $database = Tables::database();
        $table = Tables::used_states();
        $sweep = "DELETE FROM {$table} WHERE expires < %d LIMIT %d";
        $database->query((string) $database->prepare($sweep, time(), self::SWEEP));
        $insert = "INSERT IGNORE INTO {$table} (state_key, expires) VALUES (%s, %d)";

        return $database->query((string) $database->prepare($insert, hash('sha256', $key), $expires_at));
    }
}
