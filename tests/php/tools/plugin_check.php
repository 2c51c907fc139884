<?php

/**
 * Runs the static checks of WordPress's Plugin Check over the installed plugin. The input `plugin_check` names the folder of
 * Plugin Check.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';
require $input['plugin_check'] . '/plugin.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

use WordPress\Plugin_Check\Checker\Check_Context;
use WordPress\Plugin_Check\Checker\Check_Repository;
use WordPress\Plugin_Check\Checker\Checks;
use WordPress\Plugin_Check\Checker\Default_Check_Repository;

$checks = (new Default_Check_Repository())->get_checks(Check_Repository::TYPE_STATIC | Check_Repository::INCLUDE_EXPERIMENTAL)->to_map();
$found = (new Checks())->run_checks(new Check_Context(WP_PLUGIN_DIR . '/logto-sign-in/logto-sign-in.php'), $checks);
$lines = static function (array $files): array {
    $lines = [];
    foreach ($files as $file => $by_line) {
        foreach ($by_line as $line => $by_column) {
            foreach (array_merge(...$by_column) as $message) {
                $lines[] = "{$file}:{$line} {$message['code']} " . wp_strip_all_tags($message['message']);
            }
        }
    }

    return $lines;
};
test_result([
    'version' => WP_PLUGIN_CHECK_VERSION,
    'checks' => array_keys($checks),
    'errors' => $lines($found->get_errors()),
    'warnings' => $lines($found->get_warnings()),
]);
