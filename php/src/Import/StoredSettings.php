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
 * The settings of Logto's own plugin as settings of this one, and the way back. A secret that an import replaces is not
 * kept for it: whoever goes back enters it again.
 */
final class StoredSettings
{
    /** What the settings were before an import without their secrets, and digests of these and of what it wrote. */
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
        $kept = Input::to_map(GuardedOption::get(self::OPTION));
        if ($kept === [] || !self::is_written($kept, $now)) {
            $kept = ['before' => array_map(Secrets::without(...), $now), 'secrets' => array_map(Secrets::digests(...), $now)];
        }

        $split = StoredOptions::split($values);
        $written = is_multisite() ? $split : ['site' => $values, 'network' => false];
        GuardedOption::update(self::OPTION, ['written' => Secrets::digest($written)] + $kept);
        if ($now !== $written) {
            StoredOptions::write($values);
            Cache::clear();
        }
    }

    /**
     * Puts the settings back, byte for byte, unless somebody has changed them since the import.
     *
     * @return bool Whether they are as they were, but for secrets that the import replaced.
     */
    public static function restore(): bool
    {
        $kept = Input::to_map(GuardedOption::get(self::OPTION));
        $now = self::now();
        GuardedOption::delete(self::OPTION);
        if ($kept === []) {
            return true;
        }

        $before = [];
        foreach ($now as $place => $settings) {
            $digests = Input::map(Input::map($kept, 'secrets'), $place);
            $before[$place] = Secrets::restored(Input::map($kept, 'before')[$place] ?? false, $digests, $settings);
        }

        if ($before === $now) {
            return true;
        }

        if (!self::is_written($kept, $now)) {
            return false;
        }

        self::put($before);
        Cache::clear();

        return true;
    }

    /**
     * What is stored for this site: its option, and on a network also what the network keeps for it.
     *
     * @return array{site: mixed, network: mixed}
     */
    private static function now(): array
    {
        return ['site' => StoredOptions::stored(), 'network' => is_multisite() ? GuardedOption::get(Settings::OPTION) : false];
    }

    /**
     * @param array<array-key, mixed> $kept
     * @param array<array-key, mixed> $now
     */
    private static function is_written(array $kept, array $now): bool
    {
        return Input::string($kept, 'written') === Secrets::digest($now);
    }

    /**
     * @param array<array-key, mixed> $before
     */
    private static function put(array $before): void
    {
        self::put_option($before['site'] ?? false);
        if (is_multisite()) {
            $custom = $before['network'] ?? false;
            $custom === false ? GuardedOption::delete(Settings::OPTION) : GuardedOption::update(Settings::OPTION, $custom);
        }
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
