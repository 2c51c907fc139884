<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Answer\CreateError;
use LogtoSignIn\Protocol\Answer\UserCreated;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Tables;

/**
 * Creates a user together with its identity: both or neither, and one user however many tabs sign in at once.
 */
final class NewUser
{
    public static function create(CreateUser $effect): UserCreated
    {
        // No key of WordPress's own tables keeps two people from getting one name or one address at the same moment. A
        // password's hash takes its time: a queue may be long.
        $busy = static fn(): array => [UserCreated::failed(CreateError::Failed, 'others are getting their accounts at this moment'), false];
        [$answer, $is_new] = Lock::hold('new_user', static fn(): array => self::both($effect), $busy, 20);
        $user = get_userdata($answer->user_id ?? 0);
        if ($is_new && $user !== false) {
            self::tell($user, $effect->identity);
        }

        return $answer;
    }

    /**
     * @return array{UserCreated, bool} The answer, and whether the user is a new one.
     */
    private static function both(CreateUser $effect): array
    {
        $database = Tables::database();
        $identity = $effect->identity;
        $database->query('START TRANSACTION');
        try {
            if (!Claim::take($identity)) {
                $database->query('ROLLBACK');
                $owner = Identities::find_user($identity);

                return [$owner === null ? UserCreated::failed(CreateError::Failed, 'the identity could not be stored') : new UserCreated($owner), false];
            }
        } catch (DatabaseFailure $failure) {
            $database->query('ROLLBACK');

            return [UserCreated::failed(CreateError::Failed, $failure->getMessage()), false];
        }

        $user_id = UserRecord::create($effect);
        if (is_int($user_id) && !Claim::assign($identity, $user_id)) {
            $user_id = new \WP_Error('identity', 'the identity could not be stored');
        }

        if (!is_int($user_id)) {
            return [self::undo($effect, $user_id), false];
        }

        $database->query('COMMIT');

        return [new UserCreated($user_id), true];
    }

    /**
     * Tells others of the new user, after it is there for good and while nobody waits.
     */
    private static function tell(\WP_User $user, Identity $identity): void
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
        do_action('logto_sign_in_user_created', $user->ID, $identity->issuer, $identity->subject);
    }

    /**
     * Rolls back, and makes object caches forget the user who never was.
     */
    private static function undo(CreateUser $effect, \WP_Error $error): UserCreated
    {
        $by_login = array_map(static fn(string $login): \WP_User|false => get_user_by('login', $login), $effect->logins);
        $by_email = array_map(static fn(string $email): \WP_User|false => get_user_by('email', $email), [$effect->email, $effect->fallback_email]);
        $ghosts = array_filter([...$by_email, ...$by_login]);
        Tables::database()->query('ROLLBACK');
        Claim::release($effect->identity);
        foreach ($ghosts as $ghost) {
            clean_user_cache($ghost);
        }

        return UserCreated::failed(
            match ($error->get_error_code()) {
                'existing_user_login' => CreateError::LoginTaken,
                default => CreateError::Failed,
            },
            wp_strip_all_tags($error->get_error_message()),
        );
    }
}
