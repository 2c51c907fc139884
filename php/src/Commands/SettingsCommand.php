<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * `wp logto settings get` and `set`
 */
final class SettingsCommand
{
    /**
     * Shows the settings that apply to this site. A secret is never shown.
     *
     * ## OPTIONS
     *
     * [<name>]
     * : Name of one setting, such as endpoint. Only its value is printed.
     *
     * [--network]
     * : The settings of the network.
     *
     * [--format=<format>]
     * : How to print all of them.
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
     *     wp logto settings get endpoint
     *
     * @param array<array-key, mixed> $arguments
     * @param array<array-key, mixed> $options
     */
    public static function get(array $arguments, array $options): void
    {
        $settings = isset($options['network']) ? Settings::network() : Settings::current();
        $name = Input::string($arguments, '0');
        if ($name !== '') {
            self::known($name);
            \WP_CLI::line(self::value($settings, $name));

            return;
        }

        $items = array_map(static fn(string $name): array => ['name' => $name, 'value' => self::value($settings, $name)], array_keys(Defaults::SECTIONS));
        Output::items($options, $items, ['name', 'value']);
    }

    /**
     * Changes one setting by the rules of the settings page.
     *
     * ## OPTIONS
     *
     * <name>
     * : Name of the setting, such as endpoint.
     *
     * [<value>]
     * : Its value. Without one, it is read from standard input; a secret always is.
     *
     * [--network]
     * : The setting of the network.
     *
     * ## EXAMPLES
     *
     *     wp logto settings set endpoint https://your-tenant.logto.app
     *     wp logto settings set app_secret < ~/secret
     *
     * @param array<array-key, mixed> $arguments
     * @param array<array-key, mixed> $options
     */
    public static function set(array $arguments, array $options): void
    {
        $name = Input::string($arguments, '0');
        self::known($name);
        if (isset($arguments[1]) && in_array($name, Defaults::SECRETS, true)) {
            \WP_CLI::error(__('Pass a secret by standard input: the shell remembers what you type.', 'logto-sign-in'));
        }

        $value = isset($arguments[1]) ? Input::string($arguments, '1') : trim((string) \WP_CLI::get_value_from_arg_or_stdin($arguments, 1));
        // An empty secret means the saved one: a command that reads nothing must not report success.
        if ($value === '' && in_array($name, Defaults::SECRETS, true)) {
            \WP_CLI::error(__('Standard input is empty. The secret was not changed.', 'logto-sign-in'));
        }

        SettingsTarget::change(SettingsTarget::place($options), [$name => $value]);
    }

    private static function known(string $name): void
    {
        if (!array_key_exists($name, Defaults::SECTIONS)) {
            Output::fail('setting_unknown');
        }
    }

    private static function value(Settings $settings, string $name): string
    {
        return match (true) {
            in_array($name, Defaults::SECRETS, true) => $settings->text($name) === '' ? '' : '[saved]',
            isset(Defaults::FLAGS[$name]) => $settings->flag($name) ? 'on' : 'off',
            default => Input::string($settings->stored, $name, Defaults::TEXTS[$name] ?? ''),
        };
    }
}
