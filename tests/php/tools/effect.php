<?php

/**
 * Performs an effect on accounts as the core asks for it, at a given moment.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Effect\Effect;
use LogtoSignIn\Protocol\JsonObject;

$input = new JsonObject(json_decode((string) getenv('TEST_INPUT')), 'input');
$effect = Effect::read($input->object('effect'));
time_sleep_until(test_input()['at']);
$accounts = new Handler();
$answer = $effect instanceof CreateUser ? $accounts->create_user($effect) : $accounts->link_identity($effect);
test_result(get_object_vars($answer));
