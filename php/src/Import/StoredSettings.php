<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\SettingsImport;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Input;

/**
 * The settings of Logto's own plugin as settings of this one, and the way back.
 */
final class StoredSettings
{
    /** What the settings were before an import, and what it wrote. On a network, the network keeps it. */
    public const OPTION = 'logto_sign_in_before_import';

    /**
     * What an import would make of them, over what was chosen for this site alone: the network's secrets must not become
     * a site's.
     */
    public static function convert(): SettingsImport|Refused
    {
        $input = ['logto_plugin' => (object) LogtoPlugin::options(), 'other_endpoints' => LogtoPlugin::other_endpoints()];

        return (new Client())->expect(SettingsImport::class, Operation::ImportSettings, $input, new Settings(StoredOptions::own()));
    }

    /**
     * Stores the core's values. A second import keeps the way back of the first, unless somebody has changed the
     * settings in between.
     *
     * @param array<array-key, mixed> $values
     */
    public static function write(array $values): void
    {
        $now = self::now();
        $written = is_multisite() ? StoredOptions::split($values) : $values;
        $kept = Input::to_map(GuardedOption::get(self::OPTION));
        if ($kept === [] || $kept['written'] !== $now) {
            $kept = ['before' => $now];
        }

        GuardedOption::update(self::OPTION, ['before' => $kept['before'] ?? false, 'written' => $written]);
        if ($now !== $written) {
            StoredOptions::write($values);
            Cache::clear();
        }
    }

    /**
     * Puts the settings back, byte for byte, unless somebody has changed them since the import.
     *
     * @return bool Whether they are as they were.
     */
    public static function restore(): bool
    {
        $kept = Input::to_map(GuardedOption::get(self::OPTION));
        $now = self::now();
        GuardedOption::delete(self::OPTION);
        if ($kept === [] || $kept['before'] === $now) {
            return true;
        }

        if ($kept['written'] !== $now) {
            return false;
        }

        self::put($kept['before']);
        Cache::clear();

        return true;
    }

    /**
     * What is stored for this site: its option, and on a network also what the network keeps for it.
     */
    private static function now(): mixed
    {
        $site = get_option(Settings::OPTION);

        return is_multisite() ? ['site' => $site, 'network' => GuardedOption::get(Settings::OPTION)] : $site;
    }

    private static function put(mixed $before): void
    {
        if (!is_multisite()) {
            self::put_option($before);

            return;
        }

        $before = Input::to_map($before);
        self::put_option($before['site'] ?? false);
        $custom = $before['network'] ?? false;
        $custom === false ? GuardedOption::delete(Settings::OPTION) : GuardedOption::update(Settings::OPTION, $custom);
    }

    /**
     * Past the cleaning: what was stored need not be what it makes of it.
     */
    private static function put_option(mixed $before): void
    {
        if ($before === false) {
            delete_option(Settings::OPTION);

            return;
        }

        $hook = 'sanitize_option_' . Settings::OPTION;
        remove_filter($hook, [Sanitizer::class, 'sanitize']);
        try {
            update_option(Settings::OPTION, $before);
        } finally {
            add_filter($hook, [Sanitizer::class, 'sanitize']);
        }
    }
}
