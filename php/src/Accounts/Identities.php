<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * Which user an identity (issuer and subject) belongs to, and which identities a user has. Email addresses play no
 * part.
 */
final class Identities
{
    /** How often, 100 ms apart, a row that another request is filling is read again. */
    private const MAX_READS = 20;

    /**
     * The user of an identity; a row whose user is gone is removed.
     *
     * @throws DatabaseFailure A database that does not answer knows everybody as a stranger.
     */
    public static function find_user(Identity $identity): null|int
    {
        $user_id = self::stored_user($identity);
        for ($read = 0; $user_id === 0 && $read < self::MAX_READS; ++$read) {
            Functions::call('usleep', 100_000);
            $user_id = self::stored_user($identity);
        }

        if ($user_id === null) {
            return null;
        }

        if ($user_id === 0 || get_userdata($user_id) === false) {
            $row = ['issuer_hash' => $identity->issuer_hash, 'subject' => $identity->subject, 'user_id' => $user_id];
            Tables::database()->delete(Tables::identities(), $row);

            return null;
        }

        return $user_id;
    }

    /**
     * Gives a user one more identity, in one statement; false when somebody else has it.
     *
     * @param bool $only_if_unlinked Only while the user has no other of this issuer; {@see Connection} has the others wait.
     *
     * @throws DatabaseFailure
     */
    public static function link(Identity $identity, int $user_id, bool $only_if_unlinked = false): bool
    {
        return get_userdata($user_id) !== false
            && !($only_if_unlinked && self::has_other($user_id, $identity))
            && (IdentityRow::take($identity, $user_id) || self::find_user($identity) === $user_id);
    }

    /**
     * Whether the database has an identity as this user's; not when it cannot say.
     */
    public static function is_stored(Identity $identity, int $user_id): bool
    {
        try {
            return self::stored_user($identity) === $user_id;
        } catch (DatabaseFailure) {
            return false;
        }
    }

    public static function signed_in(int $user_id, string $issuer_hash): void
    {
        $database = Tables::database();
        $table = Tables::identities();
        // WordPress's own update() asks for the columns of the table first, which takes longer than all other queries.
        $query = "UPDATE {$table} SET last_sign_in = %s WHERE user_id = %d AND issuer_hash = %s";
        $database->query((string) $database->prepare($query, current_time('mysql', true), $user_id, $issuer_hash));
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
     * The identities of many users, in one query.
     *
     * @param list<int> $user_ids
     *
     * @return array<int, non-empty-list<array<array-key, mixed>>> By user; users without identities are missing.
     */
    public static function of_users(array $user_ids): array
    {
        $among = implode(',', $user_ids === [] ? [0] : $user_ids);
        $query = 'SELECT user_id, id, issuer, subject, created, last_sign_in FROM ' . Tables::identities() . " WHERE user_id IN ({$among}) ORDER BY id";
        $identities = [];
        foreach (Input::to_maps(Tables::database()->get_results($query, ARRAY_A)) as $row) {
            $identities[Input::int($row, 'user_id')][] = $row;
        }

        return $identities;
    }

    /**
     * Whether a user has another identity of the same issuer.
     */
    public static function has_other(int $user_id, Identity $identity): bool
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "SELECT 1 FROM {$table} WHERE user_id = %d AND issuer_hash = %s AND subject <> %s LIMIT 1";
        $found = $database->prepare($query, $user_id, $identity->issuer_hash, $identity->subject);

        return $database->get_var((string) $found) !== null;
    }

    /**
     * Gives one identity of a user to another user; false when it was not there.
     */
    public static function move(int $id, int $from, int $to): bool
    {
        return Tables::database()->update(Tables::identities(), ['user_id' => $to], ['id' => $id, 'user_id' => $from]) === 1;
    }

    /**
     * @throws DatabaseFailure
     */
    private static function stored_user(Identity $identity): null|int
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "SELECT user_id FROM {$table} WHERE issuer_hash = %s AND subject = %s";
        $prepared = (string) $database->prepare($query, $identity->issuer_hash, $identity->subject);
        $found = TableRepair::query(static fn(): mixed => $database->get_var($prepared));

        return is_string($found) ? (int) $found : null;
    }
}
