<?php

/**
 * Says what each transport lacks, and asks the core through the one that is chosen.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Transport\Shipped;
use LogtoSignIn\Transport\Transports;

$unmet = [];
foreach (Shipped::NAMES as $name) {
    $unmet[$name] = Shipped::unmet($name);
}

$skipped = [];
add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$skipped): void {
    if ($code === 'transport_skipped') {
        $skipped[] = strstr($cause, ':', true);
    }
}, 10, 2);
$began = microtime(true);
$about = (new Client())->run(Operation::About);
$seconds = microtime(true) - $began;
test_result([
    'skipped' => $skipped,
    'seconds' => $seconds,
    'about' => $about,
    'available' => Transports::available(),
    'unmet' => $unmet,
    'examined' => Transports::examine(),
    'form' => PasswordLogin::is_available(),
]);
