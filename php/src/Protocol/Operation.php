<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * What a request asks the core to do; `wasm/src/protocol/` describes the input of each.
 */
enum Operation: string
{
    case About = 'about';
    case Authenticate = 'authenticate';
    case BackchannelLogout = 'backchannel_logout';
    case Callback = 'callback';
    case CheckConnection = 'check_connection';
    case CheckSettings = 'check_settings';
    case ClassifyLinks = 'classify_links';
    case Connect = 'connect';
    case FrontchannelLogout = 'frontchannel_logout';
    case ImportSettings = 'import_settings';
    case Preview = 'preview';
    case Revalidate = 'revalidate';
    case SignedOut = 'signed_out';
    case SignOut = 'sign_out';
    case Start = 'start';
    case Unlink = 'unlink';
}
