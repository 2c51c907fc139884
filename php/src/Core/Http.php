<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\Answer\HttpError;
use LogtoSignIn\Protocol\Answer\HttpResponse;
use LogtoSignIn\Protocol\Effect\HttpRequest;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Log;

/**
 * Sends an HTTP request of the core: to exactly the host and port of its URL, and never on to another.
 */
final class Http
{
    /**
     * Seconds that an exclusive request waits for another one. A provider that answers does so sooner: when nothing is
     * cached, visitors who come at once all get through. One that is silent holds a worker no longer than this.
     */
    private const PATIENCE_SECS = 1;

    public static function send(HttpRequest $request): HttpResponse
    {
        $send = static fn(): HttpResponse => self::exchange($request);

        return $request->exclusive
            ? Lock::hold('request ' . $request->url, $send, static fn(): HttpResponse => HttpResponse::failed(HttpError::Busy), self::PATIENCE_SECS)
            : $send();
    }

    private static function exchange(HttpRequest $request): HttpResponse
    {
        $arguments = [
            'method' => $request->method,
            'headers' => $request->headers + ['accept-encoding' => 'identity'],
            'body' => $request->body,
            'timeout' => $request->timeout_ms / 1000,
            'redirection' => 0,
            // One byte more than is allowed tells a body that is too long.
            'limit_response_size' => $request->max_bytes + 1,
            'user-agent' => 'Logto Sign-In for WordPress',
        ];
        $response = self::as_received(static fn(): array|\WP_Error => self::fetch($request->url, $request->trusted_host, $arguments));
        if ($response instanceof \WP_Error && (new \WP_Http())->block_request($request->url)) {
            Log::write('request_blocked', 'WP_HTTP_BLOCK_EXTERNAL is on, and WP_ACCESSIBLE_HOSTS does not name ' . (string) wp_parse_url($request->url, PHP_URL_HOST));

            return HttpResponse::failed(HttpError::Blocked);
        }

        if ($response instanceof \WP_Error) {
            return HttpResponse::failed(self::cause($response->get_error_message(), $request->url));
        }

        $body = wp_remote_retrieve_body($response);
        if (strlen($body) > $request->max_bytes) {
            return HttpResponse::failed(HttpError::TooLarge);
        }

        return new HttpResponse((int) wp_remote_retrieve_response_code($response), self::header($response, 'content-type'), self::header($response, 'date'), $body);
    }

    /**
     * WordPress unpacks a body that is said to be compressed, without a limit: a megabyte becomes a gigabyte. Nothing
     * compressed was asked for, and what cURL unpacks by itself counts toward the limit.
     *
     * @template T
     *
     * @param \Closure(): T $send
     *
     * @return T
     */
    private static function as_received(\Closure $send): mixed
    {
        $keep = static function (string &$response): void {
            $end = strpos($response, "\r\n\r\n");
            $head = substr($response, 0, $end === false ? null : $end);
            $response = str_ireplace("\ncontent-encoding:", "\nx-content-encoding:", $head) . substr($response, strlen($head));
        };
        add_action('requests-requests.before_parse', $keep);
        try {
            return $send();
        } finally {
            remove_action('requests-requests.before_parse', $keep);
        }
    }

    /**
     * @param array<array-key, mixed> $response
     */
    private static function header(array $response, string $name): string
    {
        $value = wp_remote_retrieve_header($response, $name);

        return is_array($value) ? implode(', ', Input::to_strings($value)) : $value;
    }

    /**
     * WordPress's guard refuses private addresses and unusual ports. It resolves the name itself, with IPv4 only: a host that
     * only the proxy of WP_PROXY_HOST or only IPv6 knows does not exist for it. So it is not asked about a host that an admin
     * or the core itself named. No redirect is followed, and the request goes to that host and port alone.
     *
     * @param array<string, mixed> $arguments
     *
     * @return array<array-key, mixed>|\WP_Error
     */
    private static function fetch(string $url, bool $trusted_host, array $arguments): array|\WP_Error
    {
        return match (true) {
            $trusted_host => wp_remote_request($url, $arguments),
            Functions::exist('gethostbyname') => wp_safe_remote_request($url, $arguments),
            default => new \WP_Error('http_request_failed', 'the guard against private addresses needs the function gethostbyname'),
        };
    }

    /**
     * WordPress has only words for what went wrong; cURL's number is the stable part of them.
     */
    private static function cause(string $message, string $url): HttpError
    {
        $found = [];
        $curl = preg_match('/cURL error (\d+)/i', $message, $found) === 1 ? (int) $found[1] : 0;
        $host = (string) wp_parse_url($url, PHP_URL_HOST);

        return match (true) {
            $curl === 28, stripos($message, 'timed out') !== false => HttpError::Timeout,
            in_array($curl, [35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91], true) => HttpError::Tls,
            $curl !== 0 => HttpError::Connection,
            stripos($message, 'ssl') !== false || stripos($message, 'certificate') !== false => HttpError::Tls,
            // A name that does not resolve counts as a bad URL for WordPress.
            stripos($message, 'URL') === false => HttpError::Connection,
            Functions::call('gethostbyname', $host) === $host && filter_var($host, FILTER_VALIDATE_IP) === false => HttpError::Connection,
            default => HttpError::Blocked,
        };
    }
}
