<?php

/**
 * Sends a request as the core's, in a process with other constants.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';

use LogtoSignIn\Core\Http;
use LogtoSignIn\Protocol\Effect\HttpRequest;

// The configuration names the hosts that may be asked; here the test does.
set_error_handler(static fn(int $number, string $message): bool => str_contains($message, 'already defined'));
require getenv('WORDPRESS_DIR') . '/wp-load.php';
restore_error_handler();

$input = test_input();
$request = new HttpRequest('GET', $input['url'], [], null, 5000, 65_536, $input['trusted_host'], false);
test_result(json_decode((string) json_encode(Http::send($request)), true));
