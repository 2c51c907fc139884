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
use LogtoSignIn\Transport\Requirements;
use LogtoSignIn\Transport\Transports;

$unmet = [];
foreach (Transports::NAMES as $name) {
    $unmet[$name] = Requirements::unmet($name);
}

test_result([
    'available' => Transports::available(),
    'unmet' => $unmet,
    'about' => (new Client())->run(Operation::About),
    'form' => PasswordLogin::is_available(),
]);
