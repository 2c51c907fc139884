<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\SettingsFile;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * Export and import of the settings as a file, on the tab “Advanced”.
 */
final class SettingsTransfer
{
    public const EXPORT = 'logto_sign_in_export';
    public const IMPORT = 'logto_sign_in_settings';

    /** The field with the file. */
    private const FILE = 'logto_file';

    public static function show(): void
    {
        printf('<h2>%s</h2><p>%s</p>', esc_html__('Export and import', 'logto-sign-in'), esc_html__('The file contains all settings except secrets. Importing changes only the settings in the file.', 'logto-sign-in'));
        RequestedPlace::open_form(self::EXPORT);
        submit_button(__('Export settings', 'logto-sign-in'), 'secondary', 'export', false);
        echo '</form>';
        RequestedPlace::open_form(self::IMPORT, has_file: true);
        printf('<p><label for="logto-file">%s</label></p><p><input type="file" id="logto-file" name="%s" accept=".json,application/json" required> ', esc_html__('Settings file', 'logto-sign-in'), esc_attr(self::FILE));
        submit_button(__('Import settings', 'logto-sign-in'), 'secondary', 'import', false);
        echo '</p></form>';
    }

    public static function export(): never
    {
        $file = SettingsFile::write(RequestedPlace::of_form(self::EXPORT)->stored());
        nocache_headers();
        header('Content-Type: application/json; charset=utf-8');
        header('Content-Disposition: attachment; filename="logto-sign-in-settings.json"');
        header('X-Content-Type-Options: nosniff');
        // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- a file of JSON, not a page
        echo $file;

        exit();
    }

    public static function import(): void
    {
        $place = RequestedPlace::of_form(self::IMPORT);
        $settings = SettingsFile::read(self::uploaded());
        if ($settings === null) {
            add_settings_error(Sanitizer::GROUP, 'logto_all', esc_html__('This is not a settings file of this plugin. Nothing was imported.', 'logto-sign-in'));
            RequestedPlace::back(Tab::Advanced, '');
        }

        $done = Sanitizer::report($place->change($settings), $settings);
        RequestedPlace::back(Tab::Advanced, $done ? __('Settings imported.', 'logto-sign-in') : '');
    }

    /**
     * The text of the file as far as it may be one of ours, or of a field in its place.
     */
    private static function uploaded(): string
    {
        $file = Input::map(Input::to_map($_FILES), self::FILE);
        $path = Input::string($file, 'tmp_name');

        // phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file that was uploaded, not an address
        return is_uploaded_file($path) ? (string) file_get_contents($path, false, null, 0, SettingsFile::MAX_BYTES + 1) : Request::posted(self::FILE);
    }
}
