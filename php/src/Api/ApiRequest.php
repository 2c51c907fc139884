<?php

declare(strict_types=1);

namespace LogtoSignIn\Api;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * The request, as far as it is one to the REST API.
 */
final class ApiRequest
{
    /**
     * Whether WordPress is going to answer with the REST API: its front script is asked for a route.
     */
    public static function is_served(): bool
    {
        if (defined('REST_REQUEST') && constant('REST_REQUEST') === true) {
            return true;
        }

        // @mago-expect lint:no-global - WordPress keeps the name of the script there
        $script = Input::string($GLOBALS, 'pagenow');
        $path = (string) wp_parse_url(Request::server('REQUEST_URI'), PHP_URL_PATH);
        $home = untrailingslashit((string) wp_parse_url(home_url('/'), PHP_URL_PATH));
        $api = sprintf('~^%s(?:/index\.php)?/%s(?:/|$)~', preg_quote($home, '~'), preg_quote(rest_get_url_prefix(), '~'));

        return $script === 'index.php' && !is_admin() && (Request::text('rest_route') !== '' || preg_match($api, $path) === 1);
    }

    /**
     * The header field `Authorization`. Apache hands it over under another name where it runs PHP as a program of its own.
     */
    public static function authorization(): string
    {
        $field = Request::server('HTTP_AUTHORIZATION');

        return $field === '' ? Request::server('REDIRECT_HTTP_AUTHORIZATION') : $field;
    }

    /**
     * Whether the method only reads (RFC 9110 §9.2.1), as WordPress understands it: a parameter may name another one.
     */
    public static function reads(mixed $request): bool
    {
        return $request instanceof \WP_REST_Request && in_array($request->get_method(), ['GET', 'HEAD', 'OPTIONS'], true);
    }
}
