<?php

/**
 * Sanitises submitted settings in a process with other constants.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/template.php';

$input = test_input();
add_filter('pre_option_logto_sign_in', static fn() => $input['stored']);
test_result(['settings' => \LogtoSignIn\Core\Sanitizer::sanitize($input['submitted']), 'errors' => get_settings_errors()]);
