<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\Settings;

/**
 * WordPress's link to register, which a site shows that lets anybody register.
 */
final class RegisterLink
{
    /**
     * Filter `register_url`: where the login page leads straight to Logto, so does this link. DingTalk has no such page.
     */
    public static function lead(mixed $url): mixed
    {
        return Settings::current()->has_logto() && AutoRedirect::is_on() ? StartUrl::build('', '', 'register') : $url;
    }
}
