<?php

/**
 * Removes what the plugin has stored. Which account belongs to whom is kept, unless the admin has asked for its
 * removal in Logto › Settings: without it, everybody who comes back after a new installation is a stranger.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('WP_UNINSTALL_PLUGIN')) {
    exit();
}

require_once __DIR__ . '/src/Support/Tables.php';
require_once __DIR__ . '/src/Support/GuardedOption.php';
require_once __DIR__ . '/src/Settings/StoredOptions.php';
require_once __DIR__ . '/src/Settings/Settings.php';
require_once __DIR__ . '/src/Uninstall.php';
require_once __DIR__ . '/src/Accounts/UserMeta.php';

Uninstall::run();
