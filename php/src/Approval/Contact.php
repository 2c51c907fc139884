<?php

declare(strict_types=1);

namespace LogtoSignIn\Approval;

use LogtoSignIn\Accounts\PlaceholderEmail;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Support\Input;

/**
 * Where a user who waits for approval wants to hear of it, if the account has no email address. Nobody has confirmed the
 * address, so it never becomes the account's: an account would otherwise be found by an address of somebody else.
 */
final class Contact
{
    /** Seconds for which the form on the page of a refusal can be sent. */
    private const LIFETIME_SECS = 600;

    /**
     * Whether a mail to the account would reach nobody.
     */
    public static function is_needed(\WP_User $user): bool
    {
        return $user->user_email === '' || PlaceholderEmail::is_placeholder($user->user_email);
    }

    /**
     * What the form of a user carries, who has just signed in and gets no session: it says who they are, for a while.
     */
    public static function ticket(int $user_id): string
    {
        $claim = $user_id . '.' . (time() + self::LIFETIME_SECS);

        return $claim . '.' . self::mac($claim);
    }

    /**
     * The user whose form it is, who still waits; null when it is too old, or nobody made it here.
     */
    public static function holder(string $ticket): null|\WP_User
    {
        [$user_id, $expires, $mac] = array_pad(explode('.', $ticket, 3), 3, '');
        $is_ours = hash_equals(self::mac($user_id . '.' . $expires), $mac) && (int) $expires >= time();
        $user = $is_ours && UserMeta::is_pending((int) $user_id) ? get_userdata((int) $user_id) : false;

        return $user === false ? null : $user;
    }

    /**
     * @return bool Whether it is an email address.
     */
    public static function keep(\WP_User $user, string $address): bool
    {
        $email = sanitize_email($address);
        if ($email !== trim($address) || is_email($email) === false || PlaceholderEmail::is_placeholder($email)) {
            return false;
        }

        update_user_meta($user->ID, UserMeta::CONTACT, wp_slash($email));

        return true;
    }

    private static function mac(string $claim): string
    {
        return hash_hmac('sha256', 'approval-contact|' . $claim, Input::to_string(wp_salt('nonce')));
    }
}
