<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Request;

/**
 * The WordPress site as it is configured: nothing here follows a forwarded header.
 */
final class Site
{
    public static function start_uri(): string
    {
        return self::login_uri('logto');
    }

    public static function redirect_uri(): string
    {
        return self::login_uri('logto_callback');
    }

    /**
     * Another than Logto's, so that an answer of one can never be taken for an answer of the other.
     */
    public static function dingtalk_redirect_uri(): string
    {
        return self::login_uri('logto_callback_dingtalk');
    }

    /**
     * Where the page inside the DingTalk app posts its code.
     */
    public static function dingtalk_app_uri(): string
    {
        return self::login_uri('logto_callback_dingtalk_app');
    }

    /**
     * Where a visitor connects an account that exists.
     */
    public static function connect_uri(): string
    {
        return self::login_uri('logto_connect');
    }

    /**
     * Where a visitor enters the code of another plugin's second factor.
     */
    public static function code_uri(): string
    {
        return self::login_uri('logto_code');
    }

    public static function post_logout_redirect_uri(): string
    {
        return self::login_uri('logto_signed_out');
    }

    /**
     * The `site` of a request to the core.
     *
     * @return array<string, mixed>
     */
    public static function describe(): array
    {
        return [
            'home' => home_url('/'),
            'start_uri' => self::start_uri(),
            'redirect_uri' => self::redirect_uri(),
            'dingtalk_redirect_uri' => self::dingtalk_redirect_uri(),
            'dingtalk_app_uri' => self::dingtalk_app_uri(),
            'post_logout_redirect_uri' => self::post_logout_redirect_uri(),
            'connect_uri' => self::connect_uri(),
            'host' => (string) preg_replace('/[^a-z0-9.:\[\]-]/', '', strtolower(Request::server('HTTP_HOST'))),
            'locale' => determine_locale(),
            'roles' => array_map(strval(...), array_keys(wp_roles()->roles)),
            'default_role' => (string) get_option('default_role'),
            'blog_id' => is_multisite() ? get_current_blog_id() : 0,
            // One network, one set of salts: the blog's number keeps its sites apart.
            'salt' => wp_salt('auth') . wp_salt('secure_auth') . get_current_blog_id(),
            'trusted_hosts' => Constants::words('LOGTO_SIGN_IN_TRUSTED_HOSTS'),
        ];
    }

    /**
     * The scheme is that of the configured address, since the provider compares the URI letter by letter.
     */
    private static function login_uri(string $action): string
    {
        $configured = (string) get_option('siteurl');
        $scheme = str_starts_with(strtolower($configured), 'https:') ? 'https' : 'http';

        return add_query_arg('action', $action, site_url('wp-login.php', $scheme));
    }
}
