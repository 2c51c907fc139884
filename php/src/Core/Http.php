<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Support\Input;

/**
 * Sends an HTTP request of the core: to exactly the host and port of its URL, and never on to another.
 */
final class Http
{
    /** Seconds; the core may ask for less. */
    private const TIMEOUT = 5.0;

    /**
     * @param array<array-key, mixed> $effect The effect `fetch`.
     *
     * @return array<string, mixed> The answer `Fetched`.
     */
    public static function perform(array $effect): array
    {
        $url = Input::string($effect, 'url');
        $most = Input::int($effect, 'max_bytes');
        $milliseconds = Input::int($effect, 'timeout_ms');

        $response = self::send($url, [
            'method' => Input::string($effect, 'method', 'GET'),
            'headers' => Input::map($effect, 'headers'),
            'body' => isset($effect['body']) ? Input::string($effect, 'body') : null,
            'timeout' => $milliseconds > 0 ? min(self::TIMEOUT, $milliseconds / 1000) : self::TIMEOUT,
            'redirection' => 0,
            'limit_response_size' => $most + 1,
            'user-agent' => 'Logto Sign-In for WordPress',
        ]);
        if ($response instanceof \WP_Error) {
            return self::failed(self::cause($response->get_error_message(), $url));
        }

        $body = wp_remote_retrieve_body($response);
        if (strlen($body) > $most) {
            return self::failed('too_large');
        }

        $content_type = wp_remote_retrieve_header($response, 'content-type');

        return [
            'status' => (int) wp_remote_retrieve_response_code($response),
            'content_type' => is_array($content_type) ? implode(', ', Input::to_strings($content_type)) : $content_type,
            'body' => $body,
            'error' => null,
        ];
    }

    /**
     * WordPress refuses private addresses and unusual ports. The host of this URL was configured by the admin and
     * judged by the core, so it alone is let through, and only while this request is sent.
     *
     * @param array<string, mixed> $arguments
     *
     * @return array<array-key, mixed>|\WP_Error
     */
    private static function send(string $url, array $arguments): array|\WP_Error
    {
        $wanted = wp_parse_url($url);
        $host = strtolower($wanted['host'] ?? '');
        $port = $wanted['port'] ?? 0;

        $allow_host = static fn(mixed $external, string $name): bool => $external === true || strtolower($name) === $host;
        $allow_port = static fn(mixed $ports, string $name): mixed => strtolower($name) === $host ? [$port] : $ports;

        add_filter('http_request_host_is_external', $allow_host, 10, 2);
        add_filter('http_allowed_safe_ports', $allow_port, 10, 2);
        try {
            return wp_safe_remote_request($url, $arguments);
        } finally {
            remove_filter('http_request_host_is_external', $allow_host);
            remove_filter('http_allowed_safe_ports', $allow_port);
        }
    }

    /**
     * WordPress has only words for what went wrong; cURL's number is the stable part of them.
     */
    private static function cause(string $message, string $url): string
    {
        $found = [];
        $curl = preg_match('/cURL error (\d+)/i', $message, $found) === 1 ? (int) $found[1] : 0;
        $host = (string) wp_parse_url($url, PHP_URL_HOST);

        return match (true) {
            $curl === 28, stripos($message, 'timed out') !== false => 'timeout',
            in_array($curl, [35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91], true) => 'tls',
            $curl !== 0 => 'connection',
            stripos($message, 'ssl') !== false || stripos($message, 'certificate') !== false => 'tls',
            // A name that does not resolve counts as a bad URL for WordPress.
            stripos($message, 'URL') === false => 'connection',
            gethostbyname($host) === $host && filter_var($host, FILTER_VALIDATE_IP) === false => 'connection',
            default => 'blocked',
        };
    }

    /**
     * @return array<string, mixed>
     */
    private static function failed(string $error): array
    {
        return ['status' => 0, 'content_type' => '', 'body' => '', 'error' => $error];
    }
}
