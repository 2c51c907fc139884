<?php

/**
 * For `ffi.enable=preload`, PHP's default: code that was preloaded may use FFI, other code may not.
 *
 *     opcache.enable=1
 *     opcache.preload=<folder of the plugin>/preload.php
 *     opcache.preload_user=<user of PHP-FPM>
 *
 * It compiles three class files and runs nothing of the library, since PHP-FPM forks its workers afterwards.
 * Restart PHP-FPM after each update of the plugin.
 */

declare(strict_types=1);

foreach (['Transport', 'TransportFailure', 'Native/Ffi'] as $class) {
    opcache_compile_file(__DIR__ . '/src/Transport/' . $class . '.php');
}
