<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Admin\CustomSettings;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Preview;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\GuardedOption;

/**
 * What the administrator of one site cannot decide about the users of the network.
 *
 * @group network
 */
final class SiteAdministratorTest extends SiteOfNetworkTestCase
{
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

    private function preview(): Preview
    {
        $claims = ['name' => 'A Visitor', 'organizations' => ['o1']];
        $outcome = (new Client())->expect(Preview::class, Operation::Preview, ['claims' => (object) $claims]);
        self::assertInstanceOf(Preview::class, $outcome);

        return $outcome;
    }
}
