<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Transaction;

/**
 * Connects an identity to a user, and ends the access that others may have to the account: both or neither.
 */
final class Connection
{
    /**
     * Whether the identity is the user's from now on, or was before.
     *
     * @throws DatabaseFailure
     */
    public static function make(LinkIdentity $effect): bool
    {
        $user = get_userdata($effect->user_id);
        $owner = $user === false ? null : Identities::find_user($effect->identity);
        if ($user === false || $owner !== null) {
            return $user !== false && $owner === $user->ID;
        }

        // Two identities at once: no key of the table tells them that the other was first.
        $connected = Lock::hold('link_' . $user->ID, static fn(): bool|DatabaseFailure => self::both($user, $effect), static fn(): bool|DatabaseFailure => false);
        if ($connected instanceof DatabaseFailure) {
            throw $connected;
        }

        if (!$connected) {
            return false;
        }

        /**
         * A user has one more sign-in method.
         *
         * @since 0.1.0
         * @since 0.2.0 The parameter `$issuer`.
         *
         * @param int    $user_id The user.
         * @param string $issuer  Issuer of the identity.
         */
        do_action('logto_sign_in_linked', $user->ID, $effect->identity->issuer);

        return true;
    }

    /**
     * What ends may have ended without the identity when the connection to the database was lost on the way. So it is all
     * done once more.
     */
    private static function both(\WP_User $user, LinkIdentity $effect): bool|DatabaseFailure
    {
        try {
            return self::attempt($user, $effect);
        } catch (DatabaseFailure) {
            try {
                return self::attempt($user, $effect);
            } catch (DatabaseFailure $failure) {
                return $failure;
            }
        }
    }

    /**
     * @throws DatabaseFailure
     */
    private static function attempt(\WP_User $user, LinkIdentity $effect): bool
    {
        $transaction = Transaction::begin();
        $done = false;
        try {
            if (Identities::link($effect->identity, $user->ID, $effect->only_if_unlinked)) {
                self::end_access($user->ID, $effect);
                $transaction->commit(static fn(): bool => Identities::is_stored($effect->identity, $user->ID));
                $done = true;
            }
        } catch (DatabaseFailure $failure) {
            throw $failure;
        } catch (\Throwable $cause) {
            // Of another plugin, which takes part when a password or a session ends.
            Log::write('identity_not_changed', 'user ' . $user->ID . ': ' . $cause->getMessage());
        } finally {
            if (!$done) {
                $transaction->rollback();
                clean_user_cache($user);
            }
        }

        return $done;
    }

    /**
     * @throws DatabaseFailure
     */
    private static function end_access(int $user_id, LinkIdentity $effect): void
    {
        if ($effect->ends === Ends::Nothing) {
            return;
        }

        \WP_Application_Passwords::delete_all_application_passwords($user_id);
        $sessions = \WP_Session_Tokens::get_instance($user_id);
        if ($effect->ends === Ends::Sessions) {
            $sessions->destroy_others(wp_get_session_token());

            return;
        }

        $sessions->destroy_all();
        Removal::all_but($user_id, $effect->identity);
        KnownPassword::reset($user_id);
        // Somebody else's change of the address, which waits for a confirmation.
        delete_user_meta($user_id, '_new_email');
    }
}
