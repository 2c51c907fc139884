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
                __('This site asks for a verified e-mail address, and your account has none. Add one to your account at the sign-in service, then try again.', 'logto-sign-in'),
                __('The visitor adds an e-mail address to the Logto account, or you switch off “Verified e-mail required” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'organization_required',
                __('This site admits members of certain organisations only, and your account belongs to none of them.', 'logto-sign-in'),
                __('Add the visitor to one of the required organisations in the Logto Console, or change “Required organisations” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'not_provisioned',
                __('There is no account for you on this site.', 'logto-sign-in'),
                __('Create the account yourself and let the visitor link it, or change “New accounts” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'account_pending',
                __('Your account waits for the approval of an administrator. You can sign in once it is approved.', 'logto-sign-in'),
                __('Approve the account under Users › Pending approval, or delete the user.', 'logto-sign-in'),
                status: 403,
                another_account: true,
            ),
            new Message(
                'not_a_member',
                __('Your account is no member of this site.', 'logto-sign-in'),
                __('Add the user to this site, or change the mapping of organisations or “Joining sites” in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'identity_taken',
                __('This way to sign in belongs to another account of this site.', 'logto-sign-in'),
                __('The visitor signs in with that account and removes it there first, under “Ways to sign in” of the profile.', 'logto-sign-in'),
            ),
            new Message(
                'link_user_changed',
                __('Another account is signed in here than when you began to add a way to sign in.', 'logto-sign-in'),
                __('Nothing: the visitor signs in and begins again on the profile page.', 'logto-sign-in'),
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
                'user_not_created',
                __('Your account on this site could not be created.', 'logto-sign-in'),
                __('See the cause in the error log.', 'logto-sign-in'),
            ),
        ];
    }
}
