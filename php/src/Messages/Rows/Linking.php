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
            new Message('linked', __('Sign-in method connected.', 'logto-sign-in')),
            new Message('removed', __('Sign-in method disconnected.', 'logto-sign-in')),
            new Message('not_removed', __('You cannot disconnect your only sign-in method.', 'logto-sign-in')),
            new Message('unlinked', __('Sign-in method disconnected.', 'logto-sign-in')),
            new Message('moved', __('The sign-in method was moved to the other account.', 'logto-sign-in')),
            new Message('not_confirmed', __('Nothing was changed. Select the checkbox to confirm.', 'logto-sign-in')),
            new Message('proof_missing', __('Nothing was changed. The password is wrong or newer than your session, or you signed in too long ago. Sign out and in again, then try again.', 'logto-sign-in')),
            new Message('user_unknown', __('Nothing was changed: there is no user with this username.', 'logto-sign-in')),
            new Message('same_user', __('Nothing was changed: this user already has it.', 'logto-sign-in')),
            new Message('target_not_allowed', __('Nothing was changed: you are not allowed to edit that user.', 'logto-sign-in')),
            new Message('not_allowed', __('Nothing was changed.', 'logto-sign-in')),
            new Message('not_changed', __('Nothing was changed.', 'logto-sign-in')),
        ];
    }
}
