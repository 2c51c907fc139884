<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * What the mapping of roles and organisations gave a user, so that it takes back that and nothing else.
 */
final class Granted
{
    /** Roles, by the number of the site. */
    private const ROLES = 'logto_sign_in_granted_roles';

    /** Numbers of sites. */
    private const SITES = 'logto_sign_in_granted_sites';

    public const KEYS = [self::ROLES, self::SITES];

    /**
     * @return list<string> On this site.
     */
    public static function roles(int $user_id): array
    {
        return Fields::texts(Fields::of(get_user_meta($user_id, self::ROLES, true)), (string) get_current_blog_id());
    }

    /**
     * @param list<string> $roles
     */
    public static function keep_roles(int $user_id, array $roles): void
    {
        $all = Fields::of(get_user_meta($user_id, self::ROLES, true));
        unset($all[get_current_blog_id()]);
        if ($roles !== []) {
            $all[get_current_blog_id()] = $roles;
        }

        self::keep($user_id, self::ROLES, $all);
    }

    /**
     * @return list<int>
     */
    public static function sites(int $user_id): array
    {
        $sites = Fields::of(get_user_meta($user_id, self::SITES, true));

        return array_values(array_filter($sites, 'is_int'));
    }

    /**
     * @param list<int> $sites
     */
    public static function keep_sites(int $user_id, array $sites): void
    {
        self::keep($user_id, self::SITES, $sites);
    }

    /**
     * @param array<array-key, mixed> $value
     */
    private static function keep(int $user_id, string $key, array $value): void
    {
        $value === [] ? delete_user_meta($user_id, $key) : update_user_meta($user_id, $key, $value);
    }
}
