<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * Texts as WordPress and its database will hold them. WordPress writes nothing at all of a row when a column cannot hold one
 * of its characters: before MySQL's `utf8mb4`, an emoji.
 */
final class StoredText
{
    private const COLUMNS_OF_USER = ['user_login', 'user_nicename', 'user_email', 'user_url', 'display_name'];

    /**
     * @param array<string, string> $fields Fields of wp_insert_user().
     *
     * @return array<string, string> Without the characters that do not fit, and without what is empty then.
     */
    public static function fit(array $fields): array
    {
        $fitting = [];
        foreach ($fields as $field => $value) {
            $fitting[$field] = in_array($field, self::COLUMNS_OF_USER, true)
                ? self::in_column(Tables::database()->users, $field, $value)
                : self::in_meta($value);
        }

        return array_filter($fitting, static fn(string $value): bool => $value !== '');
    }

    public static function in_meta(string $value): string
    {
        return self::in_column(Tables::database()->usermeta, 'meta_value', $value);
    }

    /**
     * What wp_update_user() would store: its own filters turn `&` into `&amp;` and drop double spaces.
     */
    public static function sanitized(string $field, string $value): string
    {
        $name = 'pre_user_' . (str_starts_with($field, 'user_') ? substr($field, strlen('user_')) : $field);

        /** These filters are documented in wp-includes/user.php */
        return trim(Input::to_string(wp_unslash(apply_filters($name, wp_slash($value)))));
    }

    private static function in_column(string $table, string $column, string $value): string
    {
        if (preg_match('~[^\x20-\x7E]~', $value) !== 1) {
            return trim($value);
        }

        $fitting = Tables::database()->strip_invalid_text_for_column($table, $column, $value);

        return is_string($fitting) ? trim($fitting) : '';
    }
}
