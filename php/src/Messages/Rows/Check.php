<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * What “Check connection” found, and what the admin does about it. A check that fails for another reason has the code of
 * a refusal.
 */
final class Check
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message('metadata_found', __('Logto answers, and names the issuer that belongs to the endpoint.', 'logto-sign-in')),
            new Message('pkce_announced', __('The provider supports PKCE (S256).', 'logto-sign-in')),
            new Message('pkce_unstated', __('The provider does not announce PKCE. Sign-ins use it anyway, and the nonce protects them.', 'logto-sign-in')),
            new Message('clock_agrees', __('The clocks of this server and of Logto agree.', 'logto-sign-in')),
            new Message(
                'clock_differs',
                __('The clocks of this server and of Logto differ too much. Sign-ins fail.', 'logto-sign-in'),
                __('Ask your hosting provider to synchronize the server’s clock (NTP).', 'logto-sign-in'),
            ),
            new Message('keys_found', __('Logto publishes keys that this plugin can use.', 'logto-sign-in')),
            new Message('algorithms_agree', __('The published keys match the algorithms that Logto announces.', 'logto-sign-in')),
            new Message(
                'algorithms_differ',
                __('None of the published keys matches the algorithms that Logto announces.', 'logto-sign-in'),
                __('Try again in a few minutes: a key rotation may be under way. Otherwise, see the signing keys in the Logto Console under Tenant settings.', 'logto-sign-in'),
            ),
            new Message('algorithms_unstated', __('Logto does not announce its signing algorithms. Sign-ins do not depend on it.', 'logto-sign-in')),
            new Message('application_accepted', __('Logto accepts the App ID and the App secret, and the application has the right type.', 'logto-sign-in')),
            new Message(
                'application_unknown',
                __('Logto does not know the App ID.', 'logto-sign-in'),
                __('Copy the App ID again from your application’s page in the Logto Console, and see whether the endpoint is that of the same tenant.', 'logto-sign-in'),
            ),
            new Message(
                'application_type',
                __('The application has the wrong type: it has no App secret, or it cannot sign users in.', 'logto-sign-in'),
                __('In the Logto Console, create an application of the type “Traditional web”, and enter its App ID and App secret here.', 'logto-sign-in'),
            ),
            new Message(
                'application_secret',
                __('The App secret is wrong.', 'logto-sign-in'),
                __('Copy the App secret again from your application’s page in the Logto Console. Secrets there can expire.', 'logto-sign-in'),
            ),
            new Message('redirect_uri_registered', __('The redirect URI of this site is registered.', 'logto-sign-in')),
            new Message(
                'redirect_uri_unregistered',
                __('The redirect URI of this site is not registered. Visitors end on an error page at Logto.', 'logto-sign-in'),
                __('Copy the redirect URI from the Connection tab into “Redirect URIs” on your application’s page in the Logto Console.', 'logto-sign-in'),
            ),
            new Message('post_logout_uri_registered', __('The post sign-out redirect URI of this site is registered.', 'logto-sign-in')),
            new Message(
                'post_logout_uri_unregistered',
                __('The post sign-out redirect URI of this site is not registered. Users who sign out end on an error page at Logto.', 'logto-sign-in'),
                __('Copy the post sign-out redirect URI from the Connection tab into “Post sign-out redirect URIs” on your application’s page in the Logto Console.', 'logto-sign-in'),
            ),
            new Message('sign_out_unsupported', __('The provider offers no sign-out. Users who sign out here stay signed in there.', 'logto-sign-in')),
            new Message('dingtalk_accepted', __('DingTalk accepts the Client ID and the Client Secret. Only a test sign-in shows whether the redirect URL, the permissions, and the released version are right.', 'logto-sign-in')),
            new Message(
                'check_unclear',
                __('The answer does not say whether this is right.', 'logto-sign-in'),
                __('Sign in once in a private window to see.', 'logto-sign-in'),
            ),
            new Message('check_skipped', __('Not checked, because an earlier check failed.', 'logto-sign-in')),
        ];
    }
}
