<?php

declare(strict_types=1);

namespace LogtoSignIn\Approval;

use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Lets nobody in who waits for approval, by whatever way they come: WordPress's password form, XML-RPC, the REST API,
 * another plugin. A filter in hooks.php also stands at `determine_current_user`, for sessions that others began.
 *
 * Only whoever knows the password is told why: a wrong one takes as long and gives the same answer as for any account.
 */
final class Gate
{
    /**
     * Last of all `authenticate` filters: the password was right, or the visitor came another way.
     */
    public static function authenticate(mixed $user): mixed
    {
        return $user instanceof \WP_User && UserMeta::is_pending($user->ID) ? self::refusal() : $user;
    }

    /**
     * For plugins that ask WordPress about a user without a password. With one, WordPress looks at it next, and once:
     * looking here as well would take twice as long, and tell everybody that the account waits.
     */
    public static function without_password(mixed $user, mixed $password = ''): mixed
    {
        return Input::to_string($password) === '' ? self::authenticate($user) : $user;
    }

    /**
     * Application passwords do not pass by `authenticate`. They end when the provider no longer vouches for the user.
     */
    public static function application_password(\WP_Error $errors, \WP_User $user): void
    {
        if (UserMeta::is_pending($user->ID)) {
            $errors->merge_from(self::refusal());

            return;
        }

        if (RevokedIssuers::exist($user->ID)) {
            Log::write('access_revoked', sprintf('an application password of user %d was refused', $user->ID));
            $errors->add('logto_access_revoked', esc_html__('Application passwords do not work until you sign in to this site with Logto or DingTalk again.', 'logto-sign-in'));
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
