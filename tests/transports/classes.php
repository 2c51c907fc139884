<?php

declare(strict_types=1);

/*
 * Lets PHP find the plugin's classes, without WordPress.
 */

spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/../../php/src' . strtr(substr($class, strlen('LogtoSignIn')), '\\', '/') . '.php';
    if (is_file($file)) {
        require $file;
    }
});
