<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Protocol\Answer\HttpError;
use LogtoSignIn\Tests\Program;

/**
 * WordPress's guard against hosts: what it blocks, and for whom it is lifted.
 */
final class HttpGuardTest extends HttpTestCase
{
    public function test_what_wordpress_blocks_stays_blocked(): void
    {
        self::assertSame(HttpError::Blocked, self::send('', ['url' => 'ftp://127.0.0.1/'])->error);
    }

    /**
     * Fault C22: with WP_HTTP_BLOCK_EXTERNAL, the log said that there was no connection.
     */
    public function test_fault_c22_the_constant_that_blocks_a_host_is_named(): void
    {
        $lines = [];
        add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$lines): void {
            $lines[] = $code . ' ' . $cause;
        }, 10, 2);

        // The world's sites block every host but this machine.
        $response = self::send('', ['url' => 'https://tenant.example/oidc']);

        self::assertSame(HttpError::Blocked, $response->error);
        self::assertSame(['request_blocked WP_HTTP_BLOCK_EXTERNAL is on, and WP_ACCESSIBLE_HOSTS does not name tenant.example'], $lines);
    }

    /**
     * Fault C11: WordPress's guard looks a name up itself, and did not find one that only the proxy knows.
     */
    public function test_fault_c11_a_host_that_an_admin_named_is_asked_through_the_proxy(): void
    {
        $proxy = explode(':', (string) parse_url(self::$provider->url, PHP_URL_HOST) . ':' . (string) parse_url(self::$provider->url, PHP_URL_PORT));
        $constants = ['WP_PROXY_HOST' => $proxy[0], 'WP_PROXY_PORT' => $proxy[1], 'WP_ACCESSIBLE_HOSTS' => 'tenant.invalid'];
        $request = static fn(bool $trusted_host): array => Program::run('request.php', [], ['constants' => $constants, 'url' => 'http://tenant.invalid:3001/echo', 'trusted_host' => $trusted_host]);

        self::assertSame([200, null], [$request(true)['status'], $request(true)['error'] ?? null]);
        self::assertSame('connection', $request(false)['error'], 'what metadata names stays behind the guard');
    }

    public function test_the_guard_is_lifted_for_nobody_else(): void
    {
        $during = null;
        add_filter('pre_http_request', static function () use (&$during): \WP_Error {
            $during = wp_http_validate_url(self::$provider->url . '/');

            return new \WP_Error('stop', 'stop');
        });
        add_filter('pre_option_home', static fn() => 'https://elsewhere.example');

        self::send('/echo');

        self::assertFalse($during);
    }

    /**
     * Fault R7: metadata named hosts of the server's own network, and the guard against them was lifted for each.
     *
     * @dataProvider internal_hosts
     */
    public function test_fault_r7_only_a_trusted_host_may_be_internal(string $host): void
    {
        add_filter('pre_option_home', static fn() => 'https://elsewhere.example');
        $url = str_replace('127.0.0.1', $host, self::$provider->url) . '/echo';

        self::assertSame(HttpError::Blocked, self::send('', ['url' => $url, 'trusted_host' => false])->error);
        self::assertSame(HttpError::Blocked, self::send('', ['url' => "https://{$host}/echo", 'trusted_host' => false])->error, 'with a port that WordPress allows');
        self::assertSame(200, self::send('', ['url' => $url])->status);
    }

    /**
     * @return array<string, array{string}>
     */
    public static function internal_hosts(): array
    {
        return ['an address' => ['127.0.0.1'], 'a name that leads to one' => ['localhost']];
    }
}
