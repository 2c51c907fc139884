<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * A row of an identity while its account is being made: taken within a transaction, then given its user. The UNIQUE key
 * of the table lets one request take it, and the database makes the others wait.
 */
final class IdentityRow
{
    /**
     * Takes an identity within the transaction that is open; false when somebody has it.
     *
     * @throws DatabaseFailure
     */
    public static function take(Identity $identity, int $user_id = 0): bool
    {
        // The column is as wide as that; INSERT IGNORE would cut a longer subject off.
        if ($identity->subject === '' || strlen($identity->subject) > 255) {
            return false;
        }

        $database = Tables::database();
        $table = Tables::identities();

        $prepared = (string) $database->prepare(
            "INSERT IGNORE INTO {$table} (issuer_hash, subject, user_id, issuer, created) VALUES (%s, %s, %d, %s, %s)",
            $identity->issuer_hash,
            $identity->subject,
            $user_id,
            $identity->issuer,
            current_time('mysql', true),
        );

        return TableRepair::query(static fn(): int|bool => $database->query($prepared)) === 1;
    }

    /**
     * Gives an identity that was taken its user.
     */
    public static function assign(Identity $identity, int $user_id): bool
    {
        return Tables::database()->update(Tables::identities(), ['user_id' => $user_id], self::row($identity)) === 1;
    }

    /**
     * Gives an identity up. Only a database without transactions still has the row by now.
     */
    public static function release(Identity $identity): void
    {
        Tables::database()->delete(Tables::identities(), self::row($identity));
    }

    /**
     * The row that nobody owns yet.
     *
     * @return array{issuer_hash: string, subject: string, user_id: 0}
     */
    private static function row(Identity $identity): array
    {
        return ['issuer_hash' => $identity->issuer_hash, 'subject' => $identity->subject, 'user_id' => 0];
    }
}
