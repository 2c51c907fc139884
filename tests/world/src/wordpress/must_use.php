<?php

/**
 * What a site of the world has besides WordPress: trust in the world's certificate authority, quick passwords, and mail in a
 * file.
 */

declare(strict_types=1);

add_filter('http_request_args', static function (array $arguments): array {
    $arguments['sslcertificates'] = '%authority%';

    return $arguments;
});

// A hash that costs attackers a lot would cost the tests as much for each user that they make.
add_filter('wp_hash_password_options', static fn(): array => ['cost' => 4]);

// WordPress asks for updates now and then; there are none, and nobody outside of this machine is asked.
add_filter('pre_http_request', static function (mixed $reply, array $arguments, string $url): mixed {
    if (parse_url($url, PHP_URL_HOST) !== 'api.wordpress.org') {
        return $reply;
    }
    $lists = ['offers', 'plugins', 'themes', 'translations', 'no_update', 'events'];
    $nothing = array_fill_keys($lists, []) + ['upgrade' => false, 'insecure' => false];

    return [
        'response' => ['code' => 200, 'message' => 'OK'],
        'headers' => [],
        'cookies' => [],
        'body' => wp_json_encode($nothing),
        'filename' => null,
    ];
}, 10, 3);

// Last: a mail that the plugin drops must not arrive here.
add_filter('pre_wp_mail', static function (?bool $done, array $mail): ?bool {
    if ($done !== null) {
        return $done;
    }
    file_put_contents(WP_CONTENT_DIR . '/mail.log', wp_json_encode($mail) . "\n", FILE_APPEND);

    return true;
}, 1000, 2);
