<?php

/**
 * Imports in a process with other constants.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Import\ImportedIdentities;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Settings\Settings;

Run::begin(Run::IMPORT);
Run::resume(INF);
test_result(['error' => Run::run()['error'] ?? '', 'imported' => ImportedIdentities::count(), 'settings' => Settings::current()->stored]);
