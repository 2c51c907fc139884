<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;

/**
 * Sends the visitor elsewhere: to the provider when the core says so, else only within the site.
 */
final class Redirect
{
    private const BY = 'Logto Sign-In';

    /**
     * @param array<array-key, mixed> $outcome The outcome `redirect`.
     */
    public static function follow(array $outcome): void
    {
        SetCookies::send($outcome);
        $url = Input::string($outcome, 'url');
        $allow = self::allow(Input::bool($outcome, 'external') ? $url : Site::start_uri());
        add_filter('allowed_redirect_hosts', $allow);
        wp_safe_redirect($url, 302, self::BY);
        remove_filter('allowed_redirect_hosts', $allow);
    }

    /**
     * A filter for `allowed_redirect_hosts` that lets through exactly the host of `$url`.
     *
     * @return \Closure(array<array-key, mixed>): list<mixed>
     */
    public static function allow(string $url): \Closure
    {
        $host = wp_parse_url($url, PHP_URL_HOST);

        return static fn(array $hosts): array => [...array_values($hosts), ...is_string($host) ? [$host] : []];
    }
}
