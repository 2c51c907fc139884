<?php

/**
 * Sanitises submitted settings in a process with other constants.
 */

declare(strict_types=1);

use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/template.php';

$input = test_input();
add_filter('pre_option_logto_sign_in', static fn() => $input['stored']);
$settings = isset($input['network'])
    ? \LogtoSignIn\Core\Sanitizer::clean($input['submitted'], new Settings($input['stored']), Manager::Network)
    : \LogtoSignIn\Core\Sanitizer::sanitize($input['submitted']);
test_result(['settings' => $settings, 'errors' => get_settings_errors()]);
