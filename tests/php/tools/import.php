<?php

/**
 * Imports in a process with other constants.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Import\Import;
use LogtoSignIn\Import\ImportedIdentities;
use LogtoSignIn\Settings\Settings;

Import::begin(Import::IMPORT);
Import::go_on(INF);
test_result(['error' => Import::run()['error'] ?? '', 'imported' => ImportedIdentities::count(), 'settings' => Settings::current()->stored]);
