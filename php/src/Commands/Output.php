<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Input;

/**
 * What commands print, and how they end: with exit code 1 after an error.
 */
final class Output
{
    /**
     * A table, or the format of the option `--format`.
     *
     * @param array<array-key, mixed> $options
     * @param list<array<string, int|string>> $items
     * @param list<string> $fields The columns in their order.
     */
    public static function items(array $options, array $items, array $fields): void
    {
        $format = Input::string($options, 'format', 'table');
        // Text from the database must not control the terminal; a program gets everything as it is.
        $items = in_array($format, ['table', 'csv'], true) ? array_map(self::plain(...), $items) : $items;
        \WP_CLI\Utils\format_items($format, $items, $fields);
    }

    /**
     * Ends the command with a code of the plugin in words.
     */
    public static function fail(string $code): never
    {
        $message = Catalog::of($code);
        \WP_CLI::error(trim($message->message . ' ' . $message->advice) . ' [' . $code . ']');
    }

    /**
     * Says that it worked, with a code of the plugin in words.
     */
    public static function done(string $code): void
    {
        \WP_CLI::success(Catalog::of($code)->message);
    }

    /**
     * The user whom an argument names by login, email address or ID.
     */
    public static function user(string $given): \WP_User
    {
        foreach (['login', 'email', 'id'] as $field) {
            $user = $field === 'id' && !ctype_digit($given) ? false : get_user_by($field, $given);
            if ($user instanceof \WP_User) {
                return $user;
            }
        }

        /* translators: %s: what was entered. */
        \WP_CLI::error(sprintf(__('There is no user “%s”.', 'logto-sign-in'), $given));
    }

    /**
     * @param array<string, int|string> $item
     *
     * @return array<string, int|string>
     */
    private static function plain(array $item): array
    {
        return array_map(static fn(int|string $value): int|string => is_int($value) ? $value : (string) preg_replace('/[\x00-\x1F\x7F\x{80}-\x{9F}]+/u', '?', $value), $item);
    }
}
