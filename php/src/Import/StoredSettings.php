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
use LogtoSignIn\Support\Input;

/**
 * The settings of Logto's own plugin as settings of this one, and the way back.
 */
final class StoredSettings
{
    /** What the settings were before an import, and what it wrote. */
    public const OPTION = 'logto_sign_in_before_import';

    /**
     * What an import would make of them.
     */
    public static function convert(): SettingsImport|Refused
    {
        return (new Client())->expect(SettingsImport::class, Operation::ImportSettings, [
            'logto_plugin' => (object) LogtoPlugin::options(),
            'other_endpoints' => LogtoPlugin::other_endpoints(),
        ]);
    }

    /**
     * Stores the core's values. A second import keeps the way back of the first, unless somebody has changed the
     * settings in between.
     *
     * @param array<array-key, mixed> $values
     */
    public static function write(array $values): void
    {
        $now = get_option(Settings::OPTION);
        $kept = Input::to_map(get_option(self::OPTION));
        if ($kept === [] || $kept['written'] !== $now) {
            $kept = ['before' => $now];
        }

        update_option(self::OPTION, ['before' => $kept['before'] ?? false, 'written' => $values], false);
        if ($now !== $values) {
            update_option(Settings::OPTION, $values);
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
        $kept = Input::to_map(get_option(self::OPTION));
        $now = get_option(Settings::OPTION);
        delete_option(self::OPTION);
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
     * Past the cleaning: what was stored need not be what it makes of it.
     */
    private static function put(mixed $before): void
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
