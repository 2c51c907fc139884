<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * What WordPress has no field for: phone number and picture, in user meta.
 */
final class UserMeta
{
    private const KEYS = ['phone' => 'logto_sign_in_phone', 'picture' => 'logto_sign_in_picture'];

    /**
     * Meta of the core's profile; what is absent or null stays as it is.
     *
     * @param array<array-key, mixed> $profile
     *
     * @return array<string, string>
     */
    public static function fields(array $profile): array
    {
        $fields = [];
        foreach (self::KEYS as $name => $key) {
            $value = $profile[$name] ?? null;
            if (is_string($value)) {
                $fields[$key] = $value;
            }
        }

        return $fields;
    }

    /**
     * WordPress writes only what differs.
     *
     * @param array<array-key, mixed> $profile
     */
    public static function update(int $user_id, array $profile): void
    {
        foreach (self::fields($profile) as $key => $value) {
            update_user_meta($user_id, $key, wp_slash($value));
        }
    }

    /**
     * What is kept about a user, by the name of the profile field.
     *
     * @return array<string, string>
     */
    public static function of_user(int $user_id): array
    {
        $values = [];
        foreach (self::KEYS as $name => $key) {
            $value = get_user_meta($user_id, $key, true);
            if (is_string($value) && $value !== '') {
                $values[$name] = $value;
            }
        }

        return $values;
    }

    public static function erase(int $user_id): bool
    {
        $erased = array_map(static fn(string $key): bool => delete_user_meta($user_id, $key), self::KEYS);

        return in_array(true, $erased, true);
    }

    /**
     * Of every user, when the plugin is deleted.
     */
    public static function erase_all(): void
    {
        foreach (self::KEYS as $key) {
            delete_metadata('user', 0, $key, '', true);
        }
    }
}
