<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Activity\Streak;
use LogtoSignIn\Admin\AddressCheck;
use LogtoSignIn\Admin\Addresses;
use LogtoSignIn\Core\Cache;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Transport\Health;
use LogtoSignIn\Transport\Transports;

/**
 * `wp logto status`, `addresses` and `cache clear`
 */
final class Status
{
    /**
     * Says how the plugin is set up and whether it can run, without asking a provider.
     *
     * The exit code is 1 when no provider is set up, no transport works, a table is missing, or sign-ins fail in a row.
     *
     * ## OPTIONS
     *
     * [--format=<format>]
     * : How to print it.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     *   - yaml
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto status
     *
     * @param array<array-key, mixed> $_
     * @param array<array-key, mixed> $options
     */
    public static function run(array $_, array $options): void
    {
        $providers = array_map(static fn(Provider $provider): string => $provider->value, Provider::configured(Settings::current()));
        $transport = Transports::available();
        $missing = TableRepair::missing();
        $failing = Streak::code();
        $values = [
            'version' => Plugin::VERSION,
            'providers' => implode(', ', $providers),
            'transport' => $transport ?? '',
            'missing_tables' => implode(', ', $missing),
            'password_login' => PasswordLogin::is_available() ? 'on' : 'off',
            'activity_days' => (string) Recorder::days(),
            'failing' => $failing,
        ];
        $items = array_map(static fn(string $name): array => ['name' => $name, 'value' => $values[$name]], array_keys($values));
        Output::items($options, $items, ['name', 'value']);
        if ($providers === [] || $transport === null || $missing !== [] || $failing !== '') {
            \WP_CLI::halt(1);
        }
    }

    /**
     * Lists the addresses to register in the Logto Console and in the DingTalk Open Platform, and the one for links.
     *
     * ## OPTIONS
     *
     * [--format=<format>]
     * : How to print them.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     *   - yaml
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto addresses --format=json
     *
     * @param array<array-key, mixed> $_
     * @param array<array-key, mixed> $options
     */
    public static function addresses(array $_, array $options): void
    {
        Output::items($options, [
            ['name' => 'redirect_uri', 'value' => Site::redirect_uri()],
            ['name' => 'post_sign_out_redirect_uri', 'value' => Site::post_logout_redirect_uri()],
            ['name' => 'dingtalk_redirect_url', 'value' => Site::dingtalk_redirect_uri()],
            ['name' => 'sign_in_url', 'value' => Site::start_uri()],
            ['name' => 'backchannel_logout_uri', 'value' => Addresses::of('logto_backchannel_logout')],
            ...(Settings::current()->flag('frontchannel_logout') ? [['name' => 'frontchannel_logout_uri', 'value' => Addresses::of('logto_frontchannel_logout')]] : []),
        ], ['name', 'value']);
    }

    /**
     * Forgets what is cached of the providers and of this server: metadata, keys, failures, and which transport answered.
     *
     * ## EXAMPLES
     *
     *     wp logto cache clear
     */
    public static function clear_cache(): void
    {
        Cache::clear();
        Health::forget();
        AddressCheck::forget();
        \WP_CLI::success(__('The cache is empty.', 'logto-sign-in'));
    }
}
