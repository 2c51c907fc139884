<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Support\Request;

/**
 * Signs visitors in without a click who are still signed in at the provider. A page cache may store the page: it holds a
 * script and an address, the same for everybody. The script leads to the sign-in once per browser session, and only where a
 * cookie says that this browser has signed in here before.
 */
final class SilentSignIn
{
    /** Read by the script, so it is not `HttpOnly`. It says nothing but that somebody signed in here once. */
    private const COOKIE = 'logto_sign_in_known';

    /** Thirty days. */
    private const LIFETIME_SECS = 2_592_000;

    /**
     * Action `wp_head`.
     */
    public static function print(): void
    {
        if (is_user_logged_in() || Request::server('REQUEST_METHOD') !== 'GET' || is_preview() || is_customize_preview()) {
            return;
        }

        wp_print_script_tag([
            'src' => Plugin::url('assets/silent.js') . '?ver=' . Plugin::VERSION,
            'async' => true,
            'data-start' => add_query_arg('silent', '1', Site::start_uri()),
        ]);
    }

    /**
     * Action `logto_sign_in_signed_in`.
     */
    public static function remember(): void
    {
        self::set_cookie('1', time() + self::LIFETIME_SECS);
    }

    /**
     * Action `wp_logout`: whoever signs out is not signed in again by looking at a page.
     */
    public static function forget(): void
    {
        self::set_cookie('', 1);
    }

    private static function set_cookie(string $value, int $expires): void
    {
        if (!headers_sent()) {
            setcookie(self::COOKIE, $value, ['expires' => $expires, 'path' => COOKIEPATH === '' ? '/' : COOKIEPATH, 'secure' => is_ssl(), 'httponly' => false, 'samesite' => 'Lax']);
        }
    }
}
