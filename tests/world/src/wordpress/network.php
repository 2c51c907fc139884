<?php

/**
 * Makes a network of an installed WordPress: address, the paths of two more sites, and "subdomains" where these are names. Run
 * twice: before the configuration says that there is a network, and after.
 */

declare(strict_types=1);

[, $url, $second, $third, $kind] = $argv;
$subdomains = $kind === 'subdomains';

$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
if (parse_url($url, PHP_URL_SCHEME) === 'https') {
    $_SERVER['HTTPS'] = 'on';
}

require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

$domain = $_SERVER['HTTP_HOST'];
$base = $_SERVER['REQUEST_URI'];
if (!is_multisite()) {
    foreach ($wpdb->tables('ms_global') as $name => $table) {
        $wpdb->$name = $table;
    }
    $structure = get_option('permalink_structure');
    install_network();
    $made = populate_network(1, $domain, 'admin@example.com', 'A network of the world', $base, $subdomains);
    // The names need no server of names here: visitors of the world ask the web server itself.
    is_wp_error($made) && $made->get_error_code() !== 'no_wildcard_dns' && exit($made->get_error_message());
    update_option('permalink_structure', $structure);
    exit('done');
}

foreach ([$second, $third] as $path) {
    $site = wp_insert_site([
        'domain' => $subdomains ? substr($path, 1) . '.' . $domain : $domain,
        'path' => rtrim($base, '/') . ($subdomains ? '' : $path) . '/',
        'title' => 'The site at ' . $path,
        'user_id' => 1,
        'options' => ['show_avatars' => '0'],
    ]);
    is_wp_error($site) && exit($site->get_error_message());
}

echo 'done';
