<?php

/**
 * The hooks that can fire on any page; those of the login page and of wp-admin are in the folder `hooks`. Each takes time and
 * memory of every page view, so it is added only where it can fire. Class names are only strings here: a class file is read
 * when its hook fires.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

add_action('login_init', static function (): void {
    require_once __DIR__ . '/hooks/login.php';
}, PHP_INT_MIN);
// The plugin's addresses answer before another plugin can hide the login page. This file's variables are global ones.
(static function (mixed $action): void {
    if (is_string($action) && str_starts_with($action, 'logto') && !is_admin()) {
        add_action('wp_loaded', static function () use ($action): void {
            require_once __DIR__ . '/hooks/login.php';
            SignIn\Addresses::open($action);
        }, PHP_INT_MIN);
    }
})($_GET['action'] ?? null);
$on_admin = static function (): void {
    require_once __DIR__ . '/hooks/admin.php';
};
$is_command = defined('WP_CLI') && constant('WP_CLI') === true;
// WordPress knows that the REST API is asked for only later.
is_admin() || $is_command || wp_doing_cron() || did_action('rest_api_init') > 0 ? $on_admin() : add_action('rest_api_init', $on_admin, PHP_INT_MIN);

// Life of the plugin. Plugins that manage many sites update from a page view.
if (function_exists('activate_plugin')) {
    // It reads this file first.
    register_activation_hook(__DIR__ . '/logto-sign-in.php', [Lifecycle::class, 'activate']);
}

// WordPress takes long to find out the plugin's name, so it is asked only when a plugin is about to be deactivated.
add_action('deactivate_plugin', static function (): void {
    register_deactivation_hook(__DIR__ . '/logto-sign-in.php', [Lifecycle::class, 'deactivate']);
});
add_action('upgrader_process_complete', [Lifecycle::class, 'updated'], 10, 2);
if (is_multisite()) {
    add_action('wp_delete_site', [Uninstall::class, 'of_deleted_site']);
}

add_filter('sanitize_option_logto_sign_in', [Core\Sanitizer::class, 'sanitize']);

// Logins, which any page may begin: WordPress asks who it is, or another plugin gives a session to somebody it knows.
$on_login = static function (mixed $value): mixed {
    require_once __DIR__ . '/hooks/logins.php';

    return $value;
};
add_filter('authenticate', $on_login, PHP_INT_MIN);
add_filter('auth_cookie_expiration', $on_login, PHP_INT_MIN);
if (isset($_SERVER['PHP_AUTH_USER'])) {
    // WordPress asks for an application password without the filter authenticate.
    require_once __DIR__ . '/hooks/logins.php';
}

if (stripos($_SERVER['HTTP_AUTHORIZATION'] ?? $_SERVER['REDIRECT_HTTP_AUTHORIZATION'] ?? '', 'bearer') === 0) {
    // A program calls, perhaps with an access token of the provider (RFC 6750).
    require_once __DIR__ . '/hooks/api.php';
}

add_action('lostpassword_post', [SignIn\PasswordReset::class, 'check'], 10, 2);
// These two run on every request. What they look at came with the session, so that they load and ask nothing; the names of
// the meta are those of Accounts\UserMeta.
add_filter('determine_current_user', static function (mixed $user_id): mixed {
    $is_pending = is_numeric($user_id) && $user_id > 0 && get_user_meta((int) $user_id, 'logto_sign_in_pending', true) === '1';

    return $is_pending ? false : $user_id;
}, PHP_INT_MAX);
add_action('init', static function (): void {
    $user = wp_get_current_user();
    if ($user->exists() && get_user_meta($user->ID, 'logto_sign_in_unfinished', true) !== '') {
        SignIn\Completion::resume($user);
    }
});

if (defined('XMLRPC_REQUEST')) {
    add_filter('xmlrpc_enabled', [SignIn\PasswordLogin::class, 'xmlrpc']);
}

// Each site of a network decides for itself, so its own option is all there is to ask. WordPress has its text already; the
// settings as an array would take more memory than everything else here.
$settings = wp_load_alloptions()['logto_sign_in'] ?? '';
if (is_string($settings) && str_contains($settings, 's:12:"private_site";b:1;')) {
    add_action('parse_request', [SignIn\PrivateSite::class, 'close'], PHP_INT_MIN);
    add_action('template_redirect', [SignIn\PrivateSite::class, 'close'], PHP_INT_MIN, 0);
    add_filter('rest_authentication_errors', [SignIn\PrivateApi::class, 'rest'], PHP_INT_MAX);
    add_filter('xmlrpc_methods', [SignIn\PrivateApi::class, 'methods'], PHP_INT_MAX);
    add_action('pre_comment_on_post', [SignIn\PrivateSite::class, 'comment'], PHP_INT_MIN, 0);
}

if (is_string($settings) && str_contains($settings, 's:14:"silent_sign_in";b:1;')) {
    add_action('wp_head', [SignIn\SilentSignIn::class, 'print'], 1, 0);
    add_action('logto_sign_in_signed_in', [SignIn\SilentSignIn::class, 'remember'], 10, 0);
    add_action('wp_logout', [SignIn\SilentSignIn::class, 'forget'], 10, 0);
}

if ($_COOKIE !== []) {
    // Whoever sends no cookie has no session that could end.
    require_once __DIR__ . '/hooks/sign_out.php';
}

// Buttons on pages, and in login forms outside of wp-login.php.
add_shortcode('logto_sign_in', [Buttons\Button::class, 'shortcode']);
add_filter('render_block_logto-sign-in/button', [Buttons\Block::class, 'render'], 10, 2);
add_filter('login_form_top', [SignIn\LoginForms::class, 'top'], 10, 2);
add_action('login_form', [SignIn\LoginForms::class, 'inside']);
add_action('woocommerce_login_form_start', [SignIn\LoginForms::class, 'woocommerce']);
add_filter('register_url', [SignIn\RegisterLink::class, 'lead']);
add_filter('render_block_core/loginout', [SignIn\LoginForms::class, 'link'], 10, 2);

// Accounts, wherever they are shown, written to, or deleted.
add_filter('pre_get_avatar_data', [Accounts\Avatar::class, 'choose'], 10, 2);
add_action('deleted_user', [Accounts\Removal::class, 'of_deleted_user']);
add_filter('wp_mail', [Accounts\PlaceholderEmail::class, 'check']);
