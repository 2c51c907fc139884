<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * Results of linking, unlinking and moving identities, shown on the profile page.
 */
final class Linking
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message('linked', __('You have one more way to sign in.', 'logto-sign-in')),
            new Message('removed', __('This way to sign in was removed.', 'logto-sign-in')),
            new Message('not_removed', __('The last way to sign in cannot be removed.', 'logto-sign-in')),
            new Message('unlinked', __('This way to sign in was removed.', 'logto-sign-in')),
            new Message('moved', __('The way to sign in belongs to the other account now.', 'logto-sign-in')),
            new Message('not_confirmed', __('Nothing was changed: tick the box that says you are sure.', 'logto-sign-in')),
            new Message('proof_missing', __('Nothing was changed. The password is wrong or newer than your session, or you signed in too long ago. Sign out and in again, then try once more.', 'logto-sign-in')),
            new Message('user_unknown', __('Nothing was changed: no user has this user name.', 'logto-sign-in')),
            new Message('same_user', __('Nothing was changed: it belongs to this user already.', 'logto-sign-in')),
            new Message('target_not_allowed', __('Nothing was changed: you are not allowed to edit that user.', 'logto-sign-in')),
            new Message('not_allowed', __('Nothing was changed.', 'logto-sign-in')),
            new Message('not_changed', __('Nothing was changed.', 'logto-sign-in')),
        ];
    }
}
