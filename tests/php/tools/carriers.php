<?php

/**
 * Says what stands in the way of each carrier, and asks the core through the one that is chosen.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

$obstacles = [];
foreach (\LogtoSignIn\Carriers::NAMES as $name) {
    $obstacles[$name] = \LogtoSignIn\Obstacles::of($name);
}

test_result([
    'available' => \LogtoSignIn\Carriers::available(),
    'obstacles' => $obstacles,
    'about' => (new \LogtoSignIn\Runner())->run('about'),
    'form' => \LogtoSignIn\FormLogin::is_available(),
]);
