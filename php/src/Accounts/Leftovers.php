<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * What is left of a new user when the database was lost meanwhile ({@see \LogtoSignIn\Support\Transaction}): a user without
 * an identity, or the meta of a user who is not there, which the next user with that ID would have, roles included.
 */
final class Leftovers
{
    /**
     * @param list<string> $logins The names that were proposed: a user with another one is somebody else.
     */
    public static function remove(int $user_id, array $logins): void
    {
        $database = Tables::database();
        clean_user_cache($user_id);
        $users = (string) $database->prepare("SELECT user_login FROM {$database->users} WHERE ID = %d", $user_id);
        $identities = (string) $database->prepare('SELECT id FROM ' . Tables::identities() . ' WHERE user_id = %d', $user_id);
        try {
            $found = TableRepair::query(static fn(): mixed => $database->get_results($users, ARRAY_A));
            $linked = TableRepair::query(static fn(): mixed => $database->get_results($identities, ARRAY_A));
        } catch (DatabaseFailure) {
            // Nobody knows who that is.
            return;
        }

        if (Input::to_maps($linked) !== []) {
            return;
        }

        $login = Input::string(Input::to_maps($found)[0] ?? [], 'user_login');
        match (true) {
            $login === '' => $database->delete($database->usermeta, ['user_id' => $user_id]),
            in_array($login, $logins, true) => self::delete($user_id),
            default => null,
        };
        wp_cache_delete($user_id, 'user_meta');
    }

    /**
     * As WordPress does it, since other plugins have heard of the user.
     */
    private static function delete(int $user_id): void
    {
        Log::write('user_taken_back', 'user ' . $user_id . ': the database was lost before the identity was stored');
        if (is_multisite()) {
            require_once ABSPATH . 'wp-admin/includes/ms.php';
            wpmu_delete_user($user_id);

            return;
        }

        require_once ABSPATH . 'wp-admin/includes/user.php';
        wp_delete_user($user_id);
    }
}
