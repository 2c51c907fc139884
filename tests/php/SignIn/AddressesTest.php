<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * The plugin's addresses beside plugins that hide the login page, and that store pages.
 */
final class AddressesTest extends TestCase
{
    private const HIDDEN = [__DIR__ . '/../plugins/hidden_login.php'];

    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function setUp(): void
    {
        parent::setUp();
        update_option(LoginPath::OPTION, LoginPath::LOGIN_PAGE);
    }

    /**
     * Fault C4: a plugin that hides the login page answered 404 at the registered addresses.
     *
     * @dataProvider places
     *
     * @param array<string, mixed> $other
     */
    public function test_fault_c4_the_addresses_answer_wherever_the_login_page_is(string $page, array $other): void
    {
        $start = self::page($page, ['action' => 'logto'], $other);
        $callback = self::page($page, ['action' => 'logto_callback', 'state' => 'invented'], $other);

        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($start), $start['body']);
        self::assertSame(400, $callback['status']);
        self::assertStringContainsString('<code>state_unknown</code>', $callback['body']);
        self::assertStringContainsString('<body class="login', $callback['body']);
        self::assertContains('X-Frame-Options: SAMEORIGIN', $callback['headers']);
        self::assertStringContainsString('no-store', implode("\n", preg_grep('/^cache-control:/i', $callback['headers']) ?: []));
        self::assertStringNotContainsString('secret-door', $start['body'] . $callback['body'], 'the page shows the secret path');
    }

    /**
     * @return array<string, array{string, array<string, mixed>}>
     */
    public function places(): array
    {
        return [
            'the login page, hidden' => ['wp-login.php', ['plugins' => self::HIDDEN]],
            'the front page' => ['index.php', ['plugins' => self::HIDDEN]],
            'a path that the login page had' => ['index.php', ['plugins' => self::HIDDEN, 'uri' => '/old-door/']],
            'the front page of a site that hides nothing' => ['index.php', []],
        ];
    }

    public function test_a_hidden_login_page_stays_hidden(): void
    {
        foreach ([['form' => '1'], ['action' => 'logto_unknown'], ['action' => 'lostpassword']] as $get) {
            self::assertSame(404, self::page('wp-login.php', $get, ['plugins' => self::HIDDEN])['status']);
        }
    }

    public function test_other_addresses_with_such_an_action_are_none_of_ours(): void
    {
        self::assertSame('', Program::location(self::page('index.php', ['action' => 'logto_unknown'])));
        self::assertSame('', Program::location(self::page('index.php', ['p' => 'action=logto'])));
    }

    /**
     * Fault C4: the whole sign-in at the front page, behind a cache of pages that hides unknown cookies.
     */
    public function test_fault_c4_a_sign_in_at_the_front_page_behind_a_page_cache(): void
    {
        $cache = WP_CONTENT_DIR . '/cache/pages';
        array_map(unlink(...), glob($cache . '/*') ?: []);
        $other = ['plugins' => [__DIR__ . '/../plugins/page_cache.php', ...self::HIDDEN], 'options' => [LoginPath::OPTION => LoginPath::FRONT]];
        $settings = DingtalkVisit::settings(self::$provider);

        $states = [];
        foreach ([1, 2] as $_) {
            $start = self::page('index.php', ['action' => 'logto', 'redirect_to' => 'http://127.0.0.1/there'], $other, $settings);
            parse_str((string) parse_url(Program::location($start), PHP_URL_QUERY), $query);
            $states[] = $query['state'];
        }

        self::assertNotSame($states[0], $states[1], 'the cache stored the start of a sign-in');
        self::assertSame('http://127.0.0.1/index.php?action=logto_callback_dingtalk', $query['redirect_uri']);
        preg_match('~^set-cookie: (wordpress_logto_[^=]+)=([^;]+);.*path=/index\.php;~im', implode("\n", $start['headers']), $cookie);
        self::assertCount(3, $cookie, implode("\n", $start['headers']));

        $cookies = ['cookie' => [$cookie[1] => rawurldecode($cookie[2])]];
        $back = ['action' => 'logto_callback_dingtalk', 'state' => $states[1], 'authCode' => 'the code'];
        $callback = self::page('index.php', $back, $other + $cookies, $settings);
        self::assertSame('http://127.0.0.1/there', Program::location($callback), $callback['body']);
        self::assertNotSame([], preg_grep('/^set-cookie: wordpress_logged_in/i', $callback['headers']));
        self::assertSame([], glob($cache . '/*'), 'an answer to a sign-in was stored');
    }

    /**
     * A page with a button may be stored: it is the same for everybody, and shows no secret path.
     */
    public function test_a_stored_page_leads_to_a_start_that_works(): void
    {
        $cache = WP_CONTENT_DIR . '/cache/pages';
        array_map(unlink(...), glob($cache . '/*') ?: []);
        $other = ['plugins' => [__DIR__ . '/../plugins/page_cache.php', ...self::HIDDEN]];

        $first = self::page('index.php', [], $other);
        $second = self::page('index.php', [], $other);

        self::assertContains('X-Page-Cache: hit', $second['headers']);
        self::assertSame($first['body'], $second['body']);
        array_map(unlink(...), glob($cache . '/*') ?: []);
    }

    /**
     * @param array<string, string> $get
     * @param array<string, mixed> $other
     * @param array<string, mixed> $settings
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private static function page(string $page, array $get, array $other = [], array $settings = []): array
    {
        return Program::page($page, $get, $other + ['settings' => $settings === [] ? ['endpoint' => self::$provider->url] + self::SETTINGS : $settings]);
    }
}
