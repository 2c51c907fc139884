<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Settings\Site;

/**
 * Notices a sign-in that does not last: when the browser or a wrong COOKIE_DOMAIN drops WordPress's own cookie, the
 * visitor is back on the login page at once, and sending them to Logto again would go round for ever.
 */
final class LoopBreaker
{
    private const COOKIE = 'wordpress_logtosignin_recent';

    /** Seconds within which being back on the login page is no coincidence. */
    private const RECENT = 10;

    public static function mark(): void
    {
        setcookie(self::COOKIE, '1', SetCookies::options(self::cookie(self::RECENT)));
    }

    /**
     * Whether this browser signed in a moment ago and is nobody again.
     */
    public static function trips(): bool
    {
        return isset($_COOKIE[self::COOKIE]) && !is_user_logged_in();
    }

    /**
     * For those who sign out within that time.
     */
    public static function reset(): void
    {
        if (isset($_COOKIE[self::COOKIE])) {
            setcookie(self::COOKIE, '', SetCookies::options(self::cookie(0)));
        }
    }

    /**
     * @return array<string, mixed>
     */
    private static function cookie(int $max_age): array
    {
        $path = wp_parse_url(Site::start_uri(), PHP_URL_PATH);

        return ['max_age' => $max_age, 'path' => is_string($path) ? $path : '/', 'secure' => is_ssl()];
    }
}
