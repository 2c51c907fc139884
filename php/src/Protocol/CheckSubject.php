<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * What a check is about.
 */
enum CheckSubject: string
{
    /** The provider's metadata, and so its issuer. */
    case Metadata = 'metadata';

    /** The clock of this server, beside the provider's. */
    case Clock = 'clock';

    /** PKCE, where the provider is no Logto tenant. */
    case Pkce = 'pkce';

    /** The keys that the provider publishes. */
    case Keys = 'keys';

    /** The algorithms that the provider announces. */
    case Algorithms = 'algorithms';

    /** App ID, App secret and the type of the application. */
    case Application = 'application';

    case RedirectUri = 'redirect_uri';

    case PostLogoutRedirectUri = 'post_logout_redirect_uri';

    /** Client ID and Client Secret of the application at DingTalk. */
    case Dingtalk = 'dingtalk';
}
