<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * The table of the activity: what is written, asked for and removed.
 */
final class Records
{
    /** Rows of one kind that a site keeps: a flood of refusals pushes out older refusals, and no sign-in. */
    public const MAX_ROWS = 10_000;

    /** New rows after which the oldest are counted out. */
    private const TRIM_EVERY = 100;

    /** Rows deleted at a time, so that no request pays for all that were left behind. */
    private const SWEEP = 1_000;

    /**
     * Adds an event. The same refusal within a minute is one row, with the number of times.
     *
     * @throws DatabaseFailure
     */
    public static function add(Event $event, string $ip, int $now): void
    {
        $database = Tables::database();
        $provider = $event->provider === null ? '' : $event->provider->value;
        $what = [get_current_blog_id(), $event->kind->value, $event->code, $provider, $event->user_id];
        $is_refusal = $event->kind === Kind::Refused;
        // An address takes no part: whoever has many would fill the table.
        $key = $is_refusal ? substr(hash('sha256', implode("\n", [...$what, intdiv($now, MINUTE_IN_SECONDS)])), 0, 32) : str_replace('-', '', wp_generate_uuid4());
        $insert = 'INSERT INTO ' . Tables::activity() . ' (blog_id, kind, code, provider, user_id, actor_id, event_key, happened, times, cause, ip)'
            . ' VALUES (%d, %s, %s, %s, %d, %d, %s, %d, 1, %s, %s) ON DUPLICATE KEY UPDATE times = times + 1';
        $query = (string) $database->prepare($insert, ...[...$what, $event->actor_id, $key, $now, mb_substr($event->cause, 0, 600), $ip]);
        TableRepair::query(static fn(): mixed => $database->query($query));
        if ($database->rows_affected === 1 && $database->insert_id % self::TRIM_EVERY === 0) {
            self::trim($event->kind);
        }
    }

    /**
     * The newest rows first.
     *
     * @param int $before Only rows with a smaller ID, unless it is 0: for one portion after another.
     *
     * @return list<Record>
     */
    public static function find(Filter $filter, int $limit, int $offset = 0, int $before = 0): array
    {
        $database = Tables::database();
        $older = $before > 0 ? 'id < ' . $before : '1 = 1';
        $query = 'SELECT * FROM ' . Tables::activity() . " WHERE {$filter->condition()} AND {$older} ORDER BY id DESC LIMIT {$limit} OFFSET {$offset}";

        return array_map(static fn(array $row): Record => new Record($row), Input::to_maps($database->get_results($query, ARRAY_A)));
    }

    public static function count(Filter $filter): int
    {
        return Input::to_int(Tables::database()->get_var('SELECT COUNT(*) FROM ' . Tables::activity() . ' WHERE ' . $filter->condition()));
    }

    /**
     * The codes that the current site has rows of.
     *
     * @return list<string>
     */
    public static function codes(): array
    {
        $query = 'SELECT DISTINCT code FROM ' . Tables::activity() . ' WHERE ' . (new Filter())->condition() . " AND code <> '' ORDER BY code";

        return Input::to_strings(Tables::database()->get_col($query));
    }

    /**
     * Removes what the current site has kept for longer than it wants to.
     *
     * @param int $before Unix time.
     */
    public static function remove_before(int $before): void
    {
        $database = Tables::database();
        $table = Tables::activity();
        $query = (string) $database->prepare("DELETE FROM {$table} WHERE blog_id = %d AND happened < %d LIMIT %d", get_current_blog_id(), $before, self::SWEEP);
        do {
            $removed = TableRepair::exists($table) ? $database->query($query) : 0;
        } while ($removed === self::SWEEP);
    }

    public static function drop(): void
    {
        Tables::database()->query('DROP TABLE IF EXISTS ' . Tables::activity());
    }

    public static function remove_site(int $blog_id): void
    {
        if (TableRepair::exists(Tables::activity())) {
            Tables::database()->delete(Tables::activity(), ['blog_id' => $blog_id]);
        }
    }

    /**
     * What is recorded about a user, on all sites of a network.
     *
     * @return list<Record>
     */
    public static function of_user(int $user_id, int $limit, int $offset): array
    {
        $database = Tables::database();
        $table = Tables::activity();
        $query = (string) $database->prepare("SELECT * FROM {$table} WHERE user_id = %d ORDER BY id LIMIT %d OFFSET %d", $user_id, $limit, $offset);

        return $user_id === 0 ? [] : array_map(static fn(array $row): Record => new Record($row), Input::to_maps($database->get_results($query, ARRAY_A)));
    }

    /**
     * Removes what is recorded about a user, and the user from what was done to others.
     */
    public static function erase_user(int $user_id): bool
    {
        $database = Tables::database();

        return $user_id > 0 && ((int) $database->delete(Tables::activity(), ['user_id' => $user_id])
            + (int) $database->update(Tables::activity(), ['actor_id' => 0], ['actor_id' => $user_id])) > 0;
    }

    /**
     * Removes all but the newest rows of a kind.
     */
    private static function trim(Kind $kind): void
    {
        $database = Tables::database();
        $table = Tables::activity();
        $of_kind = (string) $database->prepare('blog_id = %d AND kind = %s', get_current_blog_id(), $kind->value);
        $oldest = Input::to_int($database->get_var("SELECT id FROM {$table} WHERE {$of_kind} ORDER BY id DESC LIMIT 1 OFFSET " . self::MAX_ROWS));
        if ($oldest > 0) {
            $database->query("DELETE FROM {$table} WHERE {$of_kind} AND id <= {$oldest}");
        }
    }
}
