<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Http;
use LogtoSignIn\Protocol\Answer\HttpError;
use LogtoSignIn\Protocol\Answer\HttpResponse;
use LogtoSignIn\Protocol\Effect\HttpRequest;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

final class HttpTest extends TestCase
{
    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    public function test_a_request_is_sent_as_the_core_wants_it(): void
    {
        $response = self::send('/echo', ['method' => 'POST', 'headers' => ['Authorization' => 'Basic eA=='], 'body' => 'a=1&b=%20']);
        self::assertSame([200, 'text/plain; charset=x', null], [$response->status, $response->content_type, $response->error]);
        self::assertSame(['method' => 'POST', 'body' => 'a=1&b=%20', 'authorization' => 'Basic eA=='], json_decode($response->body, true));
    }

    public function test_a_redirect_is_an_answer_and_is_not_followed(): void
    {
        self::assertSame([302, ''], [self::send('/redirect')->status, self::send('/redirect')->body]);
    }

    public function test_an_answer_that_is_too_long_is_an_error(): void
    {
        self::assertSame(HttpError::TooLarge, self::send('/long', ['max_bytes' => 4999])->error);
        self::assertSame(5000, strlen(self::send('/long', ['max_bytes' => 5000])->body));
    }

    public function test_a_slow_answer_is_a_timeout(): void
    {
        $start = microtime(true);
        self::assertSame(HttpError::Timeout, self::send('/slow', ['timeout_ms' => 500])->error);
        self::assertLessThan(1.8, microtime(true) - $start);
    }

    public function test_an_answer_that_drips_is_a_timeout(): void
    {
        $start = microtime(true);

        self::assertSame(HttpError::Timeout, self::send('/drip', ['timeout_ms' => 500])->error);

        self::assertLessThan(1.8, microtime(true) - $start);
    }

    /**
     * Fault S20: a compressed answer of one MiB became a gigabyte of PHP's memory, and ended the request with a fatal error.
     */
    public function test_fault_s20_a_compressed_answer_is_not_unpacked_beyond_the_limit(): void
    {
        memory_reset_peak_usage();
        $before = memory_get_usage();

        $response = self::send('/bomb', ['max_bytes' => 1 << 20]);

        self::assertLessThan(32 << 20, memory_get_peak_usage() - $before);
        self::assertStringStartsWith("\x1f\x8b", $response->body, 'still compressed');
    }

    /**
     * RFC 9700 §4.12: a redirect with 307 would send the code and the secret on.
     *
     * @dataProvider redirects
     */
    public function test_no_redirect_is_followed_wherever_it_leads(string $to): void
    {
        $response = self::send('/redirects?to=' . rawurlencode($to), ['method' => 'POST', 'body' => 'code=secret']);

        self::assertSame([307, ''], [$response->status, $response->body]);
    }

    /**
     * @return array<string, array{string}>
     */
    public static function redirects(): array
    {
        return ['a circle' => ['/redirects'], 'a file' => ['file:///etc/passwd'], 'the network' => ['http://169.254.169.254/latest/meta-data'], 'this machine' => ['/echo']];
    }

    public function test_nobody_listening_is_a_connection_error(): void
    {
        self::assertSame(HttpError::Connection, self::send('', ['url' => 'http://127.0.0.1:9/'])->error);
    }

    public function test_plain_http_on_a_tls_port_is_a_tls_error(): void
    {
        self::assertSame(HttpError::Tls, self::send('', ['url' => str_replace('http:', 'https:', self::$provider->url) . '/echo'])->error);
    }

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

    /**
     * Fault S11: every visitor of the login page held a worker while the provider was silent.
     */
    public function test_fault_s11_an_exclusive_request_is_sent_once_at_a_time(): void
    {
        $other = new \wpdb(DB_USER, DB_PASSWORD, DB_NAME, DB_HOST);
        $name = Lock::name('request ' . self::$provider->url . '/slow');
        self::assertSame('1', $other->get_var("SELECT GET_LOCK('{$name}', 0)"));
        $start = microtime(true);

        self::assertSame(HttpError::Busy, self::send('/slow', ['exclusive' => true])->error);

        self::assertLessThan(2.0, microtime(true) - $start, 'a provider that is silent holds a worker for five');
        self::assertSame(200, self::send('/echo', ['exclusive' => true])->status, 'another URL is another request');
        $other->get_var("SELECT RELEASE_LOCK('{$name}')");
        self::assertSame(200, self::send('/slow', ['exclusive' => true])->status);
        $other->close();
    }

    public function test_certificates_are_checked(): void
    {
        $arguments = [];
        add_filter('pre_http_request', static function (mixed $answer, array $sent) use (&$arguments): \WP_Error {
            $arguments = $sent;

            return new \WP_Error('stop', 'stop');
        }, 10, 2);
        self::send('/echo');
        self::assertTrue($arguments['sslverify']);
        self::assertFalse($arguments['reject_unsafe_urls'], 'an admin named the host');
        self::assertSame([0, 5], [$arguments['redirection'], $arguments['timeout']]);
    }

    /**
     * @param array<string, mixed> $members Those that differ.
     */
    private static function send(string $path, array $members = []): HttpResponse
    {
        return Http::send(new HttpRequest(...$members + [
            'method' => 'GET',
            'url' => self::$provider->url . $path,
            'headers' => [],
            'body' => null,
            'timeout_ms' => 5000,
            'max_bytes' => 65_536,
            'trusted_host' => true,
            'exclusive' => false,
        ]));
    }
}
