<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Input;

/**
 * Where the settings are stored, and which of them apply.
 *
 * A single site has one option, `logto_sign_in`. On a network there are three places:
 *
 * - the network's option, with every setting;
 * - the row that the network keeps for a site to which it gave custom settings;
 * - the site's own `logto_sign_in`, of which only the settings that concern the site alone count.
 *
 * So nothing that a site's administrators can write decides about the network's users.
 */
final class StoredOptions
{
    public const OPTION = 'logto_sign_in';

    /** What the network's administrators have chosen for all sites. */
    public const NETWORK_OPTION = 'logto_sign_in_network';

    /**
     * @return array<array-key, mixed>
     */
    public static function of_network(): array
    {
        return Input::to_map(get_site_option(self::NETWORK_OPTION));
    }

    /**
     * What applies on the current site.
     *
     * @return array<array-key, mixed>
     */
    public static function applied(): array
    {
        if (!is_multisite()) {
            return Input::to_map(get_option(self::OPTION));
        }

        $network = self::of_network();
        $decided = self::is_custom() ? self::custom() : $network;

        return self::of_site() + $decided + self::split($network)['site'];
    }

    /**
     * What was chosen for the current site alone, without what it takes over from its network.
     *
     * @return array<array-key, mixed>
     */
    public static function own(): array
    {
        return is_multisite() ? self::of_site() + self::custom() : Input::to_map(get_option(self::OPTION));
    }

    /**
     * Whether the network's administrators gave the current site custom settings.
     */
    public static function is_custom(): bool
    {
        return is_multisite() && GuardedOption::get(self::OPTION) !== false;
    }

    /**
     * What the option of a site still holds from version 0.1, when it decided about users too. It does not apply.
     *
     * @return array<array-key, mixed>
     */
    public static function of_version_0_1(): array
    {
        return is_multisite() ? self::split(Input::to_map(get_option(self::OPTION)))['network'] : [];
    }

    /**
     * Stores what was chosen for the current site alone, each setting in its place.
     *
     * @param array<array-key, mixed> $values Values of the core.
     */
    public static function write(array $values): void
    {
        if (!is_multisite()) {
            update_option(self::OPTION, $values);

            return;
        }

        ['site' => $of_site, 'network' => $of_network] = self::split($values);
        update_option(self::OPTION, $of_site);
        GuardedOption::update(self::OPTION, $of_network);
    }

    /**
     * The site's option as the database has it. A plugin that changes what `get_option()` gives has changed nothing there.
     */
    public static function stored(): mixed
    {
        $filters = ['pre_option_' . self::OPTION, 'option_' . self::OPTION, 'default_option_' . self::OPTION];
        // @mago-expect lint:no-global - WordPress keeps its hooks there
        $hooks = &$GLOBALS['wp_filter'];
        $kept = array_intersect_key(Input::to_map($hooks), array_flip($filters));
        $hooks = array_diff_key(Input::to_map($hooks), $kept);
        try {
            return get_option(self::OPTION);
        } finally {
            $hooks = $kept + Input::to_map($hooks);
        }
    }

    /**
     * The settings by who may change them on a network.
     *
     * @param array<array-key, mixed> $values
     *
     * @return array{site: array<array-key, mixed>, network: array<array-key, mixed>}
     */
    public static function split(array $values): array
    {
        $of_a_site = array_fill_keys(Defaults::OF_A_SITE, true);

        return ['site' => array_intersect_key($values, $of_a_site), 'network' => array_diff_key($values, $of_a_site)];
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function of_site(): array
    {
        return self::split(Input::to_map(get_option(self::OPTION)))['site'];
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function custom(): array
    {
        return self::split(Input::to_map(GuardedOption::get(self::OPTION)))['network'];
    }
}
