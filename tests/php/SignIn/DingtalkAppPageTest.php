<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Signing in inside the DingTalk app: the page, and the address that its form is posted to.
 */
final class DingtalkAppPageTest extends TestCase
{
    private const AGENT = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile Safari/537.36 AliApp(DingTalk/7.6.0)';

    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    public function test_inside_the_app_a_page_asks_for_a_code(): void
    {
        foreach ([[], ['action' => 'logto'], ['action' => 'logto', 'provider' => 'dingtalk']] as $get) {
            $page = self::open($get);
            self::assertSame([200, ''], [$page['status'], Program::location($page)], $page['body']);
            self::assertSame([], $page['fetched'], 'nobody was asked');
            $data = self::data($page);
            self::assertSame(['ding1', 'client id'], [$data['corp-id'], $data['client-id']]);
            self::assertSame('http://127.0.0.1/wp-login.php?action=logto_callback_dingtalk_app', $data['submit-to']);
            parse_str((string) parse_url($data['fallback'], PHP_URL_QUERY), $fallback);
            self::assertSame(['action' => 'logto', 'redirect_to' => 'http://127.0.0.1/there', 'provider' => 'dingtalk', 'dingtalk_app' => '0'], $fallback);
            self::assertNotSame([], preg_grep('/^set-cookie: wordpress_logto_.*httponly.*samesite=lax/i', $page['headers']));
            self::assertStringContainsString('no-store', implode('', preg_grep('/^cache-control:/i', $page['headers']) ?: []));
            self::assertContains('Referrer-Policy: no-referrer', $page['headers']);
        }
    }

    public function test_the_page_is_said_aloud_and_has_a_way_on_without_its_script(): void
    {
        $body = self::open()['body'];
        self::assertMatchesRegularExpression('/<div id="logto-dingtalk-app" class="logto-app" role="status"/', $body);
        self::assertMatchesRegularExpression('~<noscript>.+</noscript>~', $body);
        self::assertMatchesRegularExpression('~<a class="button button-large" href="[^"]+dingtalk_app=0">Continue on DingTalk’s sign-in page</a>~', $body);
        self::assertMatchesRegularExpression('~<script[^>]* src="[^"]+/assets/dingtalk-app\.js\?ver=~', $body);
        self::assertStringNotContainsString('name="pwd"', $body);
        self::assertFileExists(\LogtoSignIn\Support\Plugin::path('assets/dingtalk-app.js'));
    }

    public function test_whatever_is_shown_is_escaped(): void
    {
        // wp-login.php is no page of this process: its two functions are all that is needed of it.
        $page = Program::run('login_page.php', [], ['outcome' => [
            'type' => 'dingtalk_app_page',
            'corp_id' => '"><script>alert(1)</script>',
            'client_id' => "' onload='x",
            'state' => '<b>',
            'submit_to' => 'javascript:alert(2)',
            'fallback' => 'https://site.example/?a=1&b="><script>',
            'cookies' => [],
        ]]);
        self::assertStringNotContainsString('<script>alert', $page['body']);
        self::assertStringNotContainsString("' onload", $page['body']);
        self::assertStringNotContainsString('<b>', $page['body']);
        self::assertStringNotContainsString('javascript:', $page['body']);
        self::assertStringContainsString('href="https://site.example/?a=1&#038;b=', $page['body']);
    }

    public function test_a_form_signs_in_and_once(): void
    {
        [$data, $cookie] = self::attempt();
        $form = http_build_query(['code' => 'a code of the app', 'state' => $data['state']]);
        $page = self::post($form, $cookie);
        self::assertSame('http://127.0.0.1/there', Program::location($page), $page['body']);
        self::assertNotSame([], preg_grep('/wordpress_logged_in/', $page['headers']));
        self::assertSame([self::$provider->url . '/v1.0/oauth2/accessToken', self::$provider->url . '/topapi/v2/user/getuserinfo?access_token=app%26token'], $page['fetched']);
        $users = get_users(['search' => '李四', 'search_columns' => ['display_name'], 'blog_id' => 0]);
        self::assertCount(1, $users);
        self::assertSame(['https://login.dingtalk.com', 'union'], array_map(
            static fn(string $column): string => \LogtoSignIn\Accounts\Identities::of_user($users[0]->ID)[0][$column],
            ['issuer', 'subject'],
        ));

        $again = self::post($form, $cookie);
        self::assertSame(400, $again['status']);
        self::assertStringContainsString('<code>state_used</code>', $again['body']);
        self::assertSame([], preg_grep('/wordpress_logged_in/', $again['headers']));
    }

