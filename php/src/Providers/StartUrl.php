<?php

declare(strict_types=1);

namespace LogtoSignIn\Providers;

use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Request;

/**
 * The address that starts a sign-in. It is the same for every visitor, so cached pages may contain it.
 */
final class StartUrl
{
    /**
     * @param string $connector A provider, `social:<target>` or `sso:<connector id>` of the Logto tenant, or nothing:
     *                          then the core chooses the provider.
     * @param bool $another_account Whether the provider asks who the visitor is, whatever session it has.
     */
    public static function build(string $redirect_to, string $connector = '', string $first_screen = '', bool $another_account = false): string
    {
        $provider = Provider::tryFrom($connector);
        $parameters = [
            'provider' => $provider === null ? '' : $provider->value,
            'redirect_to' => rawurlencode($redirect_to),
            'direct_sign_in' => $provider === null ? str_replace('%3A', ':', rawurlencode($connector)) : '',
            'first_screen' => rawurlencode($first_screen),
            'another_account' => $another_account ? '1' : '',
        ];

        return add_query_arg(array_filter($parameters, static fn(string $value): bool => $value !== ''), Site::start_uri());
    }

    /**
     * The input of the operation `start`, as the request that is being served has it. Pages and bookmarks may have the
     * names of version 0.1, `connector` and `in_app`.
     *
     * @return array{provider: string|null, user_agent: string, dingtalk_app: bool, redirect_to: string, iss: string, login_hint: string, first_screen: string, direct_sign_in: string, another_account: bool, silent: bool, user_id: int|null, canonical: bool, cookies: object}
     */
    public static function read(): array
    {
        $iss = Request::text('iss');

        return [
            'provider' => (Provider::tryFrom(Request::query('provider')) ?? Provider::tryFrom(Request::query('connector')))?->value,
            'user_agent' => Request::server('HTTP_USER_AGENT'),
            'dingtalk_app' => Request::query('dingtalk_app') !== '0' && Request::query('in_app') !== '0',
            // A provider that starts the sign-in names the page in its own way: OpenID Connect Core §4.
            'redirect_to' => Request::text($iss !== '' && !Request::has('redirect_to') ? 'target_link_uri' : 'redirect_to'),
            'iss' => $iss,
            'login_hint' => Request::text('login_hint'),
            'first_screen' => Request::query('first_screen'),
            'direct_sign_in' => Request::query('direct_sign_in'),
            'another_account' => Request::query('another_account') === '1',
            'silent' => Request::query('silent') === '1',
            'user_id' => is_user_logged_in() ? get_current_user_id() : null,
            'canonical' => Request::query('canonical') === '1',
            'cookies' => (object) Request::cookies(),
        ];
    }
}
