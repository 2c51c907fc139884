<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;

/**
 * What every answer to a sign-in has in common: it is never stored, sets the cookies that the core names, and sends the
 * visitor to the provider only when the core says so, else within the site.
 */
final class Response
{
    private const BY = 'Logto Sign-In';

    /**
     * Nothing of an answer to sign-in may be stored or told to another site.
     */
    public static function prepare(): void
    {
        if (!defined('DONOTCACHEPAGE')) {
            define('DONOTCACHEPAGE', true);
        }

        nocache_headers();
        if (!headers_sent()) {
            header('Cache-Control: no-store, no-cache, must-revalidate, max-age=0, private');
            header('Referrer-Policy: no-referrer');
        }

        // WordPress's login pages bring a laxer policy in their HTML.
        add_action('login_enqueue_scripts', static function (): void {
            remove_action('login_head', 'wp_strict_cross_origin_referrer');
        });
    }

    /**
     * Sets and clears the cookies that the core names: always `HttpOnly`, `SameSite=Lax`, and for this host only.
     *
     * @param array<array-key, mixed> $outcome An outcome with `cookies`.
     */
    public static function set_cookies(array $outcome): void
    {
        foreach (Input::to_maps($outcome['cookies'] ?? null) as $cookie) {
            $name = Input::string($cookie, 'name');
            if (str_starts_with($name, 'wordpress_logto_')) {
                setcookie($name, Input::string($cookie, 'value'), self::cookie_options($cookie));
            }
        }
    }

    /**
     * @param array<array-key, mixed> $cookie
     *
     * @return array{expires: int, path: string, secure: bool, httponly: true, samesite: 'Lax'}
     */
    public static function cookie_options(array $cookie): array
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

    /**
     * @param array<array-key, mixed> $outcome The outcome `redirect`.
     */
    public static function redirect(array $outcome): void
    {
        self::set_cookies($outcome);
        $url = Input::string($outcome, 'url');
        $allow = self::allow_host(Input::bool($outcome, 'external') ? $url : Site::start_uri());
        add_filter('allowed_redirect_hosts', $allow);
        wp_safe_redirect($url, 302, self::BY);
        remove_filter('allowed_redirect_hosts', $allow);
    }

    /**
     * A filter for `allowed_redirect_hosts` that lets through exactly the host of `$url`.
     *
     * @return \Closure(array<array-key, mixed>): list<mixed>
     */
    public static function allow_host(string $url): \Closure
    {
        $host = wp_parse_url($url, PHP_URL_HOST);

        return static fn(array $hosts): array => [...array_values($hosts), ...is_string($host) ? [$host] : []];
    }
}
