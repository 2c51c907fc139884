<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Request;

/**
 * What a site of a network has instead of the network's settings. Its administrators change what concerns the site alone.
 * The network's administrators may give it custom settings: a provider and accounts of its own.
 */
final class CustomSettings
{
    public const SAVE = 'logto_sign_in_custom';
    public const SWITCH = 'logto_sign_in_network';

    /**
     * Whose settings the page of the current site shows.
     */
    public static function manager(): Manager
    {
        return !is_multisite() || StoredOptions::is_custom() && Access::network_allows() ? Manager::Network : Manager::Site;
    }

    public static function switch(): void
    {
        if (Request::reads() || !is_multisite() || !current_user_can('manage_options')) {
            Access::deny();
        }

        check_admin_referer(self::SWITCH);
        if (Request::posted('own') . Request::posted('inherit') !== '' && !Access::network_allows()) {
            Access::deny();
        }

        match (true) {
            Request::posted('own') !== '' => self::begin(),
            Request::posted('inherit') !== '' => GuardedOption::delete(Settings::OPTION),
            Request::posted('reset') !== '' => delete_option(Settings::OPTION),
            default => null,
        };
        Cache::clear();
        NetworkPage::back(admin_url('admin.php?settings-updated=true&page=' . SettingsPage::SLUG));
    }

    /**
     * Saves the page of a site that has custom settings.
     */
    public static function save(): void
    {
        if (Request::reads() || !current_user_can('manage_options') || !Access::network_allows() || !StoredOptions::is_custom()) {
            Access::deny();
        }

        check_admin_referer(self::SAVE);
        $values = Sanitizer::clean(Request::form(Settings::OPTION), new Settings(StoredOptions::own()), Manager::Network);
        if ($values !== null) {
            StoredOptions::write($values);
        }

        NetworkPage::back(NetworkPage::after(admin_url('admin.php')));
    }

    /**
     * Custom settings begin empty: the network's secrets must not reach an endpoint that is entered here.
     */
    private static function begin(): void
    {
        if (!StoredOptions::is_custom()) {
            GuardedOption::update(Settings::OPTION, StoredOptions::of_version_0_1());
        }
    }
}
