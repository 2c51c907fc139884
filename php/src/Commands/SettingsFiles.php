<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Settings\SettingsFile;
use LogtoSignIn\Support\Input;

/**
 * `wp logto settings export` and `import`
 */
final class SettingsFiles
{
    /**
     * Prints the settings as JSON, without secrets.
     *
     * ## OPTIONS
     *
     * [--network]
     * : The settings of the network.
     *
     * ## EXAMPLES
     *
     *     wp logto settings export > ~/settings
     *
     * @param array<array-key, mixed> $_
     * @param array<array-key, mixed> $options
     */
    public static function export(array $_, array $options): void
    {
        \WP_CLI::line(rtrim(SettingsFile::write(SettingsTarget::place($options)->stored())));
    }

    /**
     * Changes the settings that a file of `wp logto settings export` has. The others and the secrets stay.
     *
     * ## OPTIONS
     *
     * [<file>]
     * : The file; without one, standard input.
     *
     * [--network]
     * : The settings of the network.
     *
     * ## EXAMPLES
     *
     *     wp logto settings import ~/settings
     *
     * @param array<array-key, mixed> $arguments
     * @param array<array-key, mixed> $options
     */
    public static function import(array $arguments, array $options): void
    {
        $file = Input::string($arguments, '0');
        $settings = SettingsFile::read(match (true) {
            $file === '' => Input::to_string(\WP_CLI::get_value_from_arg_or_stdin([], 0)),
            // phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file that the command names
            is_file($file) && is_readable($file) => (string) file_get_contents($file),
            default => '',
        });
        if ($settings === null) {
            \WP_CLI::error(__('This is not a settings file of Logto Sign-In. Nothing was changed.', 'logto-sign-in'));
        }

        SettingsTarget::change(SettingsTarget::place($options), $settings);
    }
}
