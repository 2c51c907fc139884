<?php

/**
 * Installs WordPress from the command line: address, name, password, language, theme, permalinks.
 */

declare(strict_types=1);

[, $url, $name, $password, $language, $theme, $permalinks] = $argv;

$_SERVER['HTTP_HOST'] = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = parse_url($url, PHP_URL_PATH) . '/wp-admin/install.php';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
if (parse_url($url, PHP_URL_SCHEME) === 'https') {
    $_SERVER['HTTPS'] = 'on';
}

define('WP_INSTALLING', true);
define('WP_SITEURL', $url);
define('WP_DEFAULT_THEME', $theme);
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('A site of the world', $name, 'admin@example.com', false, '', $password, $language);
update_option('permalink_structure', $permalinks);

// Avatars would come from a server outside of this machine.
update_option('show_avatars', '0');

echo 'installed';
