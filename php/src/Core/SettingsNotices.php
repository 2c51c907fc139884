<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Problem;
use LogtoSignIn\Settings\Labels;
use LogtoSignIn\Support\Log;

/**
 * Tells what of submitted settings was not saved: as notices of the Settings API, or in the log where there is no page.
 */
final class SettingsNotices
{
    /** @var list<string> What was told in this request. */
    public static array $told = [];

    /**
     * Nothing was saved, because the core could not judge it.
     */
    public static function unchanged(string $code): void
    {
        self::tell('all', Catalog::of($code)->message . ' ' . __('The settings were not changed.', 'logto-sign-in'));
    }

    public static function problem(Problem $problem): void
    {
        self::tell($problem->field, self::words($problem));
    }

    /**
     * The message names the setting where there is no field that it could be read beside.
     */
    private static function words(Problem $problem): string
    {
        $message = Catalog::of($problem->code)->message;

        return in_array($problem->code, ['setting_managed_by_network', 'setting_unknown'], true) ? Labels::of($problem->field) . ': ' . $message : $message;
    }

    /**
     * One notice for each field: the second pass has nothing to add.
     */
    private static function tell(string $field, string $message): void
    {
        self::$told[] = Labels::of($field) . ': ' . $message;
        if (!function_exists('add_settings_error')) {
            Log::write('settings', $field . ': ' . $message);

            return;
        }

        $code = 'logto_' . $field;
        if (!in_array($code, array_column(get_settings_errors(Sanitizer::GROUP), 'code'), true)) {
            add_settings_error(Sanitizer::GROUP, $code, esc_html($message));
        }
    }
}
