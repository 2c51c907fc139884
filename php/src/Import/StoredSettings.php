<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\SettingsImport;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * The settings of Logto's own plugin as settings of this one, and the way back. A secret that an import replaces is not
 * kept for it: whoever goes back enters it again.
 */
final class StoredSettings
{
    /** What the settings were before an import, and digests of their secrets and of what it wrote. */
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
        if ($kept === [] || !self::is_written($kept, $now)) {
            $kept = ['before' => self::without_secrets($now), 'secrets' => self::digests($now)];
        }

        update_option(self::OPTION, ['written' => self::digest($values)] + $kept, false);
        if ($now !== $values) {
            update_option(Settings::OPTION, $values);
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
        $kept = Input::to_map(get_option(self::OPTION));
        $now = get_option(Settings::OPTION);
        delete_option(self::OPTION);
        if ($kept === []) {
            return true;
        }

        $before = self::with_secrets($kept['before'] ?? false, Input::map($kept, 'secrets'), Input::to_map($now));
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
     * @param array<array-key, mixed> $kept
     */
    private static function is_written(array $kept, mixed $now): bool
    {
        return Input::string($kept, 'written') === self::digest($now);
    }

    private static function without_secrets(mixed $settings): mixed
    {
        return is_array($settings) ? array_replace($settings, array_fill_keys(array_keys(self::digests($settings)), '')) : $settings;
    }

    /**
     * The settings with those secrets that are the same now.
     *
     * @param array<array-key, mixed> $digests
     * @param array<array-key, mixed> $now
     */
    private static function with_secrets(mixed $settings, array $digests, array $now): mixed
    {
        $same = array_intersect_key($now, array_intersect_assoc(self::digests($now), $digests));

        return is_array($settings) ? array_replace($settings, $same) : $settings;
    }

    /**
     * @return array<array-key, string> The digest of each secret that is there.
     */
    private static function digests(mixed $settings): array
    {
        return array_map(self::digest(...), array_intersect_key(Input::to_map($settings), array_flip(Defaults::SECRETS)));
    }

    /**
     * Tells whether a value is the same later, and nothing else about it.
     */
    private static function digest(mixed $value): string
    {
        return hash_hmac('sha256', serialize($value), wp_salt('auth'));
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
