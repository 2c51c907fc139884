<?php

/**
 * Says what stands in the way of each carrier, and asks the core through the one that is chosen.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

$obstacles = [];
foreach (\LogtoSignIn\Carrier\Carriers::NAMES as $name) {
    $obstacles[$name] = \LogtoSignIn\Carrier\Obstacles::of($name);
}

test_result([
    'available' => \LogtoSignIn\Carrier\Carriers::available(),
    'obstacles' => $obstacles,
    'about' => (new \LogtoSignIn\Core\Runner())->run('about'),
    'form' => \LogtoSignIn\SignIn\PasswordLogin::is_available(),
]);
