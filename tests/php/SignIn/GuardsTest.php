<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Plugins that guard the login form, and a visitor who comes from a provider.
 */
final class GuardsTest extends TestCase
{
    /** @var list<string> */
    private array $log = [];

    protected function setUp(): void
    {
        parent::setUp();
        add_filter('send_auth_cookies', '__return_false');
        add_action('logto_sign_in_log', function (string $code, string $cause): void {
            $this->log[] = $code . ' ' . $cause;
        }, 10, 2);
    }

    /**
     * Fault C2: a captcha of the login form refused every sign-in.
     */
    public function test_fault_c2_known_proofs_of_the_form_are_left_out(): void
    {
        $captcha = new class {
            public function verify(mixed $user): \WP_Error
            {
                return new \WP_Error('captcha', 'Please verify that you are human.');
            }
        };
        add_filter('wp_authenticate_user', [$captcha, 'verify']);
        add_filter('authenticate', [$captcha, 'verify'], 30);
        $user = $this->user();
        self::assertSame('captcha', SignIn::sign_on($user, false, 'hash')->get_error_code());

        add_filter('logto_sign_in_form_guards', static fn(array $names): array => [...$names, $captcha::class . '::verify']);

        self::assertSame($user->ID, SignIn::sign_on($user, false, 'hash')->ID);
    }

    /**
     * Fault C2: a captcha that is part of another check is switched off, and the rest is asked.
     */
    public function test_fault_c2_a_captcha_beside_another_check_is_left_out_alone(): void
    {
        $asked = [];
        add_filter('authenticate', static function (mixed $user) use (&$asked): mixed {
            $asked[] = apply_filters('wordfence_ls_require_captcha', true);

            return $user;
        }, 25);

        SignIn::sign_on($this->user(), false, 'hash');

        self::assertSame([false], $asked);
        self::assertTrue(apply_filters('wordfence_ls_require_captcha', true), 'only meanwhile');
    }

    /**
     * Fault C2: a refusal before WordPress looks for the user was overwritten, and one that came later could be.
     *
     * @dataProvider refusals
     */
    public function test_fault_c2_the_first_refusal_stands_and_names_its_plugin(string $hook, int $priority): void
    {
        add_filter($hook, static fn() => new \WP_Error('banned', 'You are <b>banned</b>.'), $priority);
        add_filter('authenticate', static fn() => get_user_by('login', 'a-visitor'), 200);
        $user = $this->user();

        $result = SignIn::sign_on($user, false, 'hash');

        self::assertInstanceOf(\WP_Error::class, $result);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::assertCount(1, $this->log);
        self::assertMatchesRegularExpression('~^sign_in_refused banned \(\S*GuardsTest\.php, an anonymous function\): You are banned\.$~', $this->log[0]);
    }

    /**
     * @return list<array{string, int}>
     */
    public function refusals(): array
    {
        return [['authenticate', 1], ['authenticate', 15], ['wp_authenticate_user', 10], ['authenticate', 30], ['authenticate', PHP_INT_MAX]];
    }

    /**
     * Fault C2: an answer that is none let the visitor in, or another plugin's user.
     *
     * @dataProvider no_answers
     */
    public function test_fault_c2_an_answer_that_is_none_is_a_refusal(string $hook, int $priority): void
    {
        add_filter($hook, '__return_null', $priority);

        self::assertSame('logto_other_user', SignIn::sign_on($this->user(), false, 'hash')->get_error_code());
        self::assertStringContainsString('functions.php, __return_null()', $this->log[0]);
    }

    /**
     * @return list<array{string, int}>
     */
    public function no_answers(): array
    {
        return [['wp_authenticate_user', 10], ['authenticate', 30]];
    }

    public function test_whoever_only_looks_on_may_answer_nothing(): void
    {
        add_action('authenticate', '__return_null', 5);
        $user = $this->user();

        self::assertSame($user->ID, SignIn::sign_on($user, false, 'hash')->ID);
    }

    /**
     * Fault C2: an activity log noted a wrong password before each sign-in, and lock-out plugins counted it.
     */
    public function test_fault_c2_no_password_is_wrong_and_none_is_tried(): void
    {
        $checks = [];
        $check = static function (mixed $user, mixed ...$arguments) use (&$checks): mixed {
            $checks[current_filter()] = wp_check_password((string) end($arguments), $user->user_pass, $user->ID);
            $checks['another'] = wp_check_password('right', $user->user_pass, $user->ID);

            return $user;
        };
        add_filter('wp_authenticate_user', $check, 10, 2);
        add_filter('authenticate', $check, 40, 3);
        // A directory, which is asked where WordPress knows nobody yet.
        add_filter('authenticate', static function (mixed $user) use (&$checks): mixed {
            $checks['directory'] = !$user instanceof \WP_User;

            return $user;
        }, 10);
        add_action('wp_login_failed', static function () use (&$checks): void {
            $checks['failed'] = true;
        });

        $user = $this->user();
        self::assertSame($user->ID, SignIn::sign_on($user, false, 'hash')->ID);

        self::assertSame(['directory' => false, 'wp_authenticate_user' => true, 'another' => false, 'authenticate' => false], $checks);
    }

    public function test_another_plugin_may_check_a_password_meanwhile(): void
    {
        $other = $this->user('somebody-else');
        $found = [];
        add_filter('authenticate', static function (mixed $user, string $login) use (&$found): mixed {
            if ($login === 'a-visitor') {
                $found = [wp_authenticate('somebody-else', 'right password'), wp_authenticate('somebody-else', 'wrong')];
            }

            return $user;
        }, 40, 2);
        $user = $this->user();

        self::assertSame($user->ID, SignIn::sign_on($user, false, 'hash')->ID);

        self::assertSame($other->ID, $found[0]->ID);
        self::assertSame('incorrect_password', $found[1]->get_error_code());
    }

    /**
     * Fault C2: the account was made before a ban of the address was asked about.
     */
    public function test_fault_c2_a_banned_address_gets_no_account(): void
    {
        $provider = new Server('provider.php');
        $plugins = array_map(static fn(string $name): string => dirname(__DIR__) . '/plugins/' . $name . '.php', ['captcha', 'lockout']);
        $visit = static fn(int $failures): array => DingtalkVisit::come_back(
            DingtalkVisit::settings($provider),
            ['authCode' => 'the code'],
            other: ['plugins' => $plugins, 'options' => ['lockout_failures' => $failures]],
        );
        $users = count_users()['total_users'];

        $banned = $visit(3);
        self::assertSame(403, $banned['status'], $banned['body']);
        self::assertStringContainsString('<code>address_banned</code>', $banned['body']);
        self::assertSame($users, count_users()['total_users']);

        $admitted = $visit(2);
        self::assertSame(302, $admitted['status'], $admitted['body']);
        self::assertSame($users + 1, count_users()['total_users']);
    }
}
