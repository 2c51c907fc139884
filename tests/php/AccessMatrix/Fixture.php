<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\AccessMatrix;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Import\StoredSettings;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Tables;

/**
 * A site that has chosen for itself, in a network that has chosen the rest, and everything that is stored there.
 */
trait Fixture
{
    /**
     * A site that has chosen for itself, in a network that has chosen the rest.
     */
    private static function set_up_site(): void
    {
        // As the core cleans them: saving them again changes nothing.
        $settings = Sanitizer::clean(['default_role' => 'editor'] + self::SETTINGS, new Settings([]), Manager::Network) ?? [];
        if (is_multisite()) {
            update_site_option(StoredOptions::NETWORK_OPTION, $settings);
        }

        update_option(Settings::OPTION, $settings);
        update_option(LoginPath::OPTION, LoginPath::LOGIN_PAGE);
        delete_site_option(Proof::OPTION);
        Proof::all();
        update_option(LogtoPlugin::OPTION, ['endpoint' => 'https://theirs.example', 'appId' => 'theirs', 'appSecret' => 'theirs']);
    }

    private static function clean(): void
    {
        foreach ([Run::OPTION, StoredSettings::OPTION, Settings::OPTION] as $name) {
            GuardedOption::delete($name);
        }

        foreach ([Settings::OPTION, Settings::DELETE_IDENTITIES_OPTION, LogtoPlugin::OPTION, LoginPath::OPTION] as $name) {
            delete_option($name);
        }

        delete_transient('settings_errors');
        $GLOBALS['wp_settings_errors'] = [];
        Tables::database()->delete(Tables::identities(), ['issuer' => self::ISSUER]);
    }

    /**
     * What the plugin has stored: everywhere in the network, and about every user.
     *
     * @return list<mixed>
     */
    private static function state(): array
    {
        $database = Tables::database();
        $state = [];
        $sites = is_multisite() ? [self::OWN_SITE, self::OTHER_SITE] : [self::OWN_SITE];
        foreach ($sites as $site) {
            $options = is_multisite() ? $database->get_blog_prefix($site) . 'options' : $database->options;
            // What was cached of the provider or found by a check decides nothing, and a web server's note about its salts neither.
            $state[] = $database->get_results("SELECT option_name, option_value FROM {$options} WHERE option_name LIKE '%logto%' AND option_name NOT LIKE '%transient%' AND option_name NOT IN ('logto_sign_in_nodes', 'logto_sign_in_last_check') ORDER BY option_name", ARRAY_A);
        }

        $state[] = is_multisite() ? $database->get_results("SELECT meta_key, meta_value FROM {$database->sitemeta} WHERE meta_key LIKE 'logto%' ORDER BY meta_key", ARRAY_A) : [];
        $state[] = $database->get_results('SELECT subject, user_id FROM ' . Tables::identities() . ' ORDER BY subject', ARRAY_A);
        $state[] = $database->get_results("SELECT user_id, meta_key, meta_value FROM {$database->usermeta} WHERE meta_key LIKE 'logto%' OR meta_key LIKE '%capabilities' ORDER BY umeta_id", ARRAY_A);
        $state[] = $database->get_results("SELECT ID, user_login, user_email, user_pass FROM {$database->users} ORDER BY ID", ARRAY_A);

        return $state;
    }
}
