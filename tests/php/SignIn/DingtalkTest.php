<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Direct DingTalk sign-in, from the login page to the session.
 */
final class DingtalkTest extends TestCase
{
    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    public function test_with_dingtalk_alone_the_login_page_goes_there(): void
    {
        $page = Program::page('wp-login.php', ['redirect_to' => 'http://127.0.0.1/there'], ['settings' => self::alone()]);
        self::assertStringStartsWith(self::$provider->url . '/oauth2/auth?', Program::location($page), $page['body']);
        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        self::assertSame('http://127.0.0.1/wp-login.php?action=logto_callback_dingtalk', $query['redirect_uri']);
        self::assertSame(['client id', 'code', 'consent'], [$query['client_id'], $query['response_type'], $query['prompt']]);

        $form = Program::page('wp-login.php', ['form' => '1'], ['settings' => self::alone()]);
        self::assertStringContainsString('Continue with DingTalk', $form['body']);
        self::assertStringNotContainsString('Continue with Logto', $form['body']);
    }

    public function test_with_both_the_login_page_goes_to_logto_and_the_form_offers_both(): void
    {
        $page = Program::page('wp-login.php', [], ['settings' => self::both()]);
        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($page));

        $form = Program::page('wp-login.php', ['form' => '1', 'redirect_to' => 'http://127.0.0.1/there'], ['settings' => self::both()]);
        self::assertMatchesRegularExpression('~href="http://127\.0\.0\.1/wp-login\.php\?action=logto&#038;provider=logto&#038;redirect_to=[^"]+">Continue with Logto<~', $form['body']);
        self::assertMatchesRegularExpression('~action=logto&#038;provider=dingtalk&#038;redirect_to=[^"]+">Continue with DingTalk<~', $form['body']);
        self::assertSame([], $form['fetched']);
        self::assertSame([], preg_grep('/^set-cookie: wordpress_logto_/i', $form['headers']), 'nothing is minted before the click');
    }

    public function test_the_start_address_takes_a_provider(): void
    {
        $page = Program::page('wp-login.php', ['action' => 'logto', 'provider' => 'dingtalk'], ['settings' => self::both()]);
        self::assertStringStartsWith(self::$provider->url . '/oauth2/auth?', Program::location($page));
        // Links of earlier versions name it so.
        $page = Program::page('wp-login.php', ['action' => 'logto', 'connector' => 'dingtalk'], ['settings' => self::both()]);
        self::assertStringStartsWith(self::$provider->url . '/oauth2/auth?', Program::location($page));
        $page = Program::page('wp-login.php', ['action' => 'logto', 'connector' => 'another'], ['settings' => self::both()]);
        self::assertStringStartsWith(self::$provider->url . '/oidc/auth?', Program::location($page));
    }

    public function test_a_visitor_of_dingtalk_gets_an_account_and_a_session(): void
    {
        $page = $this->come_back(self::both(), ['authCode' => 'the code']);
        self::assertSame('http://127.0.0.1/there', Program::location($page), $page['body']);
        self::assertNotSame([], preg_grep('/wordpress_logged_in/', $page['headers']));

        $users = get_users(['meta_key' => 'logto_sign_in_phone', 'meta_value' => '+8613800000002', 'blog_id' => 0]);
        self::assertCount(1, $users);
        self::assertSame('李四', $users[0]->display_name);
        self::assertSame('https://static.example/a.png', get_user_meta($users[0]->ID, 'logto_sign_in_picture', true));
        self::assertSame('https://login.dingtalk.com', \LogtoSignIn\Accounts\Identities::of_user($users[0]->ID)[0]['issuer']);
        $session = current(\WP_Session_Tokens::get_instance($users[0]->ID)->get_all());
        self::assertSame('dingtalk', $session[\LogtoSignIn\Accounts\Sessions::PROVIDER_KEY]);
    }

    public function test_another_try_goes_to_dingtalk_again(): void
    {
        $page = $this->come_back(self::both(), ['error' => 'access_denied']);
        self::assertSame(403, $page['status']);
        self::assertStringContainsString('<code>access_denied</code>', $page['body']);
        self::assertMatchesRegularExpression('~provider=dingtalk[^"]*">Try again~', $page['body']);
    }

    public function test_a_wrong_secret_is_told_by_its_code(): void
    {
        $page = $this->come_back(['dingtalk_client_secret' => 'wrong'] + self::both(), ['authCode' => 'the code']);
        self::assertStringContainsString('<code>dingtalk_client_rejected</code>', $page['body']);
    }

    public function test_an_answer_of_dingtalk_is_none_of_logto(): void
    {
        $page = $this->come_back(self::both(), ['code' => 'the code'], 'logto_callback');
        self::assertSame(400, $page['status']);
        self::assertSame([], preg_grep('/wordpress_logged_in/', $page['headers']));
    }

    /**
     * Starts a sign-in, and comes back with the state that it had.
     *
     * @param array<string, mixed> $settings
     * @param array<string, string> $answer
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private function come_back(array $settings, array $answer, string $action = 'logto_callback_dingtalk'): array
    {
        return DingtalkVisit::come_back($settings, $answer, $action);
    }

    /**
     * @return array<string, mixed>
     */
    private static function alone(): array
    {
        return DingtalkVisit::settings(self::$provider);
    }

    /**
     * @return array<string, mixed>
     */
    private static function both(): array
    {
        return self::alone() + ['endpoint' => self::$provider->url] + self::SETTINGS;
    }
}
