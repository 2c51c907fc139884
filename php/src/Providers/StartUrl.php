<?php

declare(strict_types=1);

namespace LogtoSignIn\Providers;

use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Request;

/**
 * The address that starts a sign-in. It is the same for every visitor, so it may stand in cached pages.
 */
final class StartUrl
{
    /**
     * @param string $connector A provider, `social:<target>` or `sso:<connector id>` of the Logto tenant, or nothing:
     *                          then the core chooses the provider.
     */
    public static function build(string $redirect_to, string $connector = '', string $first_screen = ''): string
    {
        $parameters = [
            'provider' => Provider::tryFrom($connector)->value ?? '',
            'redirect_to' => rawurlencode($redirect_to),
            'direct_sign_in' => preg_match('/^(?:social|sso):[\w.-]+$/D', $connector) === 1 ? $connector : '',
            'first_screen' => rawurlencode($first_screen),
        ];

        return add_query_arg(array_filter($parameters, static fn(string $value): bool => $value !== ''), Site::start_uri());
    }

    /**
     * The input of the operation `start`, as the request that is being served has it.
     *
     * @return array{connector: string|null, user_agent: string, in_app: bool, redirect_to: string, first_screen: string, direct_sign_in: string, canonical: bool, cookies: object}
     */
    public static function read(): array
    {
        return [
            // Links of earlier versions name the provider `connector`.
            'connector' => (Provider::tryFrom(Request::query('provider')) ?? Provider::tryFrom(Request::query('connector')))?->value,
            'user_agent' => Request::server('HTTP_USER_AGENT'),
            'in_app' => Request::query('in_app') !== '0',
            'redirect_to' => Request::text('redirect_to'),
            'first_screen' => Request::query('first_screen'),
            'direct_sign_in' => Request::query('direct_sign_in'),
            'canonical' => Request::query('canonical') === '1',
            'cookies' => (object) Request::cookies(),
        ];
    }
}
