<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\CustomSettings;
use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\StoredSettings;
use LogtoSignIn\Protocol\Outcome\SettingsImport;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Uninstall;

/**
 * What a site of a network decides, and what it does not.
 *
 * @group network
 */
final class CustomSettingsTest extends SiteOfNetworkTestCase
{
    public function test_a_sites_page_shows_its_administrator_what_they_may_change(): void
    {
        wp_set_current_user($this->site_admin()->ID);
        $html = self::page();

        preg_match_all('~name="logto_sign_in\[(\w+)\]~', $html, $names);
        self::assertEqualsCanonicalizing([...Defaults::OF_A_SITE, 'partial'], array_unique($names[1]));
        self::assertStringContainsString('The network administrators manage how people sign in to this site', $html);
        self::assertStringContainsString('action="options.php"', $html);
        foreach (['name="own"', 'name="inherit"', 'logto_sign_in_delete_identities', 'a very secret', 'logto-section-connection', 'logto-dingtalk-redirect'] as $absent) {
            self::assertStringNotContainsString($absent, $html);
        }

        foreach (Tab::of_manager(Manager::Site) as $tab) {
            preg_match_all('~id="([\w-]*logto[\w-]*)"~', self::tabs(SettingsPage::render(...), [$tab]), $ids);
            self::assertSame(array_unique($ids[1]), $ids[1], 'every id once');
        }
    }

    public function test_a_network_administrator_gives_a_site_custom_settings_and_takes_them_back(): void
    {
        wp_set_current_user($this->admin()->ID);
        self::assertStringContainsString('name="own"', self::page());
        self::submitted([CustomSettings::class, 'switch'], CustomSettings::SWITCH, ['own' => '1']);
        self::assertFalse(Settings::current()->is_configured(), 'they begin without the network’s secrets');
        $html = self::page();
        self::assertStringContainsString('name="logto_sign_in[endpoint]"', $html);
        self::assertStringContainsString('name="action" value="' . CustomSettings::SAVE . '"', $html);

        $form = [Settings::OPTION => self::OWN_PROVIDER + ['default_role' => 'editor']];
        self::assertStringContainsString('settings-updated', self::submitted([CustomSettings::class, 'save'], CustomSettings::SAVE, $form));
        self::assertSame(['https://own.example', 'own secret', 'editor'], array_map(Settings::current()->text(...), ['endpoint', 'app_secret', 'default_role']));
        self::assertEqualsCanonicalizing(Defaults::OF_A_SITE, array_keys(get_option(Settings::OPTION)), 'the secret is not in an option of the site');
        wp_set_current_user($this->site_admin()->ID);
        self::assertStringNotContainsString('name="logto_sign_in[endpoint]"', self::page());
        self::assertSame('died', self::submitted([CustomSettings::class, 'save'], CustomSettings::SAVE, $form));

        wp_set_current_user(get_user_by('login', 'boss')->ID);
        self::submitted([CustomSettings::class, 'switch'], CustomSettings::SWITCH, ['inherit' => '1']);
        self::assertSame(['http://127.0.0.1:9', 'editor'], array_map(Settings::current()->text(...), ['endpoint', 'default_role']));
    }

    public function test_a_site_goes_back_to_what_the_network_chose(): void
    {
        wp_set_current_user($this->site_admin()->ID);
        self::assertStringNotContainsString('name="reset"', self::page());
        update_option(Settings::OPTION, ['role_map' => 'boss = editor']);
        self::assertSame('boss = editor', Settings::current()->text('role_map'));
        self::assertStringContainsString('name="reset"', self::page());

        self::submitted([CustomSettings::class, 'switch'], CustomSettings::SWITCH, ['reset' => '1']);
        self::assertSame('staff = author', Settings::current()->text('role_map'));
    }

    public function test_a_provider_from_before_is_shown_and_applies_only_when_the_network_says_so(): void
    {
        // Version 0.1 kept everything in the site's option.
        $this->raw(self::OWN_PROVIDER);
        self::assertSame('http://127.0.0.1:9', Settings::current()->text('endpoint'));
        wp_set_current_user($this->site_admin()->ID);
        self::assertStringNotContainsString('own.example', self::page());
        wp_set_current_user($this->admin()->ID);
        self::assertStringContainsString('its own provider (https://own.example)', self::page());

        self::submitted([CustomSettings::class, 'switch'], CustomSettings::SWITCH, ['own' => '1']);
        self::assertSame(['https://own.example', true], [Settings::current()->text('endpoint'), Settings::current()->flag('link_by_email')]);
    }

    /**
     * Fault S2, its kind, and S8: an import wrote the network's secrets into the option of a site.
     */
    public function test_fault_s2_an_import_takes_nothing_from_the_network(): void
    {
        update_site_option(StoredOptions::NETWORK_OPTION, ['dingtalk_client_id' => 'ding', 'dingtalk_client_secret' => 'a DingTalk secret'] + self::SETTINGS);
        $theirs = ['endpoint' => 'https://theirs.example', 'appId' => 'theirs', 'appSecret' => 'secret of theirs'];
        add_filter('pre_option_' . LogtoPlugin::OPTION, static fn() => $theirs);
        $converted = StoredSettings::convert();
        self::assertInstanceOf(SettingsImport::class, $converted);

        StoredSettings::write($converted->values);
        self::assertSame('https://theirs.example', Settings::current()->text('endpoint'));
        self::assertSame(['', ''], [Settings::current()->text('dingtalk_client_id'), Settings::current()->text('dingtalk_client_secret')]);
        self::assertStringNotContainsString('secret', (string) wp_json_encode([get_option(Settings::OPTION), get_option(StoredSettings::OPTION)]));
        self::assertTrue(StoredSettings::restore());
        self::assertSame([false, false], [get_option(Settings::OPTION), GuardedOption::get(Settings::OPTION)]);
    }

    public function test_a_deleted_site_leaves_no_secret(): void
    {
        $site = get_site(2);
        self::assertInstanceOf(\WP_Site::class, $site);
        update_site_option(GuardedOption::name(Settings::OPTION, 2), self::OWN_PROVIDER);
        self::assertNotFalse(has_action('wp_delete_site', [Uninstall::class, 'of_deleted_site']));

        Uninstall::of_deleted_site($site);
        self::assertFalse(get_site_option(GuardedOption::name(Settings::OPTION, 2)));
    }
}
