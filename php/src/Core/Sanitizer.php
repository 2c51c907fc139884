<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Takes submitted settings in, whoever submits them: the page, WP-CLI, an import. The core cleans and judges them.
 */
final class Sanitizer
{
    /** Group of the Settings API. */
    public const GROUP = 'logto_sign_in';

    /**
     * Never over the network's settings: their secrets must not reach an endpoint that a site's admin enters.
     *
     * @return array<array-key, mixed>
     */
    public static function sanitize(mixed $submitted): array
    {
        return self::clean($submitted, new Settings(Input::to_map(get_option(Settings::OPTION))));
    }

    /**
     * Idempotent, since WordPress sanitises twice when an option is saved for the first time. Without an answer of
     * the core, the old value stays.
     *
     * @return array<array-key, mixed>
     */
    public static function clean(mixed $submitted, Settings $settings): array
    {
        $stored = $settings->stored;
        $submitted = Input::to_map($submitted);
        if (is_array($submitted['role_map'] ?? null)) {
            // A row that was taken out leaves a gap in the numbers, and the core reads a list.
            $submitted['role_map'] = array_values($submitted['role_map']);
        }

        $outcome = (new Client())->expect(Outcome\Settings::class, Operation::CheckSettings, ['submitted' => (object) $submitted], $settings);
        if ($outcome instanceof Outcome\Refused) {
            self::tell('all', Catalog::of($outcome->code)->message . ' ' . __('The settings were not changed.', 'logto-sign-in'));

            return $stored;
        }

        foreach ($outcome->problems as $problem) {
            self::tell($problem->field, Catalog::of($problem->code)->message);
        }

        if (Input::string($outcome->values, 'endpoint') !== Input::string($stored, 'endpoint')) {
            Cache::clear();
        }

        return $outcome->values;
    }

    /**
     * One notice for each field: the second pass has nothing to add.
     */
    private static function tell(string $field, string $message): void
    {
        if (!function_exists('add_settings_error')) {
            Log::write('settings', $field . ': ' . $message);

            return;
        }

        $code = 'logto_' . $field;
        if (!in_array($code, array_column(get_settings_errors(self::GROUP), 'code'), true)) {
            add_settings_error(self::GROUP, $code, esc_html($message));
        }
    }
}
