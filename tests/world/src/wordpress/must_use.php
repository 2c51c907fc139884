<?php

/**
 * What a site of the world has besides WordPress: trust in the world's certificate authority, and mail in a file.
 */

declare(strict_types=1);

add_filter('http_request_args', static function (array $arguments): array {
    $arguments['sslcertificates'] = '%authority%';

    return $arguments;
});

// Last: a mail that the plugin drops must not arrive here.
add_filter('pre_wp_mail', static function (?bool $done, array $mail): ?bool {
    if ($done !== null) {
        return $done;
    }
    file_put_contents(WP_CONTENT_DIR . '/mail.log', wp_json_encode($mail) . "\n", FILE_APPEND);

    return true;
}, 1000, 2);
