<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Tables;

/**
 * Creates a user together with its identity: both or neither, and one user however many tabs sign in at once.
 */
final class NewUser
{
    /**
     * @param array<array-key, mixed> $effect The effect `create_user`.
     *
     * @return array<string, mixed> The answer `Created`.
     */
    public static function create(array $effect): array
    {
        // No key of WordPress's own tables keeps two people from getting one name or one address at the same moment. A
        // password's hash takes its time: a queue may be long.
        $busy = static fn(): array => [self::failed('failed', 'others are getting their accounts at this moment'), false];
        [$answer, $is_new] = Lock::hold('new_user', static fn(): array => self::both($effect), $busy, 20);
        $user = get_userdata(Input::int($answer, 'user_id'));
        if ($is_new && $user !== false) {
            self::tell($user, Input::map($effect, 'identity'));
        }

        return $answer;
    }

    /**
     * @param array<array-key, mixed> $effect
     *
     * @return array{array<string, mixed>, bool} The answer, and whether the user is a new one.
     */
    private static function both(array $effect): array
    {
        $database = Tables::database();
        $identity = Input::map($effect, 'identity');
        $email = Input::string($effect, 'email');
        $database->query('START TRANSACTION');
        if (!Claim::take($identity)) {
            $database->query('ROLLBACK');
            $owner = Identities::find_user($identity);

            return [$owner === null ? self::failed('failed', 'the identity could not be stored') : ['user_id' => $owner], false];
        }

        $user_id = email_exists($email) === false ? self::insert($effect, $email) : new \WP_Error('existing_user_email', 'another user has this e-mail address');
        if (is_int($user_id) && !Claim::assign($identity, $user_id)) {
            $user_id = new \WP_Error('identity', 'the identity could not be stored');
        }

        if (!is_int($user_id)) {
            return [self::undo($identity, Input::strings($effect, 'logins'), $email, $user_id), false];
        }

        $database->query('COMMIT');

        return [['user_id' => $user_id], true];
    }

    /**
     * Tells others of the new user, after it is there for good and while nobody waits.
     *
     * @param array<array-key, mixed> $identity
     */
    private static function tell(\WP_User $user, array $identity): void
    {
        /**
         * A visitor got an account.
         *
         * @since 0.1.0
         *
         * @param int    $user_id The new user.
         * @param string $issuer  Issuer of the identity.
         * @param string $subject Subject of the identity.
         */
        do_action('logto_sign_in_user_created', $user->ID, Input::string($identity, 'issuer'), Input::string($identity, 'subject'));
    }

    /**
     * The password is long, random and known to nobody: an empty one would have a hash that somebody can match.
     *
     * @param array<array-key, mixed> $effect
     */
    private static function insert(array $effect, string $email): int|\WP_Error
    {
        $login = UniqueNames::login(Input::strings($effect, 'logins'));
        if ($login === null) {
            return new \WP_Error('existing_user_login', 'every proposed user name is taken');
        }

        $fields = ['user_login' => $login, 'user_email' => $email, 'user_pass' => wp_generate_password(64, true, true)];
        $nicename = UniqueNames::nicename(Input::strings($effect, 'nicenames'));
        if ($nicename !== null) {
            $fields['user_nicename'] = $nicename;
        }

        $profile = Input::map($effect, 'profile');
        $roles = InitialRoles::of($effect);
        $fields += ['role' => $roles->first(), 'meta_input' => UserMeta::fields($profile) + $roles->marks()];

        $user_id = wp_insert_user(wp_slash($fields + Profile::fields($profile)));
        if (is_int($user_id)) {
            KnownPassword::mark_random($user_id);
            $roles->add_others($user_id);
        }

        return $user_id;
    }

    /**
     * Rolls back, and makes object caches forget the user who never was.
     *
     * @param array<array-key, mixed> $identity
     * @param list<string> $logins
     *
     * @return array<string, mixed>
     */
    private static function undo(array $identity, array $logins, string $email, \WP_Error $error): array
    {
        $ghosts = array_filter([get_user_by('email', $email), ...array_map(static fn($login) => get_user_by('login', $login), $logins)]);
        Tables::database()->query('ROLLBACK');
        Claim::release($identity);
        foreach ($ghosts as $ghost) {
            clean_user_cache($ghost);
        }

        return self::failed(
            match ($error->get_error_code()) {
                'existing_user_email' => 'email_taken',
                'existing_user_login' => 'login_taken',
                default => 'failed',
            },
            $error->get_error_message(),
        );
    }

    /**
     * @return array<string, mixed>
     */
    private static function failed(string $error, string $cause): array
    {
        return ['user_id' => null, 'error' => $error, 'cause' => wp_strip_all_tags($cause)];
    }
}
