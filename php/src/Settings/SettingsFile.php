<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

/**
 * Settings as a file, to move them to another site or to keep them. Secrets are never in it.
 */
final class SettingsFile
{
    /** The longest file that is read. The settings of a site with every list full are shorter. */
    public const MAX_BYTES = 262_144;

    /** What names the file's kind. */
    private const PLUGIN = 'logto-sign-in';

    /**
     * @param array<array-key, mixed> $settings As they are stored.
     *
     * @return string JSON, with a line for each setting.
     */
    public static function write(array $settings): string
    {
        $known = array_intersect_key($settings, Defaults::SECTIONS);
        $public = array_diff_key($known, array_flip(Defaults::SECRETS));
        $options = JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;

        return (string) wp_json_encode(['plugin' => self::PLUGIN, 'settings' => (object) $public], $options) . "\n";
    }

    /**
     * @return array<string, bool|float|int|string>|null The settings in a file, which the core has yet to judge; null when
     *                                                   it is not such a file.
     */
    public static function read(string $json): null|array
    {
        $file = strlen($json) <= self::MAX_BYTES ? json_decode($json, true, 4) : null;
        $settings = is_array($file) && ($file['plugin'] ?? null) === self::PLUGIN ? $file['settings'] ?? null : null;
        if (!is_array($settings)) {
            return null;
        }

        $read = [];
        foreach ($settings as $name => $value) {
            if (!is_string($name) || !is_scalar($value)) {
                return null;
            }

            $read[$name] = $value;
        }

        return $read;
    }
}
