<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Protocol\Answer\CreateError;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class NewUserTest extends TestCase
{
    public function test_a_first_sign_in_makes_a_user_and_its_identity(): void
    {
        $told = [];
        add_action('logto_sign_in_user_created', static function (int $user_id, string $issuer, string $subject) use (&$told): void {
            $told = [$user_id, $issuer, $subject];
        }, 10, 3);
        $created = NewUser::create(self::create_user());
        $user = new \WP_User($created->user_id);

        self::assertSame(['logto-visitor', 'nice-visitor', '李四', '李四'], [$user->user_login, $user->user_nicename, $user->display_name, $user->nickname]);
        self::assertSame([get_option('default_role')], $user->roles);
        self::assertSame($created->user_id, Identities::find_user(self::identity()));
        self::assertSame([$created->user_id, self::ISSUER, 'subject'], $told);
    }

    public function test_a_new_user_has_phone_and_picture_at_once(): void
    {
        $profile = ['display_name' => '李四', 'phone' => '+8613800000002', 'picture' => 'https://static.example/a.png'];
        $user_id = NewUser::create(self::create_user(['profile' => $profile]))->user_id;
        self::assertSame('+8613800000002', get_user_meta($user_id, 'logto_sign_in_phone', true));
        self::assertSame('https://static.example/a.png', get_user_meta($user_id, 'logto_sign_in_picture', true));
    }

    public function test_a_new_user_has_every_role_and_what_gave_them_is_remembered(): void
    {
        $created = NewUser::create(self::create_user(['roles' => ['author', 'editor', 'king'], 'granted_roles' => ['editor', 'king']]));
        $user = new \WP_User($created->user_id);
        self::assertEqualsCanonicalizing(['author', 'editor'], $user->roles);
        self::assertSame(['editor'], Granted::roles($user->ID)->of(self::identity()->issuer_hash));
        self::assertSame(is_multisite() ? [get_current_blog_id()] : [], AccountFacts::of($user->ID, 'issuer')->sites);
    }

    /**
     * Fault C10: a name with an emoji made every sign-in fail where the tables are utf8mb3.
     */
    public function test_fault_c10_a_name_with_an_emoji_makes_a_user_without_it(): void
    {
        add_filter('pre_get_col_charset', static fn(): string => 'utf8');
        $created = NewUser::create(self::create_user(['profile' => ['display_name' => '李四 😀', 'first_name' => '😀', 'nickname' => '😀小四']]));
        $user = new \WP_User($created->user_id);
        self::assertSame(['李四', '小四', ''], [$user->display_name, $user->nickname, $user->first_name]);
    }

    /**
     * Fault C10: a user that the database refused was announced as user 0.
     */
    public function test_fault_c10_a_user_that_is_not_stored_is_announced_to_nobody(): void
    {
        add_filter('pre_get_col_charset', static fn(): string => 'utf8');
        add_filter('pre_user_display_name', static fn(string $name): string => $name . ' 😀', 99);
        $seen = [];
        add_action('user_register', static function (int $user_id) use (&$seen): void {
            $seen[] = $user_id;
        });

        $created = NewUser::create(self::create_user());

        self::assertSame([null, CreateError::Failed], [$created->user_id, $created->error]);
        self::assertSame([], $seen);
        self::assertNull(Identities::find_user(self::identity()));
        self::assertFalse(get_user_meta(0, 'nickname', true));
    }

    public function test_the_password_is_not_the_empty_one(): void
    {
        $user = new \WP_User(NewUser::create(self::create_user())->user_id);
        self::assertNotSame('', $user->user_pass);
        self::assertFalse(wp_check_password('', $user->user_pass, $user->ID));
    }

    public function test_a_visitor_without_email_gets_an_account(): void
    {
        $created = NewUser::create(self::create_user(['email' => 'user-0123456789ab@logto.invalid']));
        self::assertIsInt($created->user_id);
    }

    public function test_two_first_sign_ins_at_once_make_one_user(): void
    {
        $input = ['at' => microtime(true) + 1.5, 'effect' => self::create_user()];
        $running = array_map(static fn() => Program::start('effect.php', [], $input), range(1, 3));
        $users = array_column(array_map([Program::class, 'result'], $running), 'user_id');
        wp_cache_flush();

        self::assertCount(3, $users);
        self::assertCount(1, array_unique($users));
        self::assertSame($users[0], Identities::find_user(self::identity()));
        self::assertSame(1, count(get_users(['search' => 'logto-visitor*', 'blog_id' => 0])));
    }

    public function test_a_taken_email_never_selects_an_account(): void
    {
        // Takeover by e-mail (CVE-2025-5821 and its like).
        $admin = $this->user('boss', 'administrator');
        $created = NewUser::create(self::create_user(['email' => 'boss@example.org']));

        self::assertNotSame($admin->ID, $created->user_id);
        self::assertSame($created->user_id, Identities::find_user(self::identity()));
        self::assertSame(0, count(Identities::of_user($admin->ID)));
    }

    /**
     * Fault S4: whoever entered a visitor's address kept that visitor out for ever.
     */
    public function test_fault_s4_a_taken_address_becomes_a_placeholder_and_the_user_is_told(): void
    {
        $this->user('squatter');
        $log = [];
        add_action('logto_sign_in_log', static function (string $code) use (&$log): void {
            $log[] = $code;
        });

        $created = NewUser::create(self::create_user(['email' => 'squatter@example.org']));

        $user = new \WP_User($created->user_id);
        self::assertSame([null, 'user-drawn@no-email.invalid'], [$created->error, $user->user_email]);
        self::assertSame('squatter@example.org', get_user_meta($user->ID, 'logto_sign_in_email_kept', true));
        self::assertSame(['email_kept'], $log);
    }

    public function test_fault_s4_an_address_that_is_taken_past_the_lock_becomes_a_placeholder_too(): void
    {
        $taken = false;
        add_filter('pre_user_email', function (string $email) use (&$taken): string {
            if (!$taken && $email === 'logto-visitor@example.org') {
                $taken = true;
                wp_insert_user(['user_login' => 'faster', 'user_pass' => 'x', 'user_email' => $email]);
            }

            return $email;
        });

        $created = NewUser::create(self::create_user());

        self::assertTrue($taken);
        self::assertSame('user-drawn@no-email.invalid', (new \WP_User($created->user_id))->user_email);
    }

    public function test_a_taken_login_leads_to_the_next_one(): void
    {
        $this->user('logto-visitor');
        $created = NewUser::create(self::create_user(['email' => 'other@example.org']));
        self::assertSame('logto-visitor-2', (new \WP_User($created->user_id))->user_login);
    }

    public function test_no_free_login_is_an_answer_not_an_error(): void
    {
        $this->user('logto-visitor');
        $created = NewUser::create(self::create_user(['email' => 'other@example.org', 'logins' => ['logto-visitor', '', '李四']]));
        self::assertSame([null, CreateError::LoginTaken], [$created->user_id, $created->error]);
        self::assertNull(Identities::find_user(self::identity()));
    }

    public function test_a_failure_on_the_way_leaves_nothing_behind(): void
    {
        add_filter('wp_pre_insert_user_data', static fn() => []);
        $created = NewUser::create(self::create_user());
        self::assertSame([null, CreateError::Failed], [$created->user_id, $created->error]);
        self::assertNotSame('', $created->cause);
        self::assertNull(Identities::find_user(self::identity()));
        self::assertFalse(get_user_by('email', 'logto-visitor@example.org'));
    }

    public function test_an_identity_that_cannot_be_stored_takes_the_user_back(): void
    {
        // The row vanishes while the user is made, as when somebody deletes it.
        add_action('user_register', static function (): void {
            Tables::database()->delete(Tables::identities(), ['issuer' => self::ISSUER]);
        });
        try {
            NewUser::create(self::create_user());
            self::fail('there is no user');
        } catch (DatabaseFailure) {
            self::assertFalse(get_user_by('login', 'logto-visitor'));
        }

        self::assertFalse(get_user_by('email', 'logto-visitor@example.org'));
    }

    public function test_an_empty_or_overlong_subject_is_refused(): void
    {
        foreach (['', str_repeat('x', 256)] as $subject) {
            $created = NewUser::create(self::create_user(['identity' => self::identity($subject)]));
            self::assertSame(CreateError::Failed, $created->error);
        }

        self::assertFalse(username_exists('logto-visitor'));
    }
}
