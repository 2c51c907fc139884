<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * The identities that an import of this site has added: each bears the number of the site until the import is undone.
 */
final class ImportedIdentities
{
    /** Identities that are removed at once. */
    public const BATCH = 2000;

    /**
     * Adds links in one statement; an identity that somebody has by now stays theirs.
     *
     * @param array<array-key, mixed> $issuer The core's `issuer`.
     * @param list<array{user_id: int, subject: string, ...}> $links
     *
     * @return int How many were added.
     */
    public static function add(array $issuer, array $links): int
    {
        if ($links === []) {
            return 0;
        }

        $database = Tables::database();
        $table = Tables::identities();
        $hash = Input::string($issuer, 'issuer_hash');
        self::sweep($hash, array_column($links, 'subject'));
        $values = [];
        foreach ($links as $link) {
            array_push($values, $hash, $link['subject'], $link['user_id'], Input::string($issuer, 'issuer'), current_time('mysql', true), get_current_blog_id());
        }

        $places = self::places($links, '(%s, %s, %d, %s, %s, %d)');
        $query = "INSERT IGNORE INTO {$table} (issuer_hash, subject, user_id, issuer, created, imported) VALUES {$places}";

        return (int) $database->query((string) $database->prepare($query, ...$values));
    }

    /**
     * Removes some, and says how many.
     */
    public static function remove(): int
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "DELETE FROM {$table} WHERE imported = %d ORDER BY id LIMIT %d";

        return (int) $database->query((string) $database->prepare($query, get_current_blog_id(), self::BATCH));
    }

    public static function count(): int
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "SELECT COUNT(*) FROM {$table} WHERE imported = %d";

        return (int) $database->get_var((string) $database->prepare($query, get_current_blog_id()));
    }

    /**
     * The user of each subject that has one; 0 while a first sign-in is making the account.
     *
     * @param list<string> $subjects
     *
     * @return array<array-key, int>
     */
    public static function owners(string $issuer_hash, array $subjects): array
    {
        $database = Tables::database();
        $table = Tables::identities();
        $places = self::places($subjects, '%s');
        $query = "SELECT i.subject, i.user_id FROM {$table} i LEFT JOIN {$database->users} u ON u.ID = i.user_id
            WHERE i.issuer_hash = %s AND i.subject IN ({$places}) AND (i.user_id = 0 OR u.ID IS NOT NULL)";
        $owners = [];
        foreach (self::found($query, $issuer_hash, $subjects) as $row) {
            $owners[Input::string($row, 'subject')] = Input::int($row, 'user_id');
        }

        return $owners;
    }

    /**
     * The subjects that each user has.
     *
     * @param list<int> $users
     *
     * @return array<int, list<string>>
     */
    public static function subjects_of(string $issuer_hash, array $users): array
    {
        $table = Tables::identities();
        $places = self::places($users, '%d');
        $subjects = [];
        foreach (self::found("SELECT subject, user_id FROM {$table} WHERE issuer_hash = %s AND user_id IN ({$places})", $issuer_hash, $users) as $row) {
            $subjects[Input::int($row, 'user_id')][] = Input::string($row, 'subject');
        }

        return $subjects;
    }

    /**
     * One placeholder for each value.
     *
     * @param list<mixed> $values
     */
    public static function places(array $values, string $place): string
    {
        return implode(', ', array_fill(0, count($values), $place));
    }

    /**
     * Removes rows whose user is gone, as a sign-in does.
     *
     * @param list<string> $subjects
     */
    private static function sweep(string $issuer_hash, array $subjects): void
    {
        $database = Tables::database();
        $table = Tables::identities();
        $places = self::places($subjects, '%s');
        $query = "DELETE i FROM {$table} i LEFT JOIN {$database->users} u ON u.ID = i.user_id
            WHERE i.issuer_hash = %s AND i.subject IN ({$places}) AND i.user_id > 0 AND u.ID IS NULL";
        $database->query((string) $database->prepare($query, $issuer_hash, ...$subjects));
    }

    /**
     * @param list<string|int> $values
     *
     * @return list<array<array-key, mixed>>
     */
    private static function found(string $query, string $issuer_hash, array $values): array
    {
        $database = Tables::database();
        $rows = $database->get_results((string) $database->prepare($query, $issuer_hash, ...$values), ARRAY_A);

        return Input::to_maps($rows);
    }
}
