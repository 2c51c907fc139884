<?php

/**
 * Creates a user as a first sign-in does, at a given moment.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

$input = test_input();
time_sleep_until($input['at']);
test_result(\LogtoSignIn\Accounts\NewUser::create($input['effect']));
