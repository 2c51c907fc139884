<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Admin\CustomSettings;
use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\StoredSettings;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Preview;
use LogtoSignIn\Protocol\Outcome\SettingsImport;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Tests\TestCase;
use LogtoSignIn\Uninstall;

/**
 * What a site of a network decides, and what it does not.
 *
 * @group network
 */
final class CustomSettingsTest extends TestCase
{
    private const OWN_PROVIDER = ['endpoint' => 'https://own.example', 'app_id' => 'own', 'app_secret' => 'own secret', 'link_by_email' => '1'];

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store(false);
        update_site_option(StoredOptions::NETWORK_OPTION, ['role_map' => 'staff = author', 'avatar' => true] + self::SETTINGS);
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));
        add_filter('wp_die_handler', static fn() => static fn() => throw new \RuntimeException('died'));
        add_filter('send_auth_cookies', '__return_false');
        $_SERVER['REQUEST_METHOD'] = 'POST';
    }

    protected function tearDown(): void
    {
        delete_site_option(StoredOptions::NETWORK_OPTION);
        parent::tearDown();
    }

    /**
     * Fault S2: a site's administrator entered a provider of their own and `link_by_email`, and became editor of other
     * sites of the network.
     */
    public function test_fault_s2_a_provider_that_a_site_enters_signs_nobody_in(): void
    {
        wp_set_current_user($this->site_admin()->ID);
        update_option(Settings::OPTION, self::OWN_PROVIDER + ['default_role' => 'editor']);

        self::assertSame(['http://127.0.0.1:9', 'a very secret secret', false], [
            Settings::current()->text('endpoint'),
            Settings::current()->text('app_secret'),
            Settings::current()->flag('link_by_email'),
        ]);
        self::assertSame('editor', Settings::current()->text('default_role'));
        self::assertEqualsCanonicalizing(Defaults::OF_A_SITE, array_keys(get_option(Settings::OPTION)));
        $errors = array_column(get_settings_errors(), 'message', 'code');
        self::assertSame(['logto_endpoint', 'logto_app_id', 'logto_app_secret', 'logto_link_by_email'], array_keys($errors));
        self::assertSame('Logto endpoint: The network administrators manage this setting. It was not changed.', $errors['logto_endpoint']);
    }

    /**
     * Fault S2: what a site's administrator cannot save with the form, an import of options or another plugin could
     * still write.
     */
    public function test_fault_s2_a_row_in_the_database_of_a_site_signs_nobody_in(): void
    {
        $this->raw(self::OWN_PROVIDER + ['dingtalk_client_id' => 'own', 'dingtalk_client_secret' => 'own', 'default_role' => 'editor', 'avatar' => false]);

        self::assertSame(self::SETTINGS, array_intersect_key(Settings::current()->stored, self::SETTINGS));
        self::assertFalse(Settings::current()->has_dingtalk());
        self::assertFalse(Settings::current()->flag('link_by_email'));
        self::assertSame(['editor', false, 'staff = author'], [Settings::current()->text('default_role'), Settings::current()->flag('avatar'), Settings::current()->text('role_map')]);
    }

    /**
     * Fault S2: a site's `site_map` made anybody a member of any site.
     */
    public function test_fault_s2_a_site_maps_no_organization_to_sites(): void
    {
        $this->raw(['site_map' => 'o1 = 2']);

        self::assertSame([], $this->preview()->sites);
        update_site_option(StoredOptions::NETWORK_OPTION, ['site_map' => 'o1 = 2'] + self::SETTINGS);
        self::assertSame([2], $this->preview()->sites);
    }

    /**
     * Fault S2: `form_login` that the main site had turned off, and `required_organizations`, were bypassed by signing in
     * at another site.
     */
    public function test_fault_s2_no_site_is_a_way_around_the_networks_rules(): void
    {
        update_site_option(StoredOptions::NETWORK_OPTION, ['form_login' => false, 'required_organizations' => 'o2'] + self::SETTINGS);
        foreach ([1, 2] as $site) {
            switch_to_blog($site);
            $this->raw(['form_login' => true, 'required_organizations' => '', 'remember_session' => false]);
            $found = [PasswordLogin::is_available(), $this->preview()->refused, Settings::current()->flag('remember_session')];
            delete_option(Settings::OPTION);
            restore_current_blog();

            self::assertSame([false, 'organization_required', true], $found, "site {$site}");
        }
    }

    /**
     * Fault S2: a site's administrator added somebody who waits at another site to their own, and approved the account.
     */
    public function test_fault_s2_a_site_approves_nobody_who_waits_at_the_network(): void
    {
        $mails = [];
        add_filter('pre_wp_mail', static function (mixed $done, array $mail) use (&$mails): bool {
            $mails[] = $mail['to'];

            return true;
        }, 10, 2);
        add_filter('site_option_admin_email', static fn() => 'network@example.org');
        $waiting = NewUser::create(self::create_user(['pending' => true, 'roles' => ['subscriber']]))->user_id;
        self::assertSame(['network@example.org'], $mails);

        wp_set_current_user($this->site_admin()->ID);
        self::assertSame(['done' => 0, 'denied' => 1], Approval::approve_all([$waiting]));
        self::assertTrue(UserMeta::is_pending($waiting));
        wp_set_current_user($this->admin()->ID);
        self::assertSame(['done' => 1, 'denied' => 0], Approval::approve_all([$waiting]));
    }

    /**
     * Fault S2, its kind: a role may hold any capability that a plugin puts into it, on one site.
     */
    public function test_fault_s2_capabilities_of_one_site_do_not_reach_the_network(): void
    {
        $user = $this->user('somebody');
        Identities::link(self::identity(), $user->ID);
        switch_to_blog(2);
        $site_admin = $this->site_admin();
        foreach (['manage_network_options', 'manage_network_users', 'edit_users'] as $capability) {
            $site_admin->add_cap($capability);
        }

        add_user_to_blog(2, $user->ID, 'subscriber');
        wp_set_current_user($site_admin->ID);
        $found = [current_user_can('manage_network_options'), Access::network_allows(), AdminLink::current_user_can_change($user->ID)];
        $page = self::page();
        $died = self::submitted([CustomSettings::class, 'switch'], CustomSettings::SWITCH, ['own' => '1']);
        restore_current_blog();

        self::assertSame([true, false, false], $found);
        self::assertStringNotContainsString('name="own"', $page);
        self::assertSame('died', $died);
        self::assertFalse(get_site_option(GuardedOption::name(Settings::OPTION, 2)));
    }

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

    private function site_admin(): \WP_User
    {
        return $this->user('site-admin', 'administrator');
    }

    /**
     * Writes the site's option past every filter.
     *
     * @param array<string, mixed> $values
     */
    private function raw(array $values): void
    {
        remove_all_filters('sanitize_option_' . Settings::OPTION);
        update_option(Settings::OPTION, $values);
    }

    /**
     * Logto › Settings, as the current user sees it.
     */
    private static function page(): string
    {
        return self::tabs(SettingsPage::render(...));
    }

    private function preview(): Preview
    {
        $claims = ['name' => 'A Visitor', 'organizations' => ['o1']];
        $outcome = (new Client())->expect(Preview::class, Operation::Preview, ['claims' => (object) $claims]);
        self::assertInstanceOf(Preview::class, $outcome);

        return $outcome;
    }
}
