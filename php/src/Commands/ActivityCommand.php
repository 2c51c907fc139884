<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Support\Input;

/**
 * `wp logto activity list`
 */
final class ActivityCommand
{
    private const FIELDS = ['time', 'event', 'times', 'code', 'provider', 'user', 'actor', 'cause', 'ip'];

    /**
     * Lists what happened on this site, the newest first.
     *
     * ## OPTIONS
     *
     * [--kind=<kind>]
     * : What happened.
     * ---
     * options:
     *   - signed_in
     *   - refused
     *   - signed_out
     *   - linked
     *   - unlinked
     *   - created
     *   - approved
     * ---
     *
     * [--code=<code>]
     * : Code of a refusal.
     *
     * [--provider=<provider>]
     * : Where somebody signed in.
     * ---
     * options:
     *   - logto
     *   - dingtalk
     * ---
     *
     * [--who=<user>]
     * : Username, email address or ID.
     *
     * [--from=<day>]
     * : First day, such as 2026-01-31.
     *
     * [--to=<day>]
     * : Last day.
     *
     * [--limit=<number>]
     * : How many rows at most.
     * ---
     * default: 50
     * ---
     *
     * [--format=<format>]
     * : How to print them.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     *   - yaml
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto activity list --kind=refused --format=csv
     *
     * @param array<array-key, mixed> $_
     * @param array<array-key, mixed> $options
     */
    public static function list(array $_, array $options): void
    {
        $filter = Filter::read(['user' => $options['who'] ?? ''] + $options);
        $limit = max(1, Input::int($options, 'limit', 50));
        $items = array_map(static fn(Record $record): array => $record->fields(), Records::find($filter, $limit));
        Output::items($options, $items, self::FIELDS);
    }
}
