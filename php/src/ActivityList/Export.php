<?php

declare(strict_types=1);

namespace LogtoSignIn\ActivityList;

use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Support\Access;

/**
 * The rows as a file: CSV for a spreadsheet, or JSON for a program.
 */
final class Export
{
    public const CSV = 'csv';
    public const JSON = 'json';

    /** Rows that are in memory at a time. */
    private const PORTION = 1_000;

    public static function send(string $format, Filter $filter): void
    {
        if (!in_array($format, [self::CSV, self::JSON], true)) {
            Access::deny();
        }

        nocache_headers();
        header('Content-Type: ' . ($format === self::CSV ? 'text/csv' : 'application/json') . '; charset=utf-8');
        header('Content-Disposition: attachment; filename="logto-activity-' . gmdate('Y-m-d') . '.' . $format . '"');
        header('X-Content-Type-Options: nosniff');
        $format === self::CSV ? self::csv($filter) : self::json($filter);
    }

    /**
     * A text that a spreadsheet takes for no formula: those begin with one of these characters.
     */
    public static function cell(int|string $value): string
    {
        $text = (string) $value;

        return $text !== '' && str_contains("=+-@\t\r", $text[0]) ? "'" . $text : $text;
    }

    private static function csv(Filter $filter): void
    {
        $out = fopen('php://output', 'wb');
        if ($out === false) {
            return;
        }

        // Spreadsheets read UTF-8 only with this mark.
        // phpcs:ignore WordPress.WP.AlternativeFunctions.file_system_operations_fwrite -- the response, not a file
        fwrite($out, "\xEF\xBB\xBF");
        $head = false;
        foreach (self::rows($filter) as $record) {
            $fields = $record->fields();
            if (!$head) {
                fputcsv($out, array_keys($fields), ',', '"', '');
                $head = true;
            }

            fputcsv($out, array_map(self::cell(...), $fields), ',', '"', '');
        }

        // phpcs:ignore WordPress.WP.AlternativeFunctions.file_system_operations_fclose -- the response, not a file
        fclose($out);
    }

    private static function json(Filter $filter): void
    {
        $separator = "[\n";
        foreach (self::rows($filter) as $record) {
            // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- a file of JSON, not a page
            echo $separator, (string) wp_json_encode($record->fields(), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
            $separator = ",\n";
        }

        echo $separator === "[\n" ? '[]' : "\n]", "\n";
    }

    /**
     * @return \Generator<int, Record>
     */
    private static function rows(Filter $filter): \Generator
    {
        $before = 0;
        do {
            $portion = Records::find($filter, self::PORTION, 0, $before);
            cache_users(array_filter(array_merge(array_column($portion, 'user_id'), array_column($portion, 'actor_id'))));
            foreach ($portion as $record) {
                $before = $record->id;

                yield $record;
            }
        } while (count($portion) === self::PORTION);
    }
}