    public function test_the_body_of_a_post_is_read_as_it_came_and_nothing_else(): void
    {
        [$data, $cookie] = self::attempt();
        foreach ([
            'code=a&code=a&state=' . $data['state'] => 'parameter_repeated',
            'code=&state=' . $data['state'] => 'code_missing',
            'code=a%20code%20of%20the%20app' => 'state_missing',
            'code=x&state=invented' => 'state_unknown',
            'code=' . str_repeat('x', 100_000) . '&state=' . $data['state'] => 'state_missing',
        ] as $form => $code) {
            $page = self::post($form, $cookie);
            self::assertSame(400, $page['status']);
            self::assertStringContainsString("<code>{$code}</code>", $page['body'], substr($form, 0, 60));
            self::assertSame([], $page['fetched']);
        }

        $get = ['action' => 'logto_callback_dingtalk_app', 'code' => 'a code of the app', 'state' => $data['state']];
        $page = Program::page('wp-login.php', $get, ['settings' => self::settings(), 'cookie' => $cookie]);
        self::assertStringContainsString('<code>state_missing</code>', $page['body'], 'an address signs nobody in');
    }

    public function test_the_browsers_way_and_the_apps_take_no_answer_of_each_other(): void
    {
        [$data, $cookie] = self::attempt();
        $get = ['action' => 'logto_callback_dingtalk', 'authCode' => 'the code', 'state' => $data['state']];
        $page = Program::page('wp-login.php', $get, ['settings' => self::settings(), 'cookie' => $cookie]);
        self::assertStringContainsString('<code>state_unknown</code>', $page['body']);

        $start = self::open(['action' => 'logto', 'provider' => 'dingtalk', 'dingtalk_app' => '0']);
        self::assertStringStartsWith(self::$provider->url . '/oauth2/auth?', Program::location($start));
        parse_str((string) parse_url(Program::location($start), PHP_URL_QUERY), $query);
        $page = self::post(http_build_query(['code' => 'a code of the app', 'state' => $query['state']]), self::cookie($start));
        self::assertStringContainsString('<code>state_unknown</code>', $page['body']);
    }

    public function test_the_app_is_not_asked_elsewhere(): void
    {
        $page = self::open(['action' => 'logto'], ['agent' => 'Mozilla/5.0 (Linux; Android 14) Chrome/140.0']);
        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($page));
        $page = self::open(['action' => 'logto', 'provider' => 'logto']);
        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($page));
        $page = self::open(['action' => 'logto'], ['settings' => ['dingtalk_corp_ids' => 'ding7'] + self::settings()]);
        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($page));
    }

    public function test_another_name_of_the_site_keeps_the_browsers_way(): void
    {
        $page = self::open(['action' => 'logto', 'dingtalk_app' => '0'], ['host' => 'www.site.example']);
        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        self::assertSame(['0', '1'], [$query['dingtalk_app'], $query['canonical']]);
    }

    /**
     * @param array<string, string> $get
     * @param array<string, mixed> $other
     *
     * @return array<array-key, mixed>
     */
    private static function open(array $get = [], array $other = []): array
    {
        return Program::page('wp-login.php', $get + ['redirect_to' => 'http://127.0.0.1/there'], $other + ['settings' => self::settings(), 'agent' => self::AGENT]);
    }

    /**
     * @param array<string, string> $cookie
     *
     * @return array<array-key, mixed>
     */
    private static function post(string $form, array $cookie): array
    {
        $other = ['settings' => self::settings(), 'agent' => self::AGENT, 'cookie' => $cookie, 'form' => $form];

        return Program::page('wp-login.php', ['action' => 'logto_callback_dingtalk_app'], $other);
    }

    /**
     * @return array{array<string, string>, array<string, string>} Data of a page, and its cookie.
     */
    private static function attempt(): array
    {
        $page = self::open();

        return [self::data($page), self::cookie($page)];
    }

    /**
     * @param array<array-key, mixed> $page
     *
     * @return array<string, string>
     */
    private static function data(array $page): array
    {
        preg_match_all('/ data-([a-z-]+)="([^"]*)"/', $page['body'], $found);

        return array_combine($found[1], array_map('html_entity_decode', $found[2]));
    }

    /**
     * @param array<array-key, mixed> $page
     *
     * @return array<string, string>
     */
    private static function cookie(array $page): array
    {
        preg_match('/^set-cookie: (wordpress_logto_[^=]+)=([^;]+)/im', implode("\n", $page['headers']), $cookie);

        return [$cookie[1] => rawurldecode($cookie[2])];
    }

    /**
     * @return array<string, mixed>
     */
    private static function settings(): array
    {
        return [
            'dingtalk_client_id' => 'client id',
            'dingtalk_client_secret' => 'a very secret DingTalk secret',
            'dingtalk_app_corp_id' => 'ding1',
            'dingtalk_origin' => self::$provider->url,
            'endpoint' => self::$provider->url,
        ] + self::SETTINGS;
    }
}
