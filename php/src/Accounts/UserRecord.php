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
            return new \WP_Error('existing_user_login', 'every proposed username is taken');
        }

        $fields += ['user_login' => $login, 'user_pass' => KnownPassword::random()];
        $nicename = UniqueNames::nicename($effect->nicenames);
        if ($nicename !== null) {
            $fields['user_nicename'] = $nicename;
        }

        $roles = InitialRoles::of($effect);
        $fields += ['role' => $roles->first(), 'meta_input' => $meta + UserMeta::fields($effect->profile) + MappedMeta::fields($effect->profile->meta) + $roles->marks()];

        // Without one, WordPress would show the username, which may be an email address.
        $profile = StoredText::fit(Profile::fields($effect->profile)) + ['display_name' => $nicename ?? 'user'];
        $user_id = self::stored(wp_slash($fields + $profile));
        if (is_int($user_id)) {
            KnownPassword::mark_random($user_id);
            $roles->add_others($user_id);
        }

        return $user_id;
    }

    /**
     * wp_insert_user() goes on without a row when the database refuses it: it tells other plugins of a user 0, writes that
     * user's meta, and gives 0.
     *
     * @param array<string, mixed> $fields
     */
    private static function stored(array $fields): int|\WP_Error
    {
        $stop = [UserNotStored::class, 'unless_stored'];
        add_filter('insert_user_meta', $stop, PHP_INT_MIN, 2);
        try {
            $user_id = wp_insert_user($fields);
        } catch (UserNotStored $failure) {
            return new \WP_Error('db_insert_error', 'the database did not store the user: ' . $failure->getMessage());
        } finally {
            remove_filter('insert_user_meta', $stop, PHP_INT_MIN);
        }

        return $user_id === 0 ? new \WP_Error('db_insert_error', 'WordPress gave no user') : $user_id;
    }
}
