<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Support\Log;

/**
 * The record of a new user, with names and an address that nobody else has.
 */
final class UserRecord
{
    /**
     * Another user may have the address: nobody stays without an account for that. The user is told on their own pages.
     */
    public static function create(CreateUser $effect): int|\WP_Error
    {
        $user_id = email_exists($effect->email) === false ? self::insert($effect, ['user_email' => $effect->email]) : null;
        // Somebody may have taken it since, past the lock.
        if ($user_id instanceof \WP_Error && $user_id->get_error_code() !== 'existing_user_email' || is_int($user_id)) {
            return $user_id;
        }

        Log::write('email_kept', 'a new user gets a placeholder: another user has the email address');

        return self::insert($effect, ['user_email' => $effect->fallback_email], [UserMeta::EMAIL_KEPT => $effect->email]);
    }

    /**
     * @param array{user_email: string} $fields
     * @param array<string, string> $meta
     */
    private static function insert(CreateUser $effect, array $fields, array $meta = []): int|\WP_Error
    {
        $login = UniqueNames::login($effect->logins);
        if ($login === null) {
            return new \WP_Error('existing_user_login', 'every proposed user name is taken');
        }

        $fields += ['user_login' => $login, 'user_pass' => KnownPassword::random()];
        $nicename = UniqueNames::nicename($effect->nicenames);
        if ($nicename !== null) {
            $fields['user_nicename'] = $nicename;
        }

        $roles = InitialRoles::of($effect);
        $fields += ['role' => $roles->first(), 'meta_input' => $meta + UserMeta::fields($effect->profile) + $roles->marks()];

        $user_id = wp_insert_user(wp_slash($fields + Profile::fields($effect->profile)));
        if (is_int($user_id)) {
            KnownPassword::mark_random($user_id);
            $roles->add_others($user_id);
        }

        return $user_id;
    }
}
