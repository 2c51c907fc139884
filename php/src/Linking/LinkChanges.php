<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\UserIdentities;
use LogtoSignIn\Support\Log;

/**
 * Changes to the identities of users by an admin, noted down and told to other plugins. Whether the admin may, the
 * caller has asked.
 */
final class LinkChanges
{
    public static function unlink(int $user_id, int $id): bool
    {
        if (!UserIdentities::remove($user_id, $id, static fn(int $identities): bool => $identities > 0)) {
            return false;
        }

        self::unlinked($user_id);

        return true;
    }

    /**
     * Takes all ways away from users.
     *
     * @param list<int> $user_ids
     *
     * @return array{done: int, denied: int} How many users lost their ways, and how many keep them.
     */
    public static function unlink_all(array $user_ids): array
    {
        $allowed = array_filter($user_ids, AdminLink::current_user_can_change(...));
        $changed = array_filter($allowed, static fn(int $user_id): bool => UserIdentities::erase($user_id) > 0);
        foreach ($changed as $user_id) {
            self::unlinked($user_id);
        }

        return ['done' => count($changed), 'denied' => count($user_ids) - count($allowed)];
    }

    /**
     * Moves one identity to another user; false when it was not there.
     */
    public static function move(int $id, int $from, int $to): bool
    {
        if (!UserIdentities::move($id, $from, $to)) {
            return false;
        }

        Log::write('identity_moved', sprintf('user %d moved way %d to sign in from user %d to user %d', get_current_user_id(), $id, $from, $to));

        /** This action is documented in src/Linking/Link.php */
        do_action('logto_sign_in_unlinked', $from);

        /** This action is documented in src/Linking/Link.php */
        do_action('logto_sign_in_linked', $to);

        return true;
    }

    private static function unlinked(int $user_id): void
    {
        Log::write('identity_unlinked', sprintf('user %d unlinked user %d', get_current_user_id(), $user_id));

        /** This action is documented in src/Linking/Link.php */
        do_action('logto_sign_in_unlinked', $user_id);
    }
}
