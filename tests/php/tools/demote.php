<?php

/**
 * Takes an administrator's role at a given moment, as a sign-in does.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

$input = test_input();
$user = new WP_User($input['user']);
time_sleep_until($input['at']);
test_result(['demoted' => \LogtoSignIn\Accounts\Administrators::demote($user, static fn() => $user->set_role('editor'))]);
