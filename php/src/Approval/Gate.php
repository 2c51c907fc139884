<?php

declare(strict_types=1);

namespace LogtoSignIn\Approval;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Input;

/**
 * Lets nobody in who waits for approval, by whatever way they come: WordPress's password form, XML-RPC, the REST API,
 * another plugin.
 */
final class Gate
{
    /**
     * Last of all `authenticate` filters.
     */
    public static function authenticate(mixed $user): mixed
    {
        return $user instanceof \WP_User && UserMeta::is_pending($user->ID) ? self::refusal() : $user;
    }

    /**
     * WordPress asks before it looks at the password. Whoever does not know it learns nothing about the account.
     */
    public static function password(mixed $user, mixed $password = ''): mixed
    {
        if (!$user instanceof \WP_User || !UserMeta::is_pending($user->ID)) {
            return $user;
        }

        $given = Input::to_string($password);

        return $given === '' || wp_check_password($given, $user->user_pass, $user->ID) ? self::refusal() : $user;
    }

    /**
     * Application passwords do not pass by `authenticate`.
     */
    public static function application_password(\WP_Error $errors, \WP_User $user): void
    {
        if (UserMeta::is_pending($user->ID)) {
            $errors->merge_from(self::refusal());
        }
    }

    /**
     * For plugins that give a session without asking anybody, as after a new password. WordPress names the user since
     * version 6.2.
     */
    public static function cookies(mixed $send, mixed $expire = 0, mixed $expiration = 0, mixed $user_id = 0): mixed
    {
        return UserMeta::is_pending(Input::to_int($user_id)) ? false : $send;
    }

    private static function refusal(): \WP_Error
    {
        return new \WP_Error('logto_account_pending', esc_html(Catalog::of('account_pending')->message));
    }
}
