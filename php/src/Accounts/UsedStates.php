<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Tables;

/**
 * Sign-in states that were used: each at most once (RFC 9700 §4.7.1).
 */
final class UsedStates
{
    /** Rows deleted at a time, so that nobody's sign-in pays for all that were left behind. */
    private const SWEEP = 100;

    /**
     * Burns a state, and says whether this call was the first. A failing database counts as "no".
     *
     * @param int $expires Unix time after which the row may be deleted.
     */
    public static function spend(string $key, int $expires): bool
    {
        if ($key === '') {
            return false;
        }

        $database = Tables::database();
        $table = Tables::spent();
        $sweep = "DELETE FROM {$table} WHERE expires < %d LIMIT %d";
        $database->query((string) $database->prepare($sweep, time(), self::SWEEP));
        $insert = "INSERT IGNORE INTO {$table} (state_key, expires) VALUES (%s, %d)";

        return $database->query((string) $database->prepare($insert, hash('sha256', $key), $expires)) === 1;
    }
}
