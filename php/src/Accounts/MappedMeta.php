<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Claims that the settings map to user meta. The core says which; the keys are kept with the user, so that they can be
 * exported and erased after the mapping has changed.
 */
final class MappedMeta
{
    /**
     * WordPress writes only what differs.
     *
     * @param array<array-key, string> $meta By key; an empty text removes the meta.
     */
    public static function update(int $user_id, array $meta): void
    {
        if ($meta === []) {
            return;
        }

        $values = self::writable($meta);
        foreach ($values as $key => $value) {
            $value === '' ? delete_user_meta($user_id, $key) : update_user_meta($user_id, $key, wp_slash($value));
        }

        $known = self::keys($user_id);
        $keys = array_values(array_unique([...$known, ...array_keys(array_filter($values, static fn(string $value): bool => $value !== ''))]));
        if ($keys !== $known) {
            update_user_meta($user_id, UserMeta::MAPPED, $keys);
        }
    }

    /**
     * The meta of a new user.
     *
     * @param array<array-key, string> $meta
     *
     * @return array<string, mixed>
     */
    public static function fields(array $meta): array
    {
        $values = array_filter(self::writable($meta), static fn(string $value): bool => $value !== '');

        return $values === [] ? [] : $values + [UserMeta::MAPPED => array_keys($values)];
    }

    /**
     * @return array<string, string> What was written, by key.
     */
    public static function of_user(int $user_id): array
    {
        $values = [];
        foreach (self::keys($user_id) as $key) {
            $values[$key] = UserMeta::text($user_id, $key);
        }

        return array_filter($values, static fn(string $value): bool => $value !== '');
    }

    public static function erase(int $user_id): bool
    {
        $erased = array_map(static fn(string $key): bool => delete_user_meta($user_id, $key), [...self::keys($user_id), UserMeta::MAPPED]);

        return in_array(true, $erased, true);
    }

    /**
     * Of every user, when the plugin is deleted together with its connections.
     */
    public static function erase_all(): void
    {
        foreach (get_users(['blog_id' => 0, 'meta_key' => UserMeta::MAPPED, 'fields' => 'ID']) as $user_id) {
            self::erase(Input::to_int($user_id));
        }
    }

    /**
     * @return list<string>
     */
    private static function keys(int $user_id): array
    {
        return Input::to_strings(get_user_meta($user_id, UserMeta::MAPPED, true));
    }

    /**
     * Other plugins may protect keys that the core does not know.
     *
     * @param array<array-key, string> $meta
     *
     * @return array<string, string>
     */
    private static function writable(array $meta): array
    {
        $values = [];
        foreach ($meta as $key => $value) {
            if (is_protected_meta((string) $key, 'user')) {
                Log::write('meta_key_protected', 'user meta ' . $key . ' is protected on this site, and was not written');

                continue;
            }

            $values[(string) $key] = StoredText::in_meta(sanitize_text_field($value));
        }

        return $values;
    }
}
