<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\Request;

/**
 * Saves what the set-up page asks for, and leaves every other setting as it is.
 */
final class Store
{
    /**
     * @return string What there is to tell.
     */
    public static function credentials(Provider $provider): string
    {
        $submitted = [];
        foreach (Steps::fields($provider) as $name) {
            $submitted[$name] = Request::posted($name);
        }

        // Nobody is led away from a login page that worked until now: that is the last step.
        $is_new = !Settings::current()->is_configured();
        if (!self::save($submitted + ($is_new && !is_multisite() ? ['login_type' => 'buttons'] : []))) {
            return '';
        }

        return 'setup_saved';
    }

    /**
     * @return string What there is to tell.
     */
    public static function login_page(string $type, string $form_login): string
    {
        if (LoginType::tryFrom($type) === null) {
            return '';
        }

        if (is_multisite()) {
            // The login page is the site's; passwords are the network's.
            update_option(StoredOptions::OPTION, ['login_type' => $type] + StoredOptions::split(StoredOptions::applied())['site']);

            return 'setup_turned_on';
        }

        return self::save(['login_type' => $type] + ($form_login === '' ? [] : ['form_login' => $form_login])) ? 'setup_turned_on' : '';
    }

    /**
     * @param array<string, string> $submitted
     */
    private static function save(array $submitted): bool
    {
        $of_network = is_multisite() && !StoredOptions::is_custom();
        $stored = $of_network ? StoredOptions::of_network() : StoredOptions::own();
        $values = Sanitizer::clean($submitted + $stored, new Settings($stored), Manager::Network, is_form: true);
        if ($values !== null) {
            $of_network ? update_site_option(StoredOptions::NETWORK_OPTION, $values) : StoredOptions::write($values);
            Cache::clear();
        }

        $errors = get_settings_errors();
        if ($errors !== []) {
            set_transient('settings_errors', $errors, 30);
        }

        return $values !== null && $errors === [];
    }
}
