<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Settings\StoredOptions;

/**
 * `wp logto login-form`
 */
final class Command
{
    public static function register(): void
    {
        \WP_CLI::add_command('logto login-form', [self::class, 'run']);
    }

    /**
     * Turns login with a WordPress password on or off.
     *
     * ## OPTIONS
     *
     * <state>
     * : Whether passwords are accepted.
     * ---
     * options:
     *   - on
     *   - off
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto login-form on
     *
     * @param list<string> $arguments
     */
    public static function run(array $arguments): void
    {
        $state = $arguments[0] ?? '';
        if (!in_array($state, ['on', 'off'], true)) {
            \WP_CLI::error('on | off');
        }

        $change = ['form_login' => $state === 'on'];
        is_multisite() && !StoredOptions::is_custom()
            ? update_site_option(StoredOptions::NETWORK_OPTION, $change + StoredOptions::of_network())
            : StoredOptions::write($change + StoredOptions::own());
        \WP_CLI::success($state === 'on' ? __('Password login is on.', 'logto-sign-in') : __('Password login is off.', 'logto-sign-in'));
    }
}
