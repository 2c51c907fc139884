<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * The links of Logto's own plugin, with what the core must know to judge them. They are read and never written.
 */
final class OfficialLinks
{
    public const META = 'logto_user_id';

    /** Links that are read at once. */
    public const BATCH = 500;

    /** One character more than a subject may have, so that a longer one shows. */
    private const LONGEST = 256;

    public static function count(): int
    {
        $database = Tables::database();
        $query = "SELECT COUNT(*) FROM {$database->usermeta} WHERE meta_key = %s";

        return (int) $database->get_var((string) $database->prepare($query, self::META));
    }

    /**
     * The next links after the row `$cursor`, by their row.
     *
     * @return array<int, array{user_id: int, exists: bool, subject: string, repeated: bool, elsewhere: bool, privileged: bool, owner: int|null}>
     */
    public static function after(int $cursor, string $issuer_hash): array
    {
        $rows = self::rows($cursor);
        $users = array_values(array_unique(array_map(static fn(array $row): int => Fields::number($row, 'user_id'), $rows)));
        $subjects = array_values(array_unique(array_map(static fn(array $row): string => Fields::text($row, 'subject'), $rows)));
        if ($rows === []) {
            return [];
        }

        cache_users($users);
        $repeated = self::repeated($subjects);
        $several = self::users_with_several($users);
        $owners = ImportedIdentities::owners($issuer_hash, $subjects);
        $linked = ImportedIdentities::subjects_of($issuer_hash, $users);
        $links = [];
        foreach ($rows as $row) {
            $user_id = Fields::number($row, 'user_id');
            $subject = Fields::text($row, 'subject');
            $user = get_userdata($user_id);
            $links[Fields::number($row, 'umeta_id')] = [
                'user_id' => $user_id,
                'exists' => $user !== false,
                'subject' => $subject,
                'repeated' => in_array($subject, $repeated, true),
                'elsewhere' => in_array($user_id, $several, true) || array_diff($linked[$user_id] ?? [], [$subject]) !== [],
                'privileged' => $user !== false && Privileged::is($user),
                'owner' => $owners[$subject] ?? null,
            ];
        }

        return $links;
    }

    /**
     * A row that says again what an earlier one of the same user says is left out.
     *
     * @return list<array<array-key, mixed>>
     */
    private static function rows(int $cursor): array
    {
        $database = Tables::database();
        $query = "SELECT m.umeta_id, m.user_id, LEFT(m.meta_value, %d) AS subject FROM {$database->usermeta} m
            WHERE m.meta_key = %s AND m.umeta_id > %d AND NOT EXISTS (
                SELECT 1 FROM {$database->usermeta} e WHERE e.user_id = m.user_id AND e.meta_key = m.meta_key
                AND e.umeta_id < m.umeta_id AND CAST(e.meta_value AS BINARY) = CAST(m.meta_value AS BINARY)
            ) ORDER BY m.umeta_id LIMIT %d";
        $query = (string) $database->prepare($query, self::LONGEST, self::META, $cursor, self::BATCH);

        return Fields::maps(['rows' => $database->get_results($query, ARRAY_A)], 'rows');
    }

    /**
     * Which of the subjects more than one user has. The column knows no capitals, and a subject is bytes.
     *
     * @param list<string> $subjects
     *
     * @return list<string>
     */
    private static function repeated(array $subjects): array
    {
        $database = Tables::database();
        $places = ImportedIdentities::places($subjects, '%s');
        $query = "SELECT CAST(m.meta_value AS BINARY) AS subject FROM {$database->usermeta} m
            JOIN {$database->users} u ON u.ID = m.user_id WHERE m.meta_key = %s AND m.meta_value IN ({$places})
            GROUP BY CAST(m.meta_value AS BINARY) HAVING COUNT(DISTINCT m.user_id) > 1";

        return Fields::texts(['all' => $database->get_col((string) $database->prepare($query, self::META, ...$subjects))], 'all');
    }

    /**
     * Which of the users have more than one subject.
     *
     * @param list<int> $users
     *
     * @return list<int>
     */
    private static function users_with_several(array $users): array
    {
        $database = Tables::database();
        $places = ImportedIdentities::places($users, '%d');
        $query = "SELECT user_id FROM {$database->usermeta} WHERE meta_key = %s AND user_id IN ({$places})
            AND meta_value <> '' GROUP BY user_id HAVING COUNT(DISTINCT CAST(meta_value AS BINARY)) > 1";
        $found = $database->get_col((string) $database->prepare($query, self::META, ...$users));

        return array_map('intval', Fields::texts(['all' => $found], 'all'));
    }
}
