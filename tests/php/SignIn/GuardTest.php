<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Another plugin watches, and may refuse: a sign-in at the provider tells WordPress what a normal login tells it.
 */
final class GuardTest extends TestCase
{
    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    /**
     * @dataProvider hooks
     */
    public function test_a_refusing_plugin_refuses(string $hook): void
    {
        $user = $this->user('known');
        self::assertTrue(Identities::link(DingtalkVisit::identity(), $user->ID));
        $page = self::visit($hook);
        self::assertSame(403, $page['status']);
        self::assertSame([], preg_grep('/wordpress_logged_in|wordpress_sec/', $page['headers']));
        self::assertStringContainsString('<code>sign_in_refused</code>', $page['body']);
        self::assertStringContainsString('<strong>Guard</strong>: not at this hour.', $page['body']);
        self::assertStringNotContainsString('<script>alert', $page['body']);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::assertNull(Identities::of_user($user->ID)[0]['last_sign_in']);
        self::assertContains(['wp_login_failed', ['known', ['error' => 'guard']]], self::seen($page));
        // Fault S3: a refused sign-in wrote the profile.
        self::assertNotContains('profile_update', array_column(self::seen($page), 0));
        self::assertSame('known', get_userdata($user->ID)->display_name);
        self::assertSame([], get_user_meta($user->ID, 'logto_sign_in_unfinished'));
        self::assertNotContains('wp_login', array_column(self::seen($page), 0));

        // The same plugin, in another mood.
        self::assertSame('http://127.0.0.1/there', Program::location(self::visit('')));
    }

    /**
     * @return list<array{string}>
     */
    public function hooks(): array
    {
        return [['authenticate'], ['wp_authenticate_user']];
    }

    public function test_a_first_sign_in_fires_what_a_registration_and_a_login_fire(): void
    {
        $seen = self::seen(self::visit(''));
        $user_id = Identities::find_user(DingtalkVisit::identity());
        self::assertIsInt($user_id);
        $user = new \WP_User($user_id);
        self::assertSame('user_register', $seen[0][0]);
        self::assertSame($user_id, $seen[0][1][0]);
        self::assertEquals(['user_email' => $user->user_email, 'user_login' => $user->user_login, 'display_name' => '李四'], $seen[0][1][1]);
        self::assertSame(['wp_login', [$user->user_login, ['user' => $user_id]]], end($seen));
        self::assertNotContains('profile_update', array_column($seen, 0), 'what is new is not also changed');
    }

    /**
     * Fault S3: the profile was written before WordPress had let the user in.
     */
    public function test_fault_s3_a_changed_profile_fires_profile_update_after_wp_login(): void
    {
        $user = $this->user('known');
        Identities::link(DingtalkVisit::identity(), $user->ID);
        $seen = self::seen(self::visit(''));
        self::assertSame(['wp_login', 'profile_update'], array_column($seen, 0));
        self::assertSame(['known', ['user' => $user->ID]], $seen[0][1]);
        self::assertSame([$user->ID, ['user' => $user->ID]], array_slice($seen[1][1], 0, 2));
        self::assertSame('李四', $seen[1][1][2]['display_name']);
    }

    public function test_a_pending_account_is_turned_away_before_anything_is_written(): void
    {
        $created = NewUser::create(self::create_user(['identity' => DingtalkVisit::identity(), 'pending' => true, 'profile' => ['display_name' => 'Old name']]));
        $page = self::visit('');
        self::assertSame(403, $page['status']);
        self::assertStringContainsString('<code>account_pending</code>', $page['body']);
        self::assertStringContainsString('is pending approval', $page['body']);
        self::assertSame([], preg_grep('/wordpress_logged_in/', $page['headers']));
        self::assertSame([], self::seen($page));
        $user = new \WP_User($created->user_id);
        self::assertSame(['Old name', []], [$user->display_name, $user->roles]);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
    }

    /**
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private static function visit(string $refuses_at): array
    {
        $other = ['plugins' => [dirname(__DIR__) . '/plugins/guard.php'], 'options' => ['guard_refuses_at' => $refuses_at]];

        return DingtalkVisit::come_back(DingtalkVisit::settings(self::$provider), ['authCode' => 'the code'], other: $other);
    }

    /**
     * What the plugin saw.
     *
     * @param array{headers: list<string>} $page
     *
     * @return list<array{string, array<mixed>}>
     */
    private static function seen(array $page): array
    {
        $lines = array_values(preg_grep('/^X-Guard: /', $page['headers']) ?: []);

        return array_map(static fn(string $line): array => json_decode(substr($line, strlen('X-Guard: ')), true), $lines);
    }
}
