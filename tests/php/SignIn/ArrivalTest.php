<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;

/**
 * Who opens the addresses of a sign-in, and what stands in the way.
 */
final class ArrivalTest extends ArrivalTestCase
{
    /**
     * Fault C8: a browser that looked ahead, and a program that asked for the headers, redeemed the code.
     *
     * @dataProvider nobody
     *
     * @param array<string, string> $server
     */
    public function test_fault_c8_nothing_happens_before_the_visitor_is_there(array $server, int $status): void
    {
        [$get, $cookie] = self::start();
        foreach ([['action' => 'logto', 'provider' => 'dingtalk'], $get] as $opened) {
            $page = self::page($opened, ['cookie' => $cookie, 'server' => $server]);

            self::assertSame([$status, ''], [$page['status'], $page['body']]);
            self::assertStringContainsString('no-store', implode('', preg_grep('/^cache-control:/i', $page['headers']) ?: []));
            self::assertSame([[], []], [$page['fetched'], preg_grep('/^(set-cookie: wordpress_logto|location:)/i', $page['headers'])]);
        }

        $page = self::page($get, ['cookie' => $cookie]);
        wp_cache_flush();
        self::assertSame('http://127.0.0.1/there', Program::location($page), $page['body']);
    }

    /**
     * @return array<string, array{array<string, string>, int}>
     */
    public function nobody(): array
    {
        return [
            'prefetch' => [['HTTP_SEC_PURPOSE' => 'prefetch'], 503],
            'prerender' => [['HTTP_SEC_PURPOSE' => 'prefetch;prerender'], 503],
            'an older browser' => [['HTTP_X_MOZ' => 'prefetch'], 503],
            'the headers alone' => [['REQUEST_METHOD' => 'HEAD'], 204],
        ];
    }

    public function test_a_login_page_that_is_fetched_ahead_begins_nothing(): void
    {
        $page = self::page([], ['server' => ['HTTP_SEC_PURPOSE' => 'prefetch']]);
        self::assertSame([503, []], [$page['status'], preg_grep('/^set-cookie: wordpress_logto/i', $page['headers'])]);

        // For a monitor, the page is there.
        $page = self::page([], ['server' => ['REQUEST_METHOD' => 'HEAD']]);
        self::assertSame([200, []], [$page['status'], preg_grep('/^set-cookie: wordpress_logto/i', $page['headers'])]);
    }

    /**
     * Fault C8: a second opening in a browser that is signed in said “Sign-in failed”.
     */
    public function test_fault_c8_who_is_signed_in_already_goes_on(): void
    {
        [$get, $cookie] = self::start();
        $session = self::log_in($this->user());
        self::page($get, ['cookie' => $cookie]);

        self::assertSame('http://127.0.0.1/there', Program::location(self::page($get, ['cookie' => $cookie + $session])));
        self::assertSame('http://127.0.0.1/', Program::location(self::page($get, ['cookie' => $session])));
        wp_cache_flush();
    }

    /**
     * Fault C9: after the output of another plugin the code was spent, and the visitor saw a blank page.
     */
    public function test_fault_c9_output_before_the_headers_is_named_before_anything_is_redeemed(): void
    {
        [$get, $cookie] = self::start();

        $page = self::page($get, ['cookie' => $cookie, 'plugins' => [dirname(__DIR__) . '/plugins/early_output.php']]);

        self::assertStringContainsString('<code>output_before_headers</code>', $page['body']);
        self::assertMatchesRegularExpression('/The output began in early_output\.php, line \d+\./', $page['body']);
        self::assertStringContainsString('href="?action=logto_callback_dingtalk&#038;state=' . $get['state'], $page['body']);
        self::assertSame([], $page['fetched']);

        $again = self::page($get, ['cookie' => $cookie]);
        wp_cache_flush();
        self::assertSame('http://127.0.0.1/there', Program::location($again), 'the same address works afterwards');
    }

    /**
     * Fault R10: when the core did not answer, “Try again” forgot where the visitor wanted to be.
     */
    public function test_fault_r10_another_try_keeps_the_destination(): void
    {
        $broken = ['constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'socket', 'LOGTO_SIGN_IN_SOCKET' => '/nowhere']];
        [$get, $cookie] = self::start();

        $start = self::page(['action' => 'logto', 'provider' => 'dingtalk', 'redirect_to' => 'http://127.0.0.1/there'], $broken);
        $callback = self::page($get, ['cookie' => $cookie] + $broken);

        self::assertStringContainsString('<code>transport_unavailable</code>', $start['body']);
        self::assertStringContainsString('provider=dingtalk&#038;redirect_to=http%3A%2F%2F127.0.0.1%2Fthere"', $start['body']);
        self::assertStringContainsString('<code>transport_unavailable</code>', $callback['body']);
        self::assertStringContainsString('href="?action=logto_callback_dingtalk&#038;state=' . $get['state'] . '&#038;authCode=the+code"', $callback['body']);
    }

    /**
     * Fault C19: “Try again” led to the same refusal at once.
     */
    public function test_fault_c19_the_visitor_may_use_another_account(): void
    {
        [$get, $cookie] = self::start();

        $page = self::page($get, ['cookie' => $cookie, 'settings' => ['provisioning' => 'off'] + DingtalkVisit::settings(self::$provider)]);

        self::assertStringContainsString('<code>not_provisioned</code>', $page['body']);
        self::assertMatchesRegularExpression('~provider=dingtalk&#038;redirect_to=\S+&#038;another_account=1">Use another account</a>~', $page['body']);
        self::assertStringNotContainsString('Try again', $page['body']);
    }
}
