<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

/**
 * The REST API and XML-RPC of a private site.
 */
final class PrivateApi
{
    /** Methods of XML-RPC that ask for no login. */
    private const WITHOUT_LOGIN = [
        'pingback.ping',
        'pingback.extensions.getPingbacks',
        'mt.getTrackbackPings',
        'mt.supportedMethods',
        'mt.supportedTextFilters',
        'demo.sayHello',
        'demo.addTwoNumbers',
    ];

    /**
     * For the filter `rest_authentication_errors`.
     */
    public static function rest(mixed $result): mixed
    {
        if ($result instanceof \WP_Error || PrivateSite::admits() || PublicPaths::have_route(PrivateSite::request())) {
            return $result;
        }

        return new \WP_Error('logto_private_site', __('This site is private. Sign in first.', 'logto-sign-in'), ['status' => is_user_logged_in() ? 403 : 401]);
    }

    /**
     * For the filter `xmlrpc_methods`.
     */
    public static function methods(mixed $methods): mixed
    {
        return is_array($methods) ? array_diff_key($methods, array_flip(self::WITHOUT_LOGIN)) : $methods;
    }
}
