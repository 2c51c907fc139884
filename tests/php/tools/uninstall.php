<?php

/**
 * Uninstalls in tables of its own: the installation that runs the tests stays whole.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Uninstall;

$database = Tables::database();
$prefix = $database->base_prefix;
$database->query("CREATE TABLE {$prefix}uninstalloptions LIKE {$database->options}");
$database->query("INSERT INTO {$prefix}uninstalloptions SELECT * FROM {$database->options}");
// The other sites of a network.
$elsewhere = [];
foreach (is_multisite() ? get_sites(['fields' => 'ids', 'site__not_in' => [1]]) : [] as $blog) {
    $elsewhere[] = $table = "{$prefix}uninstall{$blog}_options";
    $database->query("CREATE TABLE {$table} LIKE {$database->options}");
    $database->query("INSERT INTO {$table} (option_name, option_value) VALUES ('logto_sign_in', 'x'), ('another_plugin', 'kept')");
}

$database->options = $prefix . 'uninstalloptions';
$database->base_prefix = $prefix . 'uninstall';
wp_cache_flush();

$exists = static fn(string $table): bool => $database->get_var("SHOW TABLES LIKE '{$table}'") === $table;

delete_site_option('logto_sign_in_schema');
Tables::upgrade();
update_option('logto_sign_in', ['app_secret' => 'secret']);
update_option('logto_sign_in_import', ['kind' => 'import']);
update_option('logto_sign_in_before_import', ['before' => ['app_secret' => 'secret']]);
set_transient('logto_sign_in_discovery', '{}', 60);
$database->query("CREATE TABLE {$prefix}uninstallusermeta LIKE {$database->usermeta}");
$database->usermeta = $prefix . 'uninstallusermeta';
update_user_meta(1, 'logto_sign_in_phone', '+8613800000002');
update_user_meta(1, 'another_plugin', 'kept');
update_user_meta(1, 'logto_sign_in_unknown_password', 'mark');
update_user_meta(1, 'logto_sign_in_no_email_reminder', '1');
update_user_meta(1, 'logto_sign_in_pending', '1');
update_user_meta(1, 'logto_sign_in_pending_roles', ['editor']);
$ours = static fn(): array => $database->get_col("SELECT meta_key FROM {$database->usermeta} WHERE meta_key LIKE 'logto%' ORDER BY umeta_id");
define('WP_UNINSTALL_PLUGIN', 'logto-sign-in/logto-sign-in.php');
require dirname((string) (new ReflectionClass(Tables::class))->getFileName(), 3) . '/uninstall.php';
wp_cache_flush();
$result = [
    'option' => get_option('logto_sign_in'),
    'import' => get_option('logto_sign_in_import'),
    'before_import' => get_option('logto_sign_in_before_import'),
    'wish' => get_option(Settings::DELETE_IDENTITIES_OPTION),
    'discovery' => get_transient('logto_sign_in_discovery'),
    'phone' => get_user_meta(1, 'logto_sign_in_phone', true),
    'other' => get_user_meta(1, 'another_plugin', true),
    'marks' => $ours(),
    'elsewhere' => array_map(static fn(string $table) => $database->get_col("SELECT option_name FROM {$table}"), $elsewhere),
    'used_states' => $exists(Tables::used_states()),
    'activity' => $exists(Tables::activity()),
    'identities_kept' => $exists(Tables::identities()),
];

// A site of a network has no say about the identities of all sites.
if (is_multisite()) {
    update_option(Settings::DELETE_IDENTITIES_OPTION, '1');
    update_site_option('logto_sign_in_site_1', ['app_secret' => 'secret']);
    Uninstall::run();
    $result['identities_after_wish_of_a_site'] = $exists(Tables::identities());
    $result['custom'] = get_site_option('logto_sign_in_site_1');
}

update_site_option(Settings::DELETE_IDENTITIES_OPTION, '1');
Uninstall::run();
$result['marks_after_wish'] = $ours();
$result['identities_after_wish'] = $exists(Tables::identities());
foreach ([$prefix . 'uninstalloptions', ...$elsewhere] as $table) {
    $database->query("DROP TABLE {$table}");
}

if (is_multisite()) {
    // Kept outside of the tables that were replaced.
    update_site_option('logto_sign_in_schema', '1');
}

$database->query("DROP TABLE {$prefix}uninstallusermeta");
wp_cache_flush();
test_result($result);
