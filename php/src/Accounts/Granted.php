<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;

/**
 * Where WordPress keeps what the mapping of roles and organizations gave a user: in user meta, the roles by site.
 */
final class Granted
{
    /**
     * The roles on this site.
     */
    public static function roles(int $user_id): GrantsByIssuer
    {
        return GrantsByIssuer::read(self::stored($user_id, UserMeta::GRANTED_ROLES)[get_current_blog_id()] ?? null);
    }

    public static function keep_roles(int $user_id, GrantsByIssuer $grants): void
    {
        $all = self::stored($user_id, UserMeta::GRANTED_ROLES);
        $all[get_current_blog_id()] = $grants->stored();
        self::keep($user_id, UserMeta::GRANTED_ROLES, array_filter($all));
    }

    /**
     * The sites where a mapping gave a role.
     *
     * @return list<int>
     */
    public static function sites_with_roles(int $user_id): array
    {
        return array_values(array_filter(array_keys(self::stored($user_id, UserMeta::GRANTED_ROLES)), 'is_int'));
    }

    /**
     * The sites that a mapping made the user a member of, by their numbers.
     */
    public static function memberships(int $user_id): GrantsByIssuer
    {
        // Version 0.1 kept a list of numbers.
        $stored = array_map(static fn(mixed $entry): mixed => is_int($entry) ? (string) $entry : $entry, self::stored($user_id, UserMeta::GRANTED_SITES));

        return GrantsByIssuer::read($stored);
    }

    public static function keep_memberships(int $user_id, GrantsByIssuer $grants): void
    {
        self::keep($user_id, UserMeta::GRANTED_SITES, $grants->stored());
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function stored(int $user_id, string $key): array
    {
        return Input::to_map(get_user_meta($user_id, $key, true));
    }

    /**
     * WordPress writes only what differs.
     *
     * @param array<array-key, mixed> $value
     */
    private static function keep(int $user_id, string $key, array $value): void
    {
        match (true) {
            $value !== [] => update_user_meta($user_id, $key, $value),
            self::stored($user_id, $key) !== [] => delete_user_meta($user_id, $key),
            default => null,
        };
    }
}
