<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;

/**
 * What the mapping of roles and organisations gave a user, so that it takes back that and nothing else.
 */
final class Granted
{
    /**
     * @return list<string> On this site.
     */
    public static function roles(int $user_id): array
    {
        return Input::strings(Input::to_map(get_user_meta($user_id, UserMeta::GRANTED_ROLES, true)), (string) get_current_blog_id());
    }

    /**
     * @param list<string> $roles
     */
    public static function keep_roles(int $user_id, array $roles): void
    {
        $all = Input::to_map(get_user_meta($user_id, UserMeta::GRANTED_ROLES, true));
        unset($all[get_current_blog_id()]);
        if ($roles !== []) {
            $all[get_current_blog_id()] = $roles;
        }

        self::keep($user_id, UserMeta::GRANTED_ROLES, $all);
    }

    /**
     * @return list<int>
     */
    public static function sites(int $user_id): array
    {
        $sites = Input::to_map(get_user_meta($user_id, UserMeta::GRANTED_SITES, true));

        return array_values(array_filter($sites, 'is_int'));
    }

    /**
     * @param list<int> $sites
     */
    public static function keep_sites(int $user_id, array $sites): void
    {
        self::keep($user_id, UserMeta::GRANTED_SITES, $sites);
    }

    /**
     * @param array<array-key, mixed> $value
     */
    private static function keep(int $user_id, string $key, array $value): void
    {
        $value === [] ? delete_user_meta($user_id, $key) : update_user_meta($user_id, $key, $value);
    }
}
