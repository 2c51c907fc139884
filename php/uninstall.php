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

// The plugin is not active: nothing else loads its classes.
spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/src/' . strtr(substr($class, strlen(__NAMESPACE__ . '\\')), '\\', '/') . '.php';
    if (str_starts_with($class, __NAMESPACE__ . '\\') && is_file($file)) {
        require $file;
    }
});

Uninstall::run();
