<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * How long a session lasts that outlives the browser: `session_days`, where WordPress has two weeks.
 */
final class SessionLength
{
    /** Before other plugins, which have the last word. */
    private const PRIORITY = 5;

    /**
     * @template T
     *
     * @param callable(): T $work What begins a session.
     *
     * @return T
     */
    public static function during(callable $work): mixed
    {
        add_filter('auth_cookie_expiration', [self::class, 'filter'], self::PRIORITY, 3);
        try {
            return $work();
        } finally {
            remove_filter('auth_cookie_expiration', [self::class, 'filter'], self::PRIORITY);
        }
    }

    /**
     * Filter `auth_cookie_expiration`.
     */
    public static function filter(mixed $seconds, mixed $_ = 0, mixed $remember = false): mixed
    {
        $days = Input::int(Settings::current()->stored, 'session_days', Input::int(Defaults::TEXTS, 'session_days'));

        return $remember === true && $days > 0 ? $days * DAY_IN_SECONDS : $seconds;
    }
}
