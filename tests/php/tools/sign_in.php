<?php

/**
 * Ends an attempt with an outcome `signed_in`, as wp-login.php does.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';

ob_start();
register_shutdown_function(static function (): void {
    $body = (string) ob_get_clean();
    $status = http_response_code();
    test_result(['status' => is_int($status) ? $status : 200, 'headers' => headers_list(), 'body' => $body]);
});
// The page of an error is printed by functions of wp-login.php.
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/wp-login.php';
$_SERVER['REQUEST_URI'] = '/wp-login.php?action=logto_test';
$_GET = $_REQUEST = ['action' => 'logto_test'];
$GLOBALS['wp_filter'] = [];
$GLOBALS['wp_filter']['login_form_logto_test'][10]['test'] = ['function' => static function (): void {
    \LogtoSignIn\SignIn::perform(test_input()['outcome']);

    exit();
}, 'accepted_args' => 0];
require getenv('WORDPRESS_DIR') . '/wp-login.php';
