<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * A row of an identity while its account is being made: taken within a transaction, then given its user. The UNIQUE key
 * of the table lets one request take it, and the database makes the others wait.
 */
final class Claim
{
    /**
     * Takes an identity within the transaction that is open; false when somebody has it.
     *
     * @param array<array-key, mixed> $identity
     */
    public static function take(array $identity, int $user_id = 0): bool
    {
        $issuer_hash = Input::string($identity, 'issuer_hash');
        $subject = Input::string($identity, 'subject');
        if ($issuer_hash === '' || $subject === '' || strlen($subject) > 255) {
            return false;
        }

        $database = Tables::database();
        $table = Tables::identities();

        return $database->query((string) $database->prepare(
            "INSERT IGNORE INTO {$table} (issuer_hash, subject, user_id, issuer, created) VALUES (%s, %s, %d, %s, %s)",
            $issuer_hash,
            $subject,
            $user_id,
            Input::string($identity, 'issuer'),
            current_time('mysql', true),
        )) === 1;
    }

    /**
     * Gives an identity that was taken its user.
     *
     * @param array<array-key, mixed> $identity
     */
    public static function assign(array $identity, int $user_id): bool
    {
        return Tables::database()->update(Tables::identities(), ['user_id' => $user_id], self::row($identity)) === 1;
    }

    /**
     * Gives an identity up. Only a database without transactions still has the row by now.
     *
     * @param array<array-key, mixed> $identity
     */
    public static function release(array $identity): void
    {
        Tables::database()->delete(Tables::identities(), self::row($identity));
    }

    /**
     * The row that nobody owns yet.
     *
     * @param array<array-key, mixed> $identity
     *
     * @return array{issuer_hash: string, subject: string, user_id: 0}
     */
    private static function row(array $identity): array
    {
        return ['issuer_hash' => Input::string($identity, 'issuer_hash'), 'subject' => Input::string($identity, 'subject'), 'user_id' => 0];
    }
}
