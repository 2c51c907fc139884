<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Protocol\Answer\HttpError;
use LogtoSignIn\Support\Lock;

/**
 * A request as it is sent, the limits of its answer, and what counts as an error.
 */
final class HttpTest extends HttpTestCase
{
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
}
