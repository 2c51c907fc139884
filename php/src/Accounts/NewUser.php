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
use LogtoSignIn\Support\Transaction;

/**
 * Creates a user together with its identity: both or neither, and one user however many tabs sign in at once.
 */
final class NewUser
{
    /**
     * @throws DatabaseFailure When the database was lost, or refused a write: then there is no new user.
     */
    public static function create(CreateUser $effect): UserCreated
    {
        // No key of WordPress's own tables keeps two people from getting one name or one address at the same moment. A
        // password's hash takes its time: a queue may be long.
        $busy = static fn(): array => [UserCreated::failed(CreateError::Failed, 'others are getting their accounts at this moment'), false];
        [$answer, $is_new] = Lock::hold('new_user', static fn(): array => self::both($effect), $busy, 20);
        if ($answer instanceof DatabaseFailure) {
            throw $answer;
        }

        $user = get_userdata($answer->user_id ?? 0);
        if ($is_new && $user !== false) {
            self::tell($user, $effect->identity);
        }

        return $answer;
    }

    /**
     * @return array{UserCreated|DatabaseFailure, bool} The answer, and whether the user is a new one.
     */
    private static function both(CreateUser $effect): array
    {
        $identity = $effect->identity;
        $transaction = Transaction::begin();
        $new = 0;
        try {
            if (!IdentityRow::take($identity)) {
                $transaction->rollback();
                $owner = Identities::find_user($identity);

                return [$owner === null ? UserCreated::failed(CreateError::Failed, 'the identity could not be stored') : new UserCreated($owner), false];
            }

            $user_id = UserRecord::create($effect);
            $new = is_int($user_id) ? $user_id : 0;
            $transaction->stop_if_failed();
            if ($user_id instanceof \WP_Error) {
                self::undo($effect);

                return [self::failed($user_id), false];
            }

            if (!IdentityRow::assign($identity, $user_id)) {
                throw new DatabaseFailure('the identity of a new user is gone');
            }

            $transaction->commit(static fn(): bool => Identities::is_stored($identity, $user_id));
        } catch (DatabaseFailure $failure) {
            self::undo($effect);
            if ($new > 0) {
                Leftovers::remove($new, $effect->logins);
            }

            return [$failure, false];
        }

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
    private static function undo(CreateUser $effect): void
    {
        $by_login = array_map(static fn(string $login): \WP_User|false => get_user_by('login', $login), $effect->logins);
        $by_email = array_map(static fn(string $email): \WP_User|false => get_user_by('email', $email), [$effect->email, $effect->fallback_email]);
        $ghosts = array_filter([...$by_email, ...$by_login]);
        Tables::database()->query('ROLLBACK');
        IdentityRow::release($effect->identity);
        foreach ($ghosts as $ghost) {
            clean_user_cache($ghost);
        }
    }

    private static function failed(\WP_Error $error): UserCreated
    {
        return UserCreated::failed(
            match ($error->get_error_code()) {
                'existing_user_login' => CreateError::LoginTaken,
                default => CreateError::Failed,
            },
            wp_strip_all_tags($error->get_error_message()),
        );
    }
}
