<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Approval;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Tests\TestCase;

/**
 * Accounts that wait for an admin.
 */
final class ApprovalTest extends TestCase
{
    /** @var list<array<string, mixed>> */
    private array $mails = [];

    protected function setUp(): void
    {
        parent::setUp();
        $this->mails = [];
        add_filter('send_auth_cookies', '__return_false');
        add_filter('pre_wp_mail', function ($done, array $mail) {
            if ($done === null) {
                $this->mails[] = $mail;
            }

            return true;
        }, 999, 2);
    }

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

    public function test_nobody_who_waits_signs_in_by_any_way(): void
    {
        $user = self::pending();
        wp_set_password('right password', $user->ID);
        $user = new \WP_User($user->ID);
        foreach (['logto-visitor', 'logto-visitor@example.org'] as $name) {
            $refused = wp_signon(['user_login' => $name, 'user_password' => 'right password']);
            self::assertInstanceOf(\WP_Error::class, $refused);
            self::assertSame('logto_account_pending', $refused->get_error_code());
            self::assertStringContainsString('is pending approval', $refused->get_error_message());
        }

        self::assertInstanceOf(\WP_Error::class, SignIn::sign_on($user, false, 'hash'));
        require_once ABSPATH . WPINC . '/class-IXR.php';
        require_once ABSPATH . WPINC . '/class-wp-xmlrpc-server.php';
        self::assertFalse((new \wp_xmlrpc_server())->login('logto-visitor', 'right password'));
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
    }

    public function test_application_passwords_wait_as_well(): void
    {
        $user = self::pending();
        [$password] = \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'test']);
        add_filter('application_password_is_api_request', '__return_true');
        add_filter('wp_is_application_passwords_available', '__return_true');
        $refused = wp_authenticate_application_password(null, $user->user_login, $password);
        self::assertInstanceOf(\WP_Error::class, $refused);
        self::assertSame('logto_account_pending', $refused->get_error_code());
    }

    /**
     * Fault S16: a wrong password was looked at twice, so that the answer came late and told that the account waits.
     *
     * @dataProvider names
     */
    public function test_fault_s16_whoever_does_not_know_the_password_learns_nothing(string $name): void
    {
        $user = self::pending();
        $other = $this->user('another');
        wp_set_password('right password', $user->ID);
        $looks = 0;
        add_filter('check_password', static function (bool $is_right) use (&$looks): bool {
            ++$looks;

            return $is_right;
        });

        $answers = [];
        foreach ([$user, $other] as $account) {
            $looks = 0;
            $error = wp_authenticate($account->{$name}, 'wrong password');
            $answers[] = [$looks, $error->get_error_code(), str_replace($account->{$name}, '', $error->get_error_message())];
        }

        self::assertSame($answers[1], $answers[0]);
        self::assertSame([1, 'incorrect_password'], array_slice($answers[0], 0, 2));
        $looks = 0;
        self::assertSame('logto_account_pending', wp_authenticate($user->{$name}, 'right password')->get_error_code());
        self::assertSame(1, $looks);
    }

    /**
     * @return list<array{string}>
     */
    public static function names(): array
    {
        return [['user_login'], ['user_email']];
    }

    /**
     * Fault S16: before WordPress 6.2, another plugin's automatic login gave a session to an account that waits.
     */
    public function test_fault_s16_a_session_that_another_plugin_began_is_nobodys(): void
    {
        foreach ([[self::pending(), false], [$this->user(), true]] as [$user, $is_let_in]) {
            $token = \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
            $_COOKIE[LOGGED_IN_COOKIE] = wp_generate_auth_cookie($user->ID, time() + 600, 'logged_in', $token);

            self::assertSame($is_let_in ? $user->ID : false, apply_filters('determine_current_user', false));
        }

        $_COOKIE = [];
        self::assertFalse(apply_filters('determine_current_user', false));
    }

    public function test_a_plugin_that_asks_wordpress_without_a_password_is_told(): void
    {
        $user = self::pending();
        self::assertInstanceOf(\WP_Error::class, apply_filters('wp_authenticate_user', $user, ''));
        $other = $this->user();
        self::assertSame($other, apply_filters('wp_authenticate_user', $other, ''));
        $error = new \WP_Error('x');
        self::assertSame($error, apply_filters('wp_authenticate_user', $error, ''));
    }

    public function test_a_plugin_that_gives_sessions_away_gives_no_cookie(): void
    {
        remove_filter('send_auth_cookies', '__return_false');
        $user = self::pending();
        self::assertFalse(apply_filters('send_auth_cookies', true, 0, 0, $user->ID, 'auth', 'token'));
        self::assertTrue(apply_filters('send_auth_cookies', true, 0, 0, $this->user()->ID, 'auth', 'token'));
        self::assertTrue(apply_filters('send_auth_cookies', true, 0, 0, 0, '', ''), 'signing out');
        self::assertTrue(apply_filters('send_auth_cookies', true));
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

    /**
     * @param array<string, mixed> $other
     */
    private static function pending(array $other = []): \WP_User
    {
        $created = NewUser::create(self::create_user($other + ['pending' => true, 'roles' => ['subscriber']]));
        self::assertIsInt($created->user_id);

        return new \WP_User($created->user_id);
    }
}
