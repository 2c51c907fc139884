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
    private const MAX_URL_BYTES = 720;

    public static function start_uri(): string
    {
        return add_query_arg('action', 'logto', LoginPath::shown());
    }

    public static function redirect_uri(): string
    {
        return self::login_uri('logto_callback');
    }

    /**
     * Differs from Logto's, so that a response of one can never be taken for a response of the other.
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
        return add_query_arg('action', 'logto_connect', LoginPath::shown());
    }

    /**
     * Where a visitor enters the code of another plugin's second factor.
     */
    public static function code_uri(): string
    {
        return add_query_arg('action', 'logto_code', LoginPath::shown());
    }

    public static function post_logout_redirect_uri(): string
    {
        return self::login_uri('logto_signed_out');
    }

    /**
     * The address of the page that is being shown, with its query. Empty where none is, and for an address that is too long
     * to be kept (`MAX_REDIRECT_BYTES` in `wasm/src/flow/attempt.rs`).
     */
    public static function current_url(): string
    {
        $path = Request::server('REQUEST_URI');
        $is_rest = defined('REST_REQUEST') && constant('REST_REQUEST') === true;
        if (is_admin() || $is_rest || !str_starts_with($path, '/')) {
            return '';
        }

        $url = sanitize_url(LoginPath::origin(home_url('/')) . $path);

        return strlen($url) > self::MAX_URL_BYTES ? '' : $url;
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
            // The hooks of Accounts\VisitorClaims.
            'reads_claims' => has_action('logto_sign_in_claims') !== false || has_filter('logto_sign_in_profile') !== false,
        ];
    }

    private static function login_uri(string $action): string
    {
        return add_query_arg('action', $action, LoginPath::registered());
    }
}
