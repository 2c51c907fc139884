<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Approval;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\SignIn\SignIn;

/**
 * Accounts that wait for an admin.
 */
final class ApprovalTest extends ApprovalTestCase
{
    public function test_a_pending_account_has_no_role_and_the_admin_is_told_once(): void
    {
        $user = self::pending(['roles' => ['editor', 'no_such_role', 'author']]);
        self::assertSame([], $user->roles);
        self::assertFalse($user->has_cap('read'));
        self::assertSame('1', get_user_meta($user->ID, 'logto_sign_in_pending', true));
        self::assertSame(['editor', 'author'], get_user_meta($user->ID, 'logto_sign_in_pending_roles', true));
        self::assertSame([get_site_option('admin_email')], array_column($this->mails, 'to'));
        self::assertStringContainsString('李四 (logto-visitor)', $this->mails[0]['message']);
        self::assertStringContainsString('users.php?logto_with=pending', $this->mails[0]['message']);

        // Coming back makes no second account, and no second mail.
        self::assertSame($user->ID, NewUser::create(self::create_user(['pending' => true]))->user_id);
        self::assertCount(1, $this->mails);
    }

    /**
     * Before, an admin heard of a new account only while approval was on.
     */
    public function test_the_admin_hears_of_each_new_account_if_the_settings_say_so(): void
    {
        $this->store(self::SETTINGS);
        NewUser::create(self::create_user());
        self::assertSame([], $this->mails);

        $this->store(['new_account_mail' => true] + self::SETTINGS);
        $other = NewUser::create(self::create_user(['identity' => self::identity('other'), 'logins' => ['another-visitor'], 'email' => 'other@example.org']));

        self::assertSame([get_site_option('admin_email')], array_column($this->mails, 'to'));
        self::assertStringContainsString('(another-visitor)', $this->mails[0]['message']);
        self::assertStringContainsString('user-edit.php?user_id=' . $other->user_id, $this->mails[0]['message']);
    }

    public function test_whoever_need_not_wait_has_the_named_roles_at_once(): void
    {
        $created = NewUser::create(self::create_user(['pending' => false, 'roles' => ['author', 'contributor', 'no_such_role']]));
        $user = new \WP_User($created->user_id);
        self::assertEqualsCanonicalizing(['author', 'contributor'], $user->roles);
        self::assertFalse(UserMeta::is_pending($user->ID));
        self::assertSame([], $this->mails);

        $other = ['identity' => self::identity('other'), 'email' => 'other@example.org', 'roles' => ['no_such_role']];
        $user = new \WP_User(NewUser::create(self::create_user($other))->user_id);
        self::assertSame([get_option('default_role')], $user->roles, 'a mistyped role takes nothing away');
    }

    public function test_approval_gives_the_kept_roles_and_tells_the_user(): void
    {
        $user = self::pending(['roles' => ['editor', 'author']]);
        $this->mails = [];
        $told = [];
        add_action('logto_sign_in_approved', static function (int ...$ids) use (&$told): void {
            $told[] = $ids;
        }, 10, 2);
        $admin = $this->admin();
        wp_set_current_user($admin->ID);
        self::assertSame(['done' => 1, 'denied' => 0], Approval::approve_all([$user->ID, $admin->ID]));
        self::assertSame(['done' => 0, 'denied' => 0], Approval::approve_all([$user->ID]), 'once');

        $user = new \WP_User($user->ID);
        self::assertEqualsCanonicalizing(['editor', 'author'], $user->roles);
        self::assertSame([], get_user_meta($user->ID, 'logto_sign_in_pending'));
        self::assertSame([], get_user_meta($user->ID, 'logto_sign_in_pending_roles'));
        self::assertSame([[$user->ID, $admin->ID]], $told);
        self::assertSame(['logto-visitor@example.org'], array_column($this->mails, 'to'));
        self::assertStringContainsString(wp_login_url(), $this->mails[0]['message']);
        self::assertSame($user->ID, SignIn::sign_on($user, false, 'hash')->ID);
    }

    public function test_a_placeholder_address_gets_no_mail(): void
    {
        $user = self::pending(['email' => 'user-1@logto.invalid']);
        $this->mails = [];
        add_filter('logto_sign_in_approved_mail', static fn() => self::fail('nobody to write to'));
        wp_set_current_user($this->admin()->ID);
        self::assertSame(1, Approval::approve_all([$user->ID])['done']);
        self::assertSame([], $this->mails);
    }

    public function test_both_mails_can_be_changed_and_suppressed(): void
    {
        add_filter('logto_sign_in_pending_mail', '__return_false');
        $user = self::pending();
        self::assertSame([], $this->mails);

        add_filter('logto_sign_in_approved_mail', static function (array $mail, \WP_User $who): array {
            return ['subject' => 'Welcome ' . $who->user_login, 'to' => ['a@example.org', 'b@example.org']] + $mail;
        }, 10, 2);
        wp_set_current_user($this->admin()->ID);
        Approval::approve_all([$user->ID]);
        self::assertSame([['a@example.org', 'b@example.org']], array_column($this->mails, 'to'));
        self::assertSame('Welcome logto-visitor', $this->mails[0]['subject']);
    }

    public function test_only_who_may_give_the_role_approves(): void
    {
        $user = self::pending(['roles' => ['administrator']]);
        wp_set_current_user($this->user('editor', 'editor')->ID);
        self::assertSame(['done' => 0, 'denied' => 1], Approval::approve_all([$user->ID]));

        wp_set_current_user($this->admin()->ID);
        add_filter('editable_roles', static fn(array $roles) => array_diff_key($roles, ['administrator' => true]));
        self::assertSame(['done' => 0, 'denied' => 1], Approval::approve_all([$user->ID]));
        self::assertTrue(UserMeta::is_pending($user->ID));
        self::assertSame([], (new \WP_User($user->ID))->roles);
    }

    public function test_a_role_that_was_given_by_hand_stays_the_only_one(): void
    {
        $user = self::pending(['roles' => ['editor']]);
        $user->set_role('contributor');
        self::assertInstanceOf(\WP_Error::class, SignIn::sign_on($user, false, 'hash'), 'a role is no approval');
        wp_set_current_user($this->admin()->ID);
        self::assertSame(1, Approval::approve_all([$user->ID])['done']);
        self::assertSame(['contributor'], array_values((new \WP_User($user->ID))->roles));
    }

    public function test_erasing_personal_data_approves_nobody(): void
    {
        $user = self::pending(['roles' => ['editor']]);
        $export = (string) json_encode(\LogtoSignIn\Privacy\Exporter::export($user->user_email));
        self::assertStringContainsString('"Pending"', $export);
        self::assertStringContainsString('"editor"', $export);
        $erased = \LogtoSignIn\Privacy\Exporter::erase($user->user_email);
        self::assertSame([true, true, 1], [$erased['items_removed'], $erased['items_retained'], count($erased['messages'])]);
        self::assertTrue(UserMeta::is_pending($user->ID));
        self::assertNull(Identities::find_user(self::identity()));
    }
}
