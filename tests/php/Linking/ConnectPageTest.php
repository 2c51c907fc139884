<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Linking\Connect;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * What the page of a pending connection says and offers.
 */
final class ConnectPageTest extends TestCase
{
    public function test_a_visitor_with_an_account_is_asked_to_log_in(): void
    {
        $user = $this->user('the-account');
        $body = self::page(['user_id' => $user->ID]);

        foreach (['<h2>You already have an account here</h2>', 'as <strong>Boss</strong> (boss@corp.example)', 'Log in with your password once to connect the two.'] as $part) {
            self::assertStringContainsString($part, $body);
        }

        preg_match('/<a class="button button-primary button-large" href="([^"]+)">Log in with your password</', $body, $link);
        parse_str((string) parse_url(html_entity_decode($link[1] ?? ''), PHP_URL_QUERY), $query);
        self::assertSame(['1', '1'], [$query['form'] ?? '', $query['reauth'] ?? '']);
        self::assertStringEndsWith('wp-login.php?action=logto_connect', $query['redirect_to'] ?? '');
        self::assertStringNotContainsString('the-account', $body, 'the account is named to nobody but its owner');
        self::assertSame(['cancel'], self::choices($body));
    }

    public function test_what_is_offered_is_what_the_core_allows(): void
    {
        $all = ['may_mail' => true, 'may_separate' => true];
        self::assertSame(['mail', 'separate', 'cancel'], self::choices(self::page($all)));

        $mailed = self::page(['step' => 'mailed'] + $all);
        self::assertSame(['separate', 'cancel'], self::choices($mailed));
        self::assertStringContainsString('a link was sent to boss@corp.example', $mailed);
        self::assertMatchesRegularExpression('/role="status"/', $mailed);
    }

    public function test_without_password_login_another_way_is_named(): void
    {
        $body = self::page([], ['form_login' => false] + self::SETTINGS);

        self::assertStringContainsString('Sign in to it as before', $body);
        self::assertStringContainsString('>Sign in another way<', $body);
        self::assertStringNotContainsString('password', $body);
    }

    public function test_the_owner_sees_the_account_and_what_ends(): void
    {
        $user = $this->user('the-account');
        foreach (['nothing' => null, 'sessions' => 'Other sessions and application passwords', 'everything' => 'its password will be reset'] as $ends => $says) {
            $step = $ends === 'everything' ? 'confirm_mailed' : 'confirm';
            $body = self::page(['step' => $step, 'user_id' => $user->ID, 'ends' => $ends, 'may_mail' => true, 'may_separate' => true]);

            self::assertStringContainsString('<strong>the-account</strong>', $body);
            self::assertSame(['connect', 'cancel'], self::choices($body));
            self::assertSame($says !== null, str_contains($body, $says ?? 'will end'), $body);
        }
    }

    public function test_the_code_of_a_mailed_link_goes_into_the_form(): void
    {
        $body = self::page(['step' => 'confirm_mailed'], self::SETTINGS, ['code' => 'a"><script>']);

        self::assertStringContainsString('<input type="hidden" name="code" value="a&quot;&gt;&lt;script&gt;">', $body);
    }

    public function test_whatever_is_shown_is_escaped(): void
    {
        $evil = '<script>alert(1)</script>';
        foreach (['prove', 'mailed', 'confirm', 'confirm_mailed'] as $step) {
            self::assertStringNotContainsString('<script>alert', self::page(['step' => $step, 'name' => $evil, 'email' => $evil]));
        }
    }

    public function test_a_login_leads_to_the_question_while_it_waits(): void
    {
        $user = $this->user();
        add_filter('login_redirect', static fn(): string => 'https://elsewhere.example/', 1_000);
        $after_login = static fn(mixed $who): mixed => apply_filters('login_redirect', admin_url(), admin_url(), $who);

        self::assertSame('https://elsewhere.example/', $after_login($user));
        $_COOKIE[Connect::COOKIE] = 'sealed';
        self::assertStringEndsWith('wp-login.php?action=logto_connect', $after_login($user));
        self::assertSame('https://elsewhere.example/', $after_login(new \WP_Error('wrong password')));
    }

    /**
     * @param array<string, mixed> $members Those that differ.
     * @param array<string, mixed> $settings
     * @param array<string, string> $get
     */
    private static function page(array $members = [], array $settings = self::SETTINGS, array $get = []): string
    {
        $outcome = $members + [
            'type' => 'connect_page',
            'step' => 'prove',
            'user_id' => 1,
            'provider' => 'logto',
            'name' => 'Boss',
            'email' => 'boss@corp.example',
            'may_mail' => false,
            'may_separate' => false,
            'ends' => 'nothing',
            'cookies' => [],
        ];

        return (string) Program::run('login_page.php', [], ['outcome' => $outcome, 'settings' => $settings, 'get' => $get])['body'];
    }

    /**
     * @return list<string>
     */
    private static function choices(string $body): array
    {
        preg_match_all('/name="logto_choice" value="([^"]+)"/', $body, $found);

        return $found[1];
    }
}
