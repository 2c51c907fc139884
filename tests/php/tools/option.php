<?php

/**
 * Updates the settings as `wp option update` does, with the stand-in for WP-CLI.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require dirname(__DIR__) . '/WpCli.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

$input = test_input();
add_filter('pre_option_logto_sign_in', static fn() => $input['stored']);
$ended = false;
try {
    sanitize_option('logto_sign_in', $input['submitted']);
} catch (LogicException) {
    $ended = true;
}

test_result(['said' => WP_CLI::$said, 'ended' => $ended]);
