<?php

/**
 * Checks a connection while somebody kills this process's children: each time that a request is sent, as often as `kills` says.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Settings\Settings;

['settings' => $settings, 'kills' => $kills] = test_input();
$killed = 0;
$requests = 0;
add_filter('pre_http_request', static function (mixed $response) use (&$requests, &$killed, $kills): mixed {
    ++$requests;
    foreach ($killed < $kills ? glob('/proc/[0-9]*/stat') ?: [] : [] as $file) {
        // The number of the parent is the second word after the name, which is in parentheses.
        [$id, $rest] = [basename(dirname($file)), (string) strrchr((string) @file_get_contents($file), ')')];
        if ((explode(' ', $rest)[2] ?? '') === (string) getmypid()) {
            exec('kill -9 ' . $id);
            ++$killed;
            break;
        }
    }

    return $response;
});
$skipped = [];
add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$skipped): void {
    if ($code === 'transport_skipped') {
        $skipped[] = $cause;
    }
}, 10, 2);

test_result([
    'outcome' => (new Client())->run(Operation::CheckConnection, [], new Settings($settings)),
    'killed' => $killed,
    'skipped' => $skipped,
    'requests' => $requests,
]);
