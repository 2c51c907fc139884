<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * Which issuers the identities of users belong to.
 */
final class Issuers
{
    /**
     * @return list<string> The hashes of the issuers of a user's identities.
     */
    public static function hashes(int $user_id): array
    {
        $database = Tables::database();
        $table = Tables::identities();

        return Input::to_strings($database->get_col((string) $database->prepare("SELECT DISTINCT issuer_hash FROM {$table} WHERE user_id = %d", $user_id)));
    }

    /**
     * The issuer of one identity of a user; empty when it is not there.
     */
    public static function of_identity(int $user_id, int $id): string
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "SELECT issuer FROM {$table} WHERE id = %d AND user_id = %d";

        return Input::to_string($database->get_var((string) $database->prepare($query, $id, $user_id)));
    }

    /**
     * The issuers of many users' identities, in one query.
     *
     * @param list<int> $user_ids
     *
     * @return array<int, list<string>> By user; users without identities are missing.
     */
    public static function of_users(array $user_ids): array
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
}
