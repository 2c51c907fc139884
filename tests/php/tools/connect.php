<?php

/**
 * Connects an identity to a user, at a given moment.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Protocol\Effect\Effect;
use LogtoSignIn\Protocol\JsonObject;

$input = new JsonObject(json_decode((string) getenv('TEST_INPUT')), 'input');
$effect = Effect::read($input->object('effect'));
time_sleep_until(test_input()['at']);
test_result(['connected' => Connection::make($effect)]);
