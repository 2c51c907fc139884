<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Core\SettingsPlace;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\StoredOptions;

/**
 * The settings that a command changes: those of the site, or of its network.
 */
final class SettingsTarget
{
    /**
     * @param array<array-key, mixed> $options
     */
    public static function place(array $options): SettingsPlace
    {
        if (isset($options['network'])) {
            return is_multisite() ? SettingsPlace::of_network() : \WP_CLI::error(__('This is not a network of sites.', 'logto-sign-in'));
        }

        return SettingsPlace::of_site(is_multisite() && !StoredOptions::is_custom() ? Manager::Site : Manager::Network);
    }

    /**
     * Changes settings, and ends with an error that names each one that was not accepted.
     *
     * @param array<string, mixed> $submitted
     */
    public static function change(SettingsPlace $place, array $submitted): void
    {
        $outcome = $place->change($submitted);
        if ($outcome instanceof Refused) {
            Output::fail($outcome->code);
        }

        foreach ($outcome->problems as $problem) {
            \WP_CLI::warning(sprintf('%s: %s [%s]', $problem->field, Catalog::of($problem->code)->message, $problem->code));
        }

        $outcome->problems === []
            ? \WP_CLI::success(__('The settings were saved.', 'logto-sign-in'))
            : \WP_CLI::error(__('Not every setting was accepted.', 'logto-sign-in'));
    }
}
