<?php

/**
 * Loads a real WordPress, where the plugin is active: WORDPRESS_DIR=<folder of wp-load.php> phpunit -c tests/php
 */

declare(strict_types=1);

namespace LogtoSignIn\Tests;

// WordPress keeps its state in global variables; PHPUnit includes this file within a function.
$GLOBALS['wpdb'] ??= null;
global $shortcode_tags;

$folder = getenv('WORDPRESS_DIR');
if (!is_string($folder) || !is_file($folder . '/wp-load.php')) {
    fwrite(STDERR, "Set WORDPRESS_DIR to the folder of a WordPress where Logto Sign-In is active.\n");
    exit(2);
}

$_SERVER['HTTP_HOST'] ??= '127.0.0.1';
$_SERVER['SERVER_NAME'] ??= '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
// Whoever signs out has a cookie.
$_COOKIE['a_cookie'] = 'of the tests';

// The tests try what happens in wp-admin and on the login page, too: their hooks are added where they can fire.
$GLOBALS['current_screen'] = new class {
    public function in_admin(): bool
    {
        return true;
    }
};

require $folder . '/wp-load.php';
unset($GLOBALS['current_screen']);
foreach ($GLOBALS['wp_filter']['login_init']->callbacks[PHP_INT_MIN] ?? [] as $callback) {
    $callback['function']();
}

require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/template.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
if (is_multisite()) {
    require_once ABSPATH . 'wp-admin/includes/ms.php';
}

if (!class_exists(\LogtoSignIn\Support\Plugin::class)) {
    fwrite(STDERR, "Logto Sign-In is not active in {$folder}.\n");
    exit(2);
}

spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . str_replace('\\', '/', substr($class, strlen(__NAMESPACE__))) . '.php';
    if (str_starts_with($class, __NAMESPACE__ . '\\') && is_file($file)) {
        require $file;
    }
});
require __DIR__ . '/WpCli.php';
