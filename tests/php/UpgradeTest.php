<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Tables;

/**
 * A site with the data of version 0.1.0, after the files of this version have replaced its own.
 */
final class UpgradeTest extends TestCase
{
    /** What version 0.1.0 stored for a site that signs in through Logto and DingTalk. */
    private const SETTINGS_0_1 = self::SETTINGS + [
        'scope' => 'roles',
        'connectors' => "social:dingtalk\ndirect:dingtalk = DingTalk",
        'dingtalk_client_id' => 'ding',
        'dingtalk_client_secret' => 'another secret',
        'role_map' => 'staff = editor',
        'form_login' => true,
        'link_by_email' => true,
    ];

    private const SUBJECT = 'who signed in with 0.1.0';

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS_0_1);
        delete_site_option(Proof::OPTION);
        $this->make_tables_of_0_1();
    }

    protected function tearDown(): void
    {
        Tables::drop_used_states();
        Tables::upgrade();
        parent::tearDown();
    }

    public function test_identities_grants_and_used_states_stay(): void
    {
        $user = $this->user_of_0_1();

        Tables::upgrade();

        self::assertSame($user->ID, Identities::find_user(self::known_identity()));
        $facts = AccountFacts::of($user->ID, self::known_identity()->issuer_hash);
        self::assertSame([['editor'], ['editor']], [$facts->roles, $facts->granted_roles], 'the role stays the mapping’s gift');
        self::assertSame(StateUse::Repeated, UsedStates::mark('used with 0.1.0', time() + 60));
    }

    public function test_an_account_that_waits_for_approval_still_waits(): void
    {
        $user = $this->user_of_0_1();
        update_user_meta($user->ID, UserMeta::PENDING, '1');
        update_user_meta($user->ID, UserMeta::PENDING_ROLES, ['author']);

        Tables::upgrade();

        self::assertTrue(AccountFacts::of($user->ID, self::known_identity()->issuer_hash)->pending);
        self::assertInstanceOf(\WP_Error::class, apply_filters('wp_authenticate_user', $user, ''));
    }

    public function test_nobody_has_to_set_up_again(): void
    {
        $settings = Settings::current();

        self::assertSame([Provider::Logto, Provider::Dingtalk], array_values(Provider::configured($settings)));
        self::assertNotNull(Proof::of(Provider::Logto, $settings), 'visitors go straight to the provider, as before');
        self::assertNotNull(Proof::of(Provider::Dingtalk, $settings));
    }

    /**
     * A second request, or a second node, that finds the work done.
     */
    public function test_a_second_upgrade_changes_nothing(): void
    {
        $user = $this->user_of_0_1();
        Tables::upgrade();
        $before = Tables::database()->get_results('SELECT * FROM ' . Tables::identities(), ARRAY_A);

        Tables::create();

        self::assertSame($before, Tables::database()->get_results('SELECT * FROM ' . Tables::identities(), ARRAY_A));
        self::assertSame($user->ID, Identities::find_user(self::known_identity()));
    }

    private function user_of_0_1(): \WP_User
    {
        $user = $this->user('of-0-1', 'editor');
        update_user_meta($user->ID, UserMeta::GRANTED_ROLES, [get_current_blog_id() => ['editor']]);
        $identity = self::known_identity();
        Tables::database()->insert(Tables::identities(), [
            'issuer_hash' => $identity->issuer_hash,
            'subject' => $identity->subject,
            'user_id' => $user->ID,
            'issuer' => $identity->issuer,
            'created' => gmdate('Y-m-d H:i:s'),
        ]);

        return $user;
    }

    private static function known_identity(): Identity
    {
        return new Identity(self::ISSUER, hash('sha256', self::ISSUER), self::SUBJECT);
    }

    /**
     * Schema 2: the used states have another name, the activity has no table.
     */
    private function make_tables_of_0_1(): void
    {
        SchemaTwo::install('used with 0.1.0');
        Tables::database()->query('DROP TABLE IF EXISTS ' . Tables::activity());
    }
}
