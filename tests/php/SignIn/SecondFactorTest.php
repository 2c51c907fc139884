<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\SignIn\Unfinished;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Another plugin asks for a second factor: it ends the request of the sign-in, and begins the session in a later one.
 */
final class SecondFactorTest extends TestCase
{
    private static Server $provider;

    private \WP_User $user;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function setUp(): void
    {
        parent::setUp();
        $this->user = $this->user('known');
        update_user_meta($this->user->ID, 'second_factor', '1');
        Identities::link(DingtalkVisit::identity(), $this->user->ID);
    }

    /**
     * Fault S3: the profile was written before the second factor, the destination was lost, and the session had no mark.
     */
    public function test_fault_s3_the_sign_in_is_completed_after_the_second_factor(): void
    {
        $asked = self::come_back();
        self::assertStringContainsString('name="redirect_to" value="http://127.0.0.1/there"', $asked['body']);
        self::assertStringContainsString('name="rememberme" value="1"', $asked['body']);
        self::assertSame([], self::cookies($asked, 'wordpress_logged_in'));
        self::assertSame('known', get_userdata($this->user->ID)->display_name);
        self::assertNull(Identities::of_user($this->user->ID)[0]['last_sign_in']);
        self::assertNotSame('', UserMeta::text($this->user->ID, UserMeta::UNFINISHED));

        $passed = $this->pass();
        self::assertSame('http://127.0.0.1/there', Program::location($passed));
        $visit = self::visit(self::cookies($asked, Unfinished::COOKIE) + self::cookies($passed, 'wordpress_logged_in'));

        self::assertSame(200, $visit['status'], $visit['body']);
        self::assertSame('李四', get_userdata($this->user->ID)->display_name);
        self::assertNotNull(Identities::of_user($this->user->ID)[0]['last_sign_in']);
        self::assertSame('', UserMeta::text($this->user->ID, UserMeta::UNFINISHED));
        $sessions = \WP_Session_Tokens::get_instance($this->user->ID)->get_all();
        self::assertSame([DingtalkVisit::identity()->issuer_hash], array_column($sessions, Sessions::ISSUER_KEY));
        self::assertSame(['dingtalk'], array_column($sessions, Sessions::PROVIDER_KEY));
        self::assertSame([Unfinished::COOKIE => ''], self::cookies($visit, Unfinished::COOKIE), 'the cookie is cleared');
    }

    /**
     * Fault C1: a request that another plugin ended lost the destination, “Remember Me” and the mark of the session, and
     * `logto_sign_in_signed_in` never fired.
     */
    public function test_fault_c1_what_follows_a_sign_in_follows_the_second_factor(): void
    {
        $asked = self::come_back();
        self::assertStringContainsString('name="redirect_to" value="http://127.0.0.1/there"', $asked['body']);
        self::assertStringContainsString('name="rememberme" value="1"', $asked['body']);
        $session = self::cookies($this->pass(), 'wordpress_logged_in');

        $visit = static fn(): array => self::visit(self::cookies($asked, Unfinished::COOKIE) + $session, ['activity_log']);
        $visit();
        $visit();

        self::assertSame(['signed in at a provider'], get_option('activity_log'));
        delete_option('activity_log');
        $kept = array_values(\WP_Session_Tokens::get_instance($this->user->ID)->get_all());
        self::assertSame('dingtalk', Sessions::signs_out_at($kept[0])?->value);
        self::assertGreaterThan(time() + 10 * DAY_IN_SECONDS, $kept[0]['expiration']);
    }

    /**
     * Fault S3: an older session of the same user, still open in another browser or in this one, got what was given.
     */
    public function test_fault_s3_an_older_session_completes_nothing(): void
    {
        $older = $this->session();
        $asked = self::come_back();

        self::visit($older);
        self::visit($older + self::cookies($asked, Unfinished::COOKIE));

        self::assertSame('known', get_userdata($this->user->ID)->display_name);
        self::assertNotSame('', UserMeta::text($this->user->ID, UserMeta::UNFINISHED), 'it may still be completed');
    }

    /**
     * Fault S3: whoever has the account at the provider and lacks the second factor must not have their name and address
     * written by the next login of the user.
     */
    public function test_fault_s3_another_browser_completes_nothing(): void
    {
        self::come_back();

        self::visit(self::cookies($this->pass(), 'wordpress_logged_in'));

        self::assertSame('known', get_userdata($this->user->ID)->display_name);
    }

    public function test_without_the_second_factor_nothing_is_left_behind(): void
    {
        delete_user_meta($this->user->ID, 'second_factor');

        $page = self::come_back();

        self::assertSame('http://127.0.0.1/there', Program::location($page), $page['body']);
        self::assertSame('李四', get_userdata($this->user->ID)->display_name);
        self::assertSame('', UserMeta::text($this->user->ID, UserMeta::UNFINISHED));
        self::assertSame([], preg_grep('/logto_sign_in_unfinished/', $page['queries']));
    }

    /**
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private static function come_back(): array
    {
        return DingtalkVisit::come_back(DingtalkVisit::settings(self::$provider), ['authCode' => 'the code'], other: self::plugin());
    }

    /**
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private function pass(): array
    {
        $form = [
            'user' => (string) $this->user->ID,
            'code' => get_user_meta($this->user->ID, 'second_factor_code', true),
            'redirect_to' => 'http://127.0.0.1/there',
            'rememberme' => '1',
        ];

        return Program::page('wp-login.php', ['action' => 'second_factor'], ['post' => $form] + self::plugin());
    }

    /**
     * @param array<string, string> $cookies
     * @param list<string> $plugins Beside the second factor.
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private static function visit(array $cookies, array $plugins = []): array
    {
        $plugins = array_map(static fn(string $name): string => dirname(__DIR__) . '/plugins/' . $name . '.php', [...$plugins, 'second_factor']);
        $page = Program::page('index.php', [], ['cookie' => $cookies, 'settings' => DingtalkVisit::settings(self::$provider), 'plugins' => $plugins]);
        wp_cache_flush();

        return $page;
    }

    /**
     * A session that began a minute ago.
     *
     * @return array<string, string>
     */
    private function session(): array
    {
        $manager = \WP_Session_Tokens::get_instance($this->user->ID);
        $token = $manager->create(time() + 600);
        $manager->update($token, ['login' => time() - 60] + $manager->get($token));
        $name = is_multisite() ? LOGGED_IN_COOKIE : 'wordpress_logged_in_' . md5('http://127.0.0.1');

        return [$name => wp_generate_auth_cookie($this->user->ID, time() + 600, 'logged_in', $token)];
    }

    /**
     * @return array<string, mixed>
     */
    private static function plugin(): array
    {
        return ['plugins' => [dirname(__DIR__) . '/plugins/second_factor.php']];
    }

    /**
     * @param array{headers: list<string>} $page
     *
     * @return array<string, string> The cookies that a page sets, whose names begin so.
     */
    private static function cookies(array $page, string $name): array
    {
        $cookies = [];
        foreach ($page['headers'] as $header) {
            if (preg_match('/^set-cookie: (' . $name . '[^=]*)=([^;]*)/i', $header, $cookie) === 1) {
                $cookies[$cookie[1]] = str_contains($header, 'Max-Age=0') ? '' : rawurldecode($cookie[2]);
            }
        }

        return $cookies;
    }
}
