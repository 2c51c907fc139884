<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * The identities of a user.
 */
final class UserIdentities
{
    public static function signed_in(int $user_id, string $issuer_hash): void
    {
        Tables::database()->update(
            Tables::identities(),
            ['last_sign_in' => current_time('mysql', true)],
            ['user_id' => $user_id, 'issuer_hash' => $issuer_hash],
        );
    }

    /**
     * @return list<array<array-key, mixed>>
     */
    public static function of_user(int $user_id): array
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "SELECT id, issuer, subject, created, last_sign_in FROM {$table} WHERE user_id = %d";
        $rows = $database->get_results((string) $database->prepare($query, $user_id), ARRAY_A);

        return Input::to_maps($rows);
    }

    /**
     * Whether a user has another identity of the same issuer.
     *
     * @param array<array-key, mixed> $identity With `issuer_hash` and `subject`.
     */
    public static function has_other(int $user_id, array $identity): bool
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "SELECT 1 FROM {$table} WHERE user_id = %d AND issuer_hash = %s AND subject <> %s LIMIT 1";
        $found = $database->prepare($query, $user_id, Input::string($identity, 'issuer_hash'), Input::string($identity, 'subject'));

        return $database->get_var((string) $found) !== null;
    }

    /**
     * Removes one identity of a user, if `$may` agrees to the number that there is. The rows stay locked meanwhile:
     * two removals at once must not take the last two.
     *
     * @param callable(int): bool $may
     */
    public static function remove(int $user_id, int $id, callable $may): bool
    {
        $database = Tables::database();
        $table = Tables::identities();
        $database->query('START TRANSACTION');
        $ids = $database->get_col((string) $database->prepare("SELECT id FROM {$table} WHERE user_id = %d FOR UPDATE", $user_id));
        $removed = in_array((string) $id, $ids, true)
            && $may(count($ids))
            && $database->delete($table, ['id' => $id, 'user_id' => $user_id]) === 1;
        $database->query('COMMIT');

        return $removed;
    }

    /**
     * The issuers of many users' identities, in one query.
     *
     * @param list<int> $user_ids
     *
     * @return array<int, list<string>> By user; users without identities are missing.
     */
    public static function issuers(array $user_ids): array
    {
        if ($user_ids === []) {
            return [];
        }

        $table = Tables::identities();
        $among = implode(',', $user_ids);
        $rows = Tables::database()->get_results("SELECT user_id, issuer FROM {$table} WHERE user_id IN ({$among}) ORDER BY id", ARRAY_A);
        $issuers = [];
        foreach (Input::to_maps($rows) as $row) {
            $issuers[Input::int($row, 'user_id')][] = Input::string($row, 'issuer');
        }

        return $issuers;
    }

    /**
     * Gives one identity of a user to another user; false when it was not there.
     */
    public static function move(int $id, int $from, int $to): bool
    {
        return Tables::database()->update(Tables::identities(), ['user_id' => $to], ['id' => $id, 'user_id' => $from]) === 1;
    }

    /**
     * Removes the identities of a user who was deleted. On a network, "deleted" may only mean "left this site".
     */
    public static function forget(int $user_id): void
    {
        clean_user_cache($user_id);
        if (get_userdata($user_id) === false) {
            self::erase($user_id);
        }
    }

    public static function erase(int $user_id): int
    {
        return $user_id > 0 ? (int) Tables::database()->delete(Tables::identities(), ['user_id' => $user_id]) : 0;
    }
}
