<?php

/**
 * Checks a connection while a hook of another plugin saves settings: one operation within another.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Transport\Transports;

$settings = new Settings(test_input()['settings']);
$within = [];
add_filter('pre_http_request', static function (mixed $response) use ($settings, &$within): mixed {
    $within[] = (new Client())->run(Operation::CheckSettings, ['submitted' => (object) $settings->stored], $settings);

    return $response;
});

test_result([
    'transport' => Transports::available(),
    'outcome' => (new Client())->run(Operation::CheckConnection, [], $settings),
    'within' => $within,
]);
