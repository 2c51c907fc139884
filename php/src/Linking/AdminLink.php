<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Actions;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * What an admin does to another user's ways to sign in, on that user's page: takes one away, or moves it to the
 * account that it belongs to. An identity changes its user in no other way.
 */
final class AdminLink
{
    public const ACTION = 'logto_sign_in_user_ways';

    public static function run(): void
    {
        $user = get_userdata((int) Request::posted('logto_user'));
        if ($user === false) {
            Access::deny();
        }

        check_admin_referer(self::ACTION . $user->ID);
        Actions::prepare();
        if (Request::reads() || !self::current_user_can_change($user->ID)) {
            Access::deny();
        }

        wp_safe_redirect(self::url($user->ID, self::handle($user)), 302, 'Logto Sign-In');

        exit();
    }

    /**
     * The page of a user, where a code is put into words.
     */
    public static function url(int $user_id, string $code = ''): string
    {
        $query = array_filter(['user_id' => (string) $user_id, 'logto_ways' => $code], static fn(string $value): bool => $value !== '');

        return add_query_arg(array_map('rawurlencode', $query), admin_url('user-edit.php')) . '#logto-ways';
    }

    /**
     * Whether the current user may change a user's ways to sign in. One's own are changed on the profile page, after
     * a proof. Whoever cannot administer the site leaves those alone who can: WordPress itself lets a role with
     * `edit_users` edit every user.
     */
    public static function current_user_can_change(int $user_id): bool
    {
        return $user_id !== get_current_user_id()
            && current_user_can('edit_users')
            && current_user_can('edit_user', $user_id)
            && (current_user_can('manage_options') || !user_can($user_id, 'manage_options'));
    }

    /**
     * @return string A code for the page of the user.
     */
    public static function handle(\WP_User $user): string
    {
        $move = Request::posted('logto_move');
        $code = match (true) {
            !self::current_user_can_change($user->ID) => 'not_allowed',
            Request::posted('logto_confirmed') !== '1' => 'not_confirmed',
            !Reauthentication::is_given(wp_get_current_user(), Request::posted('logto_password')) => 'proof_missing',
            $move !== '' => self::move($user, (int) $move, Request::posted('logto_target')),
            default => LinkChanges::unlink($user->ID, (int) Request::posted('logto_unlink')) ? 'unlinked' : 'not_changed',
        };
        if (!in_array($code, ['moved', 'unlinked'], true)) {
            Log::write('identity_not_changed', sprintf('user %d, about user %d: %s', get_current_user_id(), $user->ID, $code));
        }

        return $code;
    }

    private static function move(\WP_User $user, int $id, string $login): string
    {
        $target = get_user_by('login', $login);

        return match (true) {
            $target === false => 'user_unknown',
            $target->ID === $user->ID => 'same_user',
            $target->ID !== get_current_user_id() && !self::current_user_can_change($target->ID) => 'target_not_allowed',
            LinkChanges::move($id, $user->ID, $target->ID) => 'moved',
            default => 'not_changed',
        };
    }
}
