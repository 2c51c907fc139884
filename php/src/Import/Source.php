<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Accounts\Administrators;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * The links of Logto's own plugin, with what the core must know to classify them. They are read and never written.
 */
final class Source
{
    public const META = 'logto_user_id';

    /** Links that are read at once. */
    public const BATCH = 500;

    /** Characters of a subject that the protocol wants to see at least, so that one that is too long shows. */
    private const SUBJECT_CHARS = 256;

    /** @var array<array-key, int>|null */
    private null|array $repeated = null;

    public static function count(): int
    {
        $database = Tables::database();
        $query = "SELECT COUNT(*) FROM {$database->usermeta} WHERE meta_key = %s";

        return (int) $database->get_var((string) $database->prepare($query, self::META));
    }

    /**
     * The next rows after the row `$cursor`: the last of them, how many they are, and their links. A row that says again what an earlier one of the
     * same user says is no link of its own.
     *
     * @return array{cursor: int|null, read: int, links: list<array{user_id: int, exists: bool, subject: string, repeated: bool, has_other_subject: bool, privileged: bool, owner: int|null}>}
     */
    public function after(int $cursor, string $issuer_hash): array
    {
        $rows = self::rows('umeta_id > %d ORDER BY umeta_id LIMIT %d', [$cursor, self::BATCH]);
        if ($rows === []) {
            return ['cursor' => null, 'read' => 0, 'links' => []];
        }

        $users = array_values(array_unique(array_column($rows, 'user_id')));
        $subjects = array_values(array_unique(array_column($rows, 'subject')));
        cache_users($users);
        $all = self::first_rows($users);
        $owners = ImportedIdentities::owners($issuer_hash, $subjects);
        $linked = ImportedIdentities::subjects_of($issuer_hash, $users);
        $links = [];
        foreach ($rows as ['umeta_id' => $row, 'user_id' => $user_id, 'subject' => $subject]) {
            $own = $all[$user_id] ?? [];
            if (($own[$subject] ?? $row) < $row) {
                continue;
            }

            $others = array_map('strval', [...array_keys($own), ...($linked[$user_id] ?? [])]);
            $user = get_userdata($user_id);
            $links[] = [
                'user_id' => $user_id,
                'exists' => $user !== false,
                'subject' => $subject,
                'repeated' => $this->is_repeated($subject),
                'has_other_subject' => array_diff($others, [$subject, '']) !== [],
                'privileged' => $user !== false && Administrators::is_privileged($user),
                'owner' => $owners[$subject] ?? null,
            ];
        }

        return ['cursor' => max(array_column($rows, 'umeta_id')), 'read' => count($rows), 'links' => $links];
    }

    /**
     * Whether more than one user has a subject. No index has the subjects, so all are looked through at once.
     */
    private function is_repeated(string $subject): bool
    {
        if ($this->repeated === null) {
            $database = Tables::database();
            // The column knows no capitals, and a subject is bytes.
            $query = "SELECT CAST(LEFT(meta_value, %d) AS BINARY) AS subject FROM {$database->usermeta} WHERE meta_key = %s
                GROUP BY CAST(LEFT(meta_value, %d) AS BINARY) HAVING COUNT(DISTINCT user_id) > 1";
            $found = $database->get_col((string) $database->prepare($query, self::SUBJECT_CHARS, self::META, self::SUBJECT_CHARS));
            $this->repeated = array_flip(Input::to_strings($found));
        }

        return isset($this->repeated[$subject]);
    }

    /**
     * Each subject of each user, with the first row that says so.
     *
     * @param list<int> $users
     *
     * @return array<int, array<array-key, int>>
     */
    private static function first_rows(array $users): array
    {
        $all = [];
        foreach (self::rows('user_id IN (' . ImportedIdentities::places($users, '%d') . ')', $users) as $row) {
            $first = $all[$row['user_id']][$row['subject']] ?? $row['umeta_id'];
            $all[$row['user_id']][$row['subject']] = min($first, $row['umeta_id']);
        }

        return $all;
    }

    /**
     * @param list<int> $values Of the placeholders in `$where`.
     *
     * @return list<array{umeta_id: int, user_id: int, subject: string}>
     */
    private static function rows(string $where, array $values): array
    {
        $database = Tables::database();
        $query = "SELECT umeta_id, user_id, LEFT(meta_value, %d) AS subject FROM {$database->usermeta} WHERE meta_key = %s AND {$where}";
        $found = $database->get_results((string) $database->prepare($query, self::SUBJECT_CHARS, self::META, ...$values), ARRAY_A);

        return array_map(
            static fn(array $row): array => [
                'umeta_id' => Input::int($row, 'umeta_id'),
                'user_id' => Input::int($row, 'user_id'),
                'subject' => Input::string($row, 'subject'),
            ],
            Input::to_maps($found),
        );
    }
}
