<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Input;

/**
 * Takes submitted settings in, whoever submits them: the page, WP-CLI, an import. The core cleans and judges them.
 */
final class Sanitizer
{
    /** Group of the Settings API. */
    public const GROUP = 'logto_sign_in';

    /** Member of a form that has some of the settings: those that it does not have stay as they are. */
    public const PARTIAL = 'partial';

    /** Member of a form that removes the credentials of the provider that it names. */
    public const DISCONNECT = 'disconnect';

    /** @var array{Manager, array<array-key, mixed>}|null What the core last gave to be stored, and for whom. */
    private static null|array $clean = null;

    /**
     * What a site's option `logto_sign_in` stores, whoever writes it. On a network, that option has no place for what
     * the network manages: a network's administrators write it with `StoredOptions::write()`.
     *
     * @return array<array-key, mixed>
     */
    public static function sanitize(mixed $submitted): array
    {
        $manager = is_multisite() ? Manager::Site : Manager::Network;
        if (is_array($submitted) && self::$clean === [$manager, $submitted]) {
            // WordPress sanitizes twice when an option is saved for the first time, and cleaning again changes nothing.
            return $submitted;
        }

        $stored = Input::to_map(get_option(Settings::OPTION));
        $told = count(SettingsNotices::$told);
        $values = self::clean($submitted, is_multisite() ? Settings::current() : new Settings($stored), $manager);

        $problems = array_slice(SettingsNotices::$told, $told);
        if ($problems !== [] && Constants::flag('WP_CLI') === true) {
            // Otherwise the command says that it was successful, and the reason is nowhere.
            \WP_CLI::error(implode("\n", $problems) . "\n" . __('The settings were not changed.', 'logto-sign-in'));
        }

        return $values ?? $stored;
    }

    /**
     * Idempotent, since WordPress sanitizes twice when an option is saved for the first time.
     *
     * @param Settings $settings What applies until now, and stays where something is wrong.
     *
     * @return array<array-key, mixed>|null What to store of the settings that this manager may change; null when the core
     *                                      cannot say, and everything stays as it is.
     */
    public static function clean(mixed $submitted, Settings $settings, Manager $manager): null|array
    {
        $submitted = self::lists(Input::to_map($submitted));
        $outcome = self::judge($submitted, $settings, $manager);
        self::report($outcome, $submitted);

        return $outcome instanceof Outcome\Refused ? null : $outcome->values;
    }

    /**
     * Tells what was not saved, and keeps it for its field.
     *
     * @param array<array-key, mixed> $submitted
     *
     * @return bool Whether everything was saved.
     */
    public static function report(Outcome\Settings|Outcome\Refused $outcome, array $submitted): bool
    {
        if ($outcome instanceof Outcome\Refused) {
            RefusedInput::keep_all($submitted, $outcome->code);
            SettingsNotices::unchanged($outcome->code);

            return false;
        }

        RefusedInput::keep($submitted, $outcome->problems);
        array_map(SettingsNotices::problem(...), $outcome->problems);

        return $outcome->problems === [];
    }

    /**
     * What the core says of a form. Nothing is stored, and nobody is told.
     *
     * @param array<array-key, mixed> $submitted Also with the members of this class.
     */
    public static function judge(array $submitted, Settings $settings, Manager $manager): Outcome\Settings|Outcome\Refused
    {
        $input = [
            'submitted' => (object) array_diff_key(self::lists($submitted), [self::PARTIAL => true, self::DISCONNECT => true]),
            'manager' => $manager,
            'partial' => isset($submitted[self::PARTIAL]),
            'disconnect' => Provider::tryFrom(Input::string($submitted, self::DISCONNECT)),
        ];
        $outcome = (new Client())->expect(Outcome\Settings::class, Operation::CheckSettings, $input, $settings);
        if ($outcome instanceof Outcome\Refused) {
            return $outcome;
        }

        self::$clean = [$manager, $outcome->values];
        if ($manager === Manager::Network && Input::string($outcome->values, 'endpoint') !== $settings->text('endpoint')) {
            Cache::clear();
        }

        return $outcome;
    }

    /**
     * A row that was taken out of the mapping leaves a gap in the numbers, and the core reads a list.
     *
     * @param array<array-key, mixed> $submitted
     *
     * @return array<array-key, mixed>
     */
    private static function lists(array $submitted): array
    {
        return is_array($submitted['role_map'] ?? null) ? ['role_map' => array_values($submitted['role_map'])] + $submitted : $submitted;
    }
}
