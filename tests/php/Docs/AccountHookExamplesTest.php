<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Accounts\Administrators;
use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Protocol\Answer\CreateError;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Settings\Site;

/**
 * The examples of hooks about users: how they are made, connected and approved, and who of them is
 * privileged.
 */
final class AccountHookExamplesTest extends HookExamplesTestCase
{
    public function test_example_of_user_created(): void
    {
        $this->run_example('logto_sign_in_user_created');

        $user_id = (int) NewUser::create(self::create_user())->user_id;

        self::assertSame('tests.example', get_user_meta($user_id, 'account_origin', true));
    }

    public function test_example_of_profile(): void
    {
        $this->run_example('logto_sign_in_profile');
        self::assertTrue(Site::describe()['reads_claims']);
        $effect = self::create_user(['profile' => ['display_name' => 'Ann'], 'claims' => ['custom_data' => ['team' => 'red']]]);

        $created = (new Handler())->create_user($effect);
        self::assertSame(['ANN', 'red'], [get_userdata((int) $created->user_id)->display_name, get_user_meta((int) $created->user_id, 'team', true)]);

        $refused = (new Handler())->create_user(self::create_user(['identity' => self::identity('blocked'), 'claims' => ['custom_data' => ['blocked' => true]]]));
        self::assertSame([null, CreateError::Refused, 'Please contact the office.'], [$refused->user_id, $refused->error, $refused->cause]);
        self::assertNull(Identities::find_user(self::identity('blocked')));
    }

    public function test_example_of_linked(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, 'remind_to_connect', '1');
        $this->run_example('logto_sign_in_linked');

        self::assertTrue(Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Nothing)));

        self::assertSame('', get_user_meta($user->ID, 'remind_to_connect', true));
    }

    public function test_example_of_unlinked(): void
    {
        [$user, $own] = [$this->user(), $this->user('another')];
        Identities::link(self::identity(), $user->ID);
        Identities::link(self::identity('second'), $own->ID);
        \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
        $this->run_example('logto_sign_in_unlinked');

        self::log_in($this->admin());
        self::assertSame(1, AdminLink::unlink_all([$user->ID])['done']);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());

        self::log_in($own);
        $_POST = ['logto_remove' => (string) Identities::of_user($own->ID)[0]['id'], 'logto_password' => 'right password'];
        self::assertSame('removed', Link::handle($own));
        self::assertCount(1, \WP_Session_Tokens::get_instance($own->ID)->get_all());
    }

    public function test_example_of_approved(): void
    {
        $this->run_example('logto_sign_in_approved');
        $user = self::pending();
        $admin = $this->admin();
        wp_set_current_user($admin->ID);

        self::assertSame(1, Approval::approve_all([$user->ID])['done']);

        self::assertSame((string) $admin->ID, get_user_meta($user->ID, 'approved_by', true));
    }

    public function test_example_of_is_privileged(): void
    {
        $user = $this->user();
        $this->run_example('logto_sign_in_is_privileged');
        self::assertFalse(Administrators::is_privileged($user));

        update_user_meta($user->ID, 'is_treasurer', '1');

        self::assertTrue(Administrators::is_privileged($user));
    }

    public function test_example_of_harmless_capabilities(): void
    {
        $this->user()->add_cap('read_lessons');
        $user = static fn(): \WP_User => new \WP_User(0, 'a-visitor');
        self::assertTrue(Administrators::is_privileged($user()));

        $this->run_example('logto_sign_in_harmless_capabilities');

        self::assertFalse(Administrators::is_privileged($user()));
    }
}
