<?php

/**
 * Serves one page of WordPress, and prints what came of it.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';

define('SAVEQUERIES', true);
$input = test_input();
$_GET = $input['get'] ?? [];
$_POST = $input['post'] ?? [];
parse_str($input['form'] ?? '', $form);
$_POST += $form;
$_COOKIE = $input['cookie'] ?? [];
$_REQUEST = $_GET + $_POST;
unset($_SERVER['HTTPS'], $_SERVER['HTTP_REFERER']);
$_SERVER = ($input['server'] ?? []) + $_SERVER;
$_SERVER['QUERY_STRING'] = $input['query'] ?? http_build_query($_GET);
$host = $input['host'] ?? '127.0.0.1';
// A network finds its site by the host, which is put in its place after that.
$_SERVER['HTTP_HOST'] = getenv('HTTP_HOST') ?: $host;
$_SERVER['HTTP_USER_AGENT'] = $input['agent'] ?? '';
$_SERVER['REQUEST_METHOD'] = $_POST === [] ? 'GET' : 'POST';
// Another path: the whole one, or that of another site of a network.
$_SERVER['REQUEST_URI'] = ($input['uri'] ?? ($input['path'] ?? '') . '/' . ($input['page'] === 'index.php' ? '' : $input['page'])) . ($_SERVER['QUERY_STRING'] === '' ? '' : '?' . $_SERVER['QUERY_STRING']);
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/' . $input['page'];
$_SERVER['SCRIPT_FILENAME'] = getenv('WORDPRESS_DIR') . '/' . $input['page'];
$_SERVER = ($input['server'] ?? []) + $_SERVER;

ob_start();
$fetched = [];
register_shutdown_function(static function () use (&$fetched): void {
    $body = '';
    while (ob_get_level() > 0) {
        $body = ob_get_clean() . $body;
    }

    $status = http_response_code();
    http_response_code(200);
    test_result([
        'status' => is_int($status) ? $status : 200,
        'headers' => headers_list(),
        'body' => $body,
        'files' => get_included_files(),
        'queries' => array_column($GLOBALS['wpdb']->queries ?? [], 0),
        'fetched' => $fetched,
        'hooks' => test_hooks(),
    ]);
});

/** @var list<callable> $GLOBALS['wp_filter'] is turned into hooks by WordPress. */
$GLOBALS['wp_filter'] = [];
$GLOBALS['wp_filter']['ms_loaded'][1]['test'] = ['function' => static function () use ($host): void {
    $_SERVER['HTTP_HOST'] = $host;
}, 'accepted_args' => 0];
$GLOBALS['wp_filter']['pre_option_siteurl'][10]['test'] = ['function' => static fn() => 'http://127.0.0.1', 'accepted_args' => 0];
$GLOBALS['wp_filter']['pre_option_home'][10]['test'] = ['function' => static fn() => 'http://127.0.0.1', 'accepted_args' => 0];
$GLOBALS['wp_filter']['pre_http_request'][1]['test'] = ['function' => static function ($answer, $arguments, $url) use (&$fetched) {
    $fetched[] = $url;

    return $answer;
}, 'accepted_args' => 3];
$GLOBALS['wp_filter']['login_display_language_dropdown'][1]['test'] = ['function' => static fn() => false, 'accepted_args' => 0];
if (isset($input['settings'])) {
    // On a network, also what the network keeps for its first site: only that decides who signs in, and how.
    foreach (['pre_option_logto_sign_in', 'pre_site_option_logto_sign_in_site_1'] as $hook) {
        $GLOBALS['wp_filter'][$hook][10]['test'] = ['function' => static fn() => $input['settings'], 'accepted_args' => 0];
    }
}

foreach ($input['options'] ?? [] as $name => $value) {
    $GLOBALS['wp_filter']['pre_option_' . $name][10]['test'] = ['function' => static fn() => $value, 'accepted_args' => 0];
}

foreach ($input['plugins'] ?? [] as $number => $plugin) {
    $GLOBALS['wp_filter']['muplugins_loaded'][$number]['test'] = ['function' => static fn() => require $plugin, 'accepted_args' => 0];
}

if (isset($input['user'])) {
    $GLOBALS['wp_filter']['determine_current_user'][99]['test'] = ['function' => static fn() => $input['user'], 'accepted_args' => 0];
}

require getenv('WORDPRESS_DIR') . '/' . $input['page'];
