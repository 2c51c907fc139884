<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

/**
 * The path that the plugin's addresses have. It is remembered the first time that one of them is shown or used: providers
 * compare a redirect URI letter by letter, so another plugin that moves the login page must not change it.
 *
 * The plugin answers at every path, so an address that is registered somewhere keeps working.
 */
final class LoginPath
{
    public const OPTION = 'logto_sign_in_login_path';

    /** WordPress's own login page: it exists with every permalink structure, and page caches leave it alone. */
    public const LOGIN_PAGE = 'wp-login.php';

    /** Where the server, a firewall, or another plugin guards the login page. Common page caches leave this one alone, too. */
    public const FRONT = 'index.php';

    private const PATHS = [self::LOGIN_PAGE, self::FRONT];

    /**
     * What is registered at the providers, without a query of ours. Each page of wp-admin asks, so that it is remembered soon
     * after an update: some plugins move the login page later in a request than the addresses answer.
     */
    public static function registered(): string
    {
        $path = get_option(self::OPTION);
        if (!is_string($path) || $path === '') {
            $path = self::first();
            update_option(self::OPTION, $path);
        }

        return in_array($path, self::PATHS, true) ? self::url($path) : self::origin(site_url('', self::scheme())) . $path;
    }

    /**
     * What pages may show: never the path that a plugin keeps secret.
     */
    public static function shown(): string
    {
        $registered = self::registered();

        return in_array($registered, self::candidates(), true) ? $registered : self::url(self::FRONT);
    }

    /**
     * The addresses that do not depend on another plugin.
     *
     * @return array{'wp-login.php': string, 'index.php': string} Addresses by path.
     */
    public static function candidates(): array
    {
        return [self::LOGIN_PAGE => self::url(self::LOGIN_PAGE), self::FRONT => self::url(self::FRONT)];
    }

    /**
     * Whether another plugin moved the login page, and keeps its path to itself.
     */
    public static function is_hidden(): bool
    {
        return site_url(self::LOGIN_PAGE, self::scheme()) !== self::url(self::LOGIN_PAGE);
    }

    /**
     * Changes what is registered. The old address keeps working here, but the providers have to be told of the new one.
     *
     * @param self::LOGIN_PAGE|self::FRONT $path
     */
    public static function change(string $path): void
    {
        update_option(self::OPTION, $path);
    }

    /**
     * The login page as it is now; as other plugins moved it where sign-ins work that way already.
     */
    private static function first(): string
    {
        if (!self::is_hidden()) {
            return self::LOGIN_PAGE;
        }

        $now = site_url(self::LOGIN_PAGE, self::scheme());
        $origin = self::origin(site_url('', self::scheme()));
        $moved = str_starts_with($now, $origin . '/') ? substr($now, strlen($origin)) : '';

        return $moved !== '' && Settings::current()->is_configured() ? $moved : self::FRONT;
    }

    /**
     * Past the plugins that move the login page: they look for its name in an address.
     */
    private static function url(string $path): string
    {
        return untrailingslashit(site_url('', self::scheme())) . '/' . $path;
    }

    /**
     * Scheme, host, and port of an address.
     */
    public static function origin(string $url): string
    {
        return (string) preg_replace('~^(\w+://[^/?#]*).*$~s', '$1', $url);
    }

    /**
     * The scheme is that of the configured address, whatever the request has.
     */
    private static function scheme(): string
    {
        return str_starts_with(strtolower((string) get_option('siteurl')), 'https:') ? 'https' : 'http';
    }
}
