<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Support\Transaction;

/**
 * Takes identities away from users.
 */
final class Removal
{
    /**
     * Removes one identity of a user, if `$may` agrees to the number that there is. The rows stay locked meanwhile:
     * two removals at once must not take the last two.
     *
     * @param callable(int): bool $may
     */
    public static function one(int $user_id, int $id, callable $may): bool
    {
        $database = Tables::database();
        $table = Tables::identities();
        $transaction = Transaction::begin();
        $ids = $database->get_col((string) $database->prepare("SELECT id FROM {$table} WHERE user_id = %d FOR UPDATE", $user_id));
        $removed = in_array((string) $id, $ids, true)
            && $may(count($ids))
            && $database->delete($table, ['id' => $id, 'user_id' => $user_id]) === 1;
        $is_gone = static fn(): bool => !$removed || !in_array((string) $id, array_column(Identities::of_user($user_id), 'id'), true);
        try {
            $transaction->commit($is_gone);
        } catch (DatabaseFailure $failure) {
            $transaction->rollback();
            Log::write('identity_not_changed', 'user ' . $user_id . ': ' . $failure->getMessage());

            return false;
        }

        return $removed;
    }

    /**
     * Removes the identities of a user who was deleted. On a network, "deleted" may only mean "left this site".
     */
    public static function of_deleted_user(int $user_id): void
    {
        clean_user_cache($user_id);
        if (get_userdata($user_id) === false) {
            self::all($user_id);
        }
    }

    /**
     * Removes every identity of a user but one.
     *
     * @throws DatabaseFailure
     */
    public static function all_but(int $user_id, Identity $identity): void
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "DELETE FROM {$table} WHERE user_id = %d AND NOT (issuer_hash = %s AND subject = %s)";
        if ($database->query((string) $database->prepare($query, $user_id, $identity->issuer_hash, $identity->subject)) === false) {
            // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
            throw new DatabaseFailure($database->last_error);
        }
    }

    /**
     * @return int How many there were.
     */
    public static function all(int $user_id): int
    {
        return $user_id > 0 ? (int) Tables::database()->delete(Tables::identities(), ['user_id' => $user_id]) : 0;
    }
}
