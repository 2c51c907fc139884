<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\Administrators;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\Issuers;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * What an admin does to another user's sign-in methods, on that user's page: unlinks one, or moves it to the account
 * that it belongs to. An identity changes its user in no other way.
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
        Response::prepare();
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
     * Whether the current user may change a user's sign-in methods. Users change their own on the profile page, after
     * reauthentication. WordPress lets a role with `edit_users` edit every user; without `manage_options`, it may not
     * change the sign-in methods of a user who is more than a subscriber. On a network, an account is the same on every site, so
     * only the network's administrators change whose it is.
     */
    public static function current_user_can_change(int $user_id): bool
    {
        return $user_id !== get_current_user_id()
            && Access::network_allows()
            && current_user_can('edit_users')
            && current_user_can('edit_user', $user_id)
            && (current_user_can('manage_options') || !Administrators::is_privileged(new \WP_User($user_id)));
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
            $move !== '' => self::hand_over($user, (int) $move, Request::posted('logto_target')),
            default => self::unlink($user->ID, (int) Request::posted('logto_unlink')) ? 'unlinked' : 'not_changed',
        };
        if (!in_array($code, ['moved', 'unlinked'], true)) {
            Log::write('identity_not_changed', sprintf('user %d, about user %d: %s', get_current_user_id(), $user->ID, $code));
        }

        return $code;
    }

    private static function hand_over(\WP_User $user, int $id, string $login): string
    {
        $target = get_user_by('login', $login);

        return match (true) {
            $target === false => 'user_unknown',
            $target->ID === $user->ID => 'same_user',
            $target->ID !== get_current_user_id() && !self::current_user_can_change($target->ID) => 'target_not_allowed',
            self::move($id, $user->ID, $target->ID) => 'moved',
            default => 'not_changed',
        };
    }

    private static function unlink(int $user_id, int $id): bool
    {
        $issuer = Issuers::of_identity($user_id, $id);
        if (!Removal::one($user_id, $id, static fn(int $identities): bool => $identities > 0)) {
            return false;
        }

        self::unlinked($user_id, $issuer);

        return true;
    }

    /**
     * Unlinks all sign-in methods of users.
     *
     * @param list<int> $user_ids
     *
     * @return array{done: int, denied: int} How many users lost their sign-in methods, and how many keep them.
     */
    public static function unlink_all(array $user_ids): array
    {
        $allowed = array_filter($user_ids, self::current_user_can_change(...));
        $changed = array_filter($allowed, static fn(int $user_id): bool => Removal::all($user_id) > 0);
        foreach ($changed as $user_id) {
            self::unlinked($user_id, '');
        }

        return ['done' => count($changed), 'denied' => count($user_ids) - count($allowed)];
    }

    /**
     * Moves one identity to another user; false when it was not there.
     */
    private static function move(int $id, int $from, int $to): bool
    {
        $issuer = Issuers::of_identity($from, $id);
        if (!Identities::move($id, $from, $to)) {
            return false;
        }

        Log::write('identity_moved', sprintf('user %d moved way %d to sign in from user %d to user %d', get_current_user_id(), $id, $from, $to));

        /** This action is documented in src/Linking/Link.php */
        do_action('logto_sign_in_unlinked', $from, $issuer);

        /** This action is documented in src/Accounts/Connection.php */
        do_action('logto_sign_in_linked', $to, $issuer);

        return true;
    }

    private static function unlinked(int $user_id, string $issuer): void
    {
        Log::write('identity_unlinked', sprintf('user %d unlinked user %d', get_current_user_id(), $user_id));

        /** This action is documented in src/Linking/Link.php */
        do_action('logto_sign_in_unlinked', $user_id, $issuer);
    }
}
