<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Core\SettingsPlace;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\Request;

/**
 * Saves what the set-up page asks for, and leaves every other setting as it is. WordPress keeps what is wrong with it:
 * `get_settings_errors()`.
 */
final class Store
{
    /**
     * Saves what was posted for a provider; false if something is wrong with it.
     */
    public static function credentials(Provider $provider): bool
    {
        $submitted = [];
        foreach (Steps::fields($provider) as $name) {
            $submitted[$name] = Request::posted($name);
        }

        // Nobody is led away from a login page that worked until now: that is the last step.
        $is_new = !is_multisite() && !Settings::current()->is_configured();

        return self::save($submitted + ($is_new ? ['login_type' => LoginType::Buttons->value] : []));
    }

    /**
     * @param string $form_login `1` or `0`; empty to leave it as it is.
     */
    public static function login_page(string $type, string $form_login): bool
    {
        if (LoginType::tryFrom($type) === null) {
            return false;
        }

        if (!is_multisite()) {
            return self::save(['login_type' => $type] + ($form_login === '' ? [] : ['form_login' => $form_login]));
        }

        // The login page is the site's; passwords are the network's.
        update_option(StoredOptions::OPTION, ['login_type' => $type] + StoredOptions::split(StoredOptions::applied())['site']);

        return true;
    }

    /**
     * @param array<string, string> $submitted
     */
    private static function save(array $submitted): bool
    {
        // The login page, where the test is, has no notices of its own.
        require_once ABSPATH . 'wp-admin/includes/template.php';

        $place = is_multisite() && !StoredOptions::is_custom() ? SettingsPlace::of_network(is_form: true) : SettingsPlace::of_site(Manager::Network, is_form: true);
        $is_saved = Sanitizer::report($place->change($submitted), $submitted);
        Cache::clear();

        return $is_saved;
    }
}
