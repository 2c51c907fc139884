<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * The visitor is known, but the rules of the site do not let them in.
 */
final class Account
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'email_unverified',
                __('This site requires a verified email address, and your account has none. Add one to your account at the sign-in service, then try again.', 'logto-sign-in'),
                __('The visitor adds an email address to the Logto account, or you turn off “Require verified email” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'organization_required',
                __('Only members of certain organizations can sign in to this site.', 'logto-sign-in'),
                __('Add the visitor to one of the required organizations in the Logto Console, or change “Required organizations” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'not_provisioned',
                __('You do not have an account on this site.', 'logto-sign-in'),
                __('Create the account and let the visitor connect it, or change “New accounts” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'account_pending',
                __('Your account is pending approval. You can sign in once an administrator approves it.', 'logto-sign-in'),
                __('Approve the account under Users › Pending approval, or delete the user.', 'logto-sign-in'),
                status: 403,
                another_account: true,
                title: __('Waiting for approval', 'logto-sign-in'),
            ),
            new Message(
                'not_a_member',
                __('Your account is not a member of this site.', 'logto-sign-in'),
                __('Add the user to this site, or change “Organizations and sites” or “Joining sites” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'identity_taken',
                __('This sign-in method is already connected to another account on this site.', 'logto-sign-in'),
                __('The visitor signs in to the other account and disconnects it there, under “Sign-in methods” in the profile.', 'logto-sign-in'),
            ),
            new Message(
                'link_user_changed',
                __('You are signed in to a different account than when you started to connect a sign-in method.', 'logto-sign-in'),
                __('No action needed: the visitor can sign in and start again from the profile page.', 'logto-sign-in'),
            ),
            new Message(
                'connect_expired',
                __('No account was connected. This was started in another browser or more than ten minutes ago.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. A mailed link works once, in the browser where it was requested.', 'logto-sign-in'),
                status: 400,
                retry: true,
            ),
            new Message(
                'address_banned',
                __('This site does not accept sign-ins from your network at the moment.', 'logto-sign-in'),
                __('Another plugin bans the visitor’s IP address. The error log names the plugin; remove the address from its list.', 'logto-sign-in'),
            ),
            new Message(
                'profile_refused',
                __('This site does not accept your account at the sign-in service.', 'logto-sign-in'),
                __('Another plugin on this site refused the visitor’s profile. See the cause in the error log.', 'logto-sign-in'),
                status: 403,
                retry: true,
                another_account: true,
            ),
            new Message(
                'user_not_created',
                __('Your account on this site could not be created.', 'logto-sign-in'),
                __('See the cause in the error log.', 'logto-sign-in'),
            ),
            new Message(
                'session_ended',
                __('Your session has ended because the sign-in service no longer confirms it.', 'logto-sign-in'),
                __('No action needed: the user can sign in again. The user may be suspended at the provider, or the refresh token expired.', 'logto-sign-in'),
            ),
        ];
    }
}
