<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\SetCookie;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Request;

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
     * For a request that nobody sees the answer of. A browser that looked ahead takes no other answer than a failure for a
     * reason to ask again.
     */
    public static function nothing(): void
    {
        status_header(Request::server('REQUEST_METHOD') === 'HEAD' ? 204 : 503);
    }

    /**
     * Sets and clears the cookies that the core names: always `HttpOnly`, `SameSite=Lax`, and for this host only. After
     * another plugin's output, no cookie can follow.
     *
     * @param list<SetCookie> $cookies
     */
    public static function set_cookies(array $cookies): void
    {
        foreach (headers_sent() ? [] : $cookies as $cookie) {
            setcookie($cookie->name, $cookie->value, self::cookie_options($cookie));
        }
    }

    /**
     * @return array{expires: int, path: string, secure: bool, httponly: true, samesite: 'Lax'}
     */
    public static function cookie_options(SetCookie $cookie): array
    {
        return [
            'expires' => $cookie->max_age > 0 ? time() + $cookie->max_age : 1,
            'path' => $cookie->path,
            'secure' => $cookie->secure,
            'httponly' => true,
            'samesite' => 'Lax',
        ];
    }

    public static function redirect(Redirect $redirect): void
    {
        self::set_cookies($redirect->cookies);
        $allow = self::allow_host($redirect->external ? $redirect->url : Site::start_uri());
        add_filter('allowed_redirect_hosts', $allow);
        wp_safe_redirect($redirect->url, 302, self::BY);
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
