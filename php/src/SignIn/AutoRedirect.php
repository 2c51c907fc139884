<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Protocol\SetCookie;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Support\Request;

/**
 * Whether a visit of the login page goes on to the provider.
 *
 * A cookie tells of a sign-in that does not last: when the browser or a wrong COOKIE_DOMAIN drops WordPress's own
 * cookie, the visitor is back on the login page at once.
 */
final class AutoRedirect
{
    /** Any of these parameters means that the visitor is to see the page itself. */
    private const STAY = ['form', 'interim-login', 'customize-login', 'loggedout', 'registration', 'checkemail', 'wp_lang', LoginPage::SESSION_ENDED];

    private const COOKIE = 'wordpress_logtosignin_recent';

    /** Seconds within which being back on the login page is no coincidence. */
    private const RECENT_SECS = 10;

    /**
     * Only a plain visit of the login page itself goes on to the provider.
     */
    public static function decide(): Decision
    {
        return match (true) {
            array_filter(self::STAY, Request::has(...)) !== [],
            // Another plugin printed something: no redirect can follow.
            headers_sent(),
            Request::server('REQUEST_METHOD') !== 'GET',
            is_user_logged_in() && !Request::has('reauth') => Decision::ShowForm,
            self::is_on() && Arrival::is_speculative() => Decision::Wait,
            isset($_COOKIE[self::COOKIE]) && !is_user_logged_in() => Decision::LoopDetected,
            default => self::is_on() ? Decision::Redirect : Decision::ShowForm,
        };
    }

    /**
     * Whether the settings want it. Nobody is led to a provider before a sign-in there has succeeded.
     */
    public static function is_on(): bool
    {
        return LoginType::current() === LoginType::Redirect && Proof::is_live();
    }

    /**
     * Notes that this browser has signed in just now.
     */
    public static function note_sign_in(): void
    {
        self::set_cookie('1', self::RECENT_SECS);
    }

    /**
     * For those who sign out within that time, and may be back on the login page in the same request.
     */
    public static function forget_sign_in(): void
    {
        if (isset($_COOKIE[self::COOKIE])) {
            unset($_COOKIE[self::COOKIE]);
            self::set_cookie('', 0);
        }
    }

    private static function set_cookie(string $value, int $max_age): void
    {
        $path = wp_parse_url(wp_login_url(), PHP_URL_PATH);
        Response::set_cookies([new SetCookie(self::COOKIE, $value, $max_age, is_string($path) ? $path : '/', is_ssl())]);
    }
}
