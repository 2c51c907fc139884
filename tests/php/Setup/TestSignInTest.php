<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Setup;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Setup\Action;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * The test sign-in, from the button to the report.
 */
final class TestSignInTest extends TestCase
{
    private const DINGTALK = ['dingtalk_client_id' => 'client id', 'dingtalk_client_secret' => 'a very secret DingTalk secret'];

    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    public function test_it_goes_to_the_provider_and_asks_who_is_there(): void
    {
        $page = $this->start($this->admin());

        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($page), $page['body']);
        self::assertSame('login', $query['prompt'] ?? '');
    }

    public function test_nobody_else_starts_it(): void
    {
        $page = $this->start($this->user('an-editor', 'editor'));
        self::assertSame([403, ''], [$page['status'], Program::location($page)]);

        $page = $this->start($this->admin(), [], ['post' => ['provider' => 'logto', '_wpnonce' => 'invented']]);
        self::assertSame([403, ''], [$page['status'], Program::location($page)]);
    }

    /**
     * What is wrong at Logto, it says in a page that leads nowhere: the test says it before.
     *
     * @dataProvider mistakes
     *
     * @param array<string, mixed> $settings
     */
    public function test_a_mistake_is_named_with_its_fix(array $settings, string $code, string $provider = 'logto'): void
    {
        $page = $this->start($this->admin(), $settings, ['post_provider' => $provider]);

        self::assertSame('', Program::location($page), 'the visitor stays here');
        self::assertStringContainsString('<code>' . $code . '</code>', $page['body']);
        self::assertStringContainsString(esc_html(Catalog::of($code)->message), $page['body']);
        self::assertStringContainsString(esc_html(Catalog::of($code)->advice), $page['body']);
        self::assertStringContainsString('Back to the set-up page', $page['body']);
    }

    /**
     * @return array<string, list<mixed>>
     */
    public static function mistakes(): array
    {
        return [
            'a wrong App secret' => [['app_secret' => 'wrong'], 'application_secret'],
            'nobody at the endpoint' => [['endpoint' => 'http://127.0.0.1:9'], 'provider_unreachable'],
            'a wrong Client Secret' => [['dingtalk_client_secret' => 'wrong'] + self::DINGTALK, 'dingtalk_client_rejected', 'dingtalk'],
        ];
    }

    public function test_a_report_says_what_the_sign_in_would_do(): void
    {
        $admin = $this->admin();
        $report = self::report($admin, ['decision' => 'create', 'roles' => ['editor'], 'connection' => 'sealed', 'claims' => ['name' => '<script>alert(1)</script>', 'sub' => 'abc']]);

        foreach (['The test sign-in worked', 'Would get the new account alice.', 'Editor', '&lt;script&gt;', 'value="sealed"', '<strong>Alice</strong> can become a sign-in method of your account <strong>boss</strong>.', 'type="password"', 'role="status"'] as $part) {
            self::assertStringContainsString($part, $report);
        }

        self::assertStringNotContainsString('<script>alert', $report);
        self::assertSame($admin->ID, array_values(Proof::all())[0]['by'] ?? null, 'the proof is theirs');
        self::assertSame([], Identities::of_user($admin->ID), 'nothing else was stored');
    }

    public function test_a_report_names_an_account_that_exists(): void
    {
        $user = $this->user('alice');

        self::assertStringContainsString('Would be signed in as alice.', self::report($this->admin(), ['decision' => 'sign_in', 'account' => $user->ID]));
        self::assertStringContainsString('The account alice has the same email address.', self::report($this->admin('b2'), ['decision' => 'ask', 'account' => $user->ID]));
        self::assertStringContainsString('Would be connected to alice,', self::report($this->admin('b3'), ['decision' => 'connect', 'account' => $user->ID]));
    }

    public function test_a_refusal_proves_nothing_and_says_why(): void
    {
        $report = self::report($this->admin(), ['decision' => 'refuse', 'refused' => 'organization_required', 'proven' => false]);

        self::assertStringContainsString('The test sign-in would be refused', $report);
        self::assertStringContainsString(esc_html(Catalog::of('organization_required')->advice), $report);
        self::assertStringNotContainsString('Turn on for visitors', $report);
        self::assertSame([], Proof::all());
    }

    /**
     * @param array<string, mixed> $settings Those that differ.
     * @param array<string, mixed> $other
     *
     * @return array{status: int, headers: list<string>, body: string}
     */
    private function start(\WP_User $user, array $settings = [], array $other = []): array
    {
        $cookie = self::log_in($user);
        $settings += ['endpoint' => self::$provider->url] + self::SETTINGS;
        $settings += isset($settings['dingtalk_client_id']) ? ['dingtalk_origin' => self::$provider->url] : [];
        $post = ['provider' => $other['post_provider'] ?? 'logto', '_wpnonce' => wp_create_nonce(Action::ACTION)] + $settings;

        return Program::page('wp-login.php', ['action' => 'logto_test'], $other + [
            'settings' => $settings,
            'user' => $user->ID,
            'cookie' => $cookie,
            'post' => $post,
        ]);
    }

    /**
     * @param array<string, mixed> $members Those that differ.
     */
    private static function report(\WP_User $reader, array $members): string
    {
        update_site_option(Proof::OPTION, []);
        $preview = ['refused' => null, 'logins' => ['alice'], 'email' => 'a@b.example', 'profile' => ['display_name' => 'Alice'], 'roles' => [], 'sites' => [], 'pending' => false, 'links_by_email' => false];
        $outcome = $members + [
            'type' => 'sign_in_tested',
            'provider' => 'logto',
            'name' => 'Alice',
            'claims' => ['sub' => 'abc'],
            'decision' => 'create',
            'refused' => null,
            'account' => null,
            'roles' => [],
            'preview' => $preview,
            'proven' => true,
            'connection' => null,
            'cookies' => [],
        ];
        self::log_in($reader);
        $page = Program::run('login_page.php', [], ['outcome' => $outcome, 'settings' => self::SETTINGS, 'user' => $reader->ID]);
        wp_cache_flush();

        return (string) $page['body'];
    }
}
