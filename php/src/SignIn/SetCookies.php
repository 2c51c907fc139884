<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Input;

/**
 * Sets and clears the cookies that the core names: always `HttpOnly`, `SameSite=Lax`, and for this host only.
 */
final class SetCookies
{
    /**
     * @param array<array-key, mixed> $outcome An outcome with `cookies`.
     */
    public static function send(array $outcome): void
    {
        foreach (Input::to_maps($outcome['cookies'] ?? null) as $cookie) {
            $name = Input::string($cookie, 'name');
            if (str_starts_with($name, 'wordpress_logto_')) {
                setcookie($name, Input::string($cookie, 'value'), self::options($cookie));
            }
        }
    }

    /**
     * @param array<array-key, mixed> $cookie
     *
     * @return array{expires: int, path: string, secure: bool, httponly: true, samesite: 'Lax'}
     */
    public static function options(array $cookie): array
    {
        $seconds = Input::int($cookie, 'max_age');

        return [
            'expires' => $seconds > 0 ? time() + $seconds : 1,
            'path' => Input::string($cookie, 'path', '/'),
            'secure' => Input::bool($cookie, 'secure'),
            'httponly' => true,
            'samesite' => 'Lax',
        ];
    }
}
