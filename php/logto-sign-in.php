<?php

/**
 * Plugin Name:       Logto Sign-In
 * Description:       Lets visitors sign in through Logto: OpenID Connect, and every way to sign in that your Logto tenant offers, DingTalk among them.
 * Version:           0.2.0
 * Requires at least: 6.1
 * Requires PHP:      8.1
 * License:           MIT
 * License URI:       https://opensource.org/licenses/MIT
 * Text Domain:       logto-sign-in
 * Domain Path:       /languages
 * Update URI:        false
 */

declare(strict_types=1);

if (!defined('ABSPATH')) {
    exit();
}

// This file must be readable for any PHP, so that an old one gets a notice instead of a parse error.
if (version_compare(PHP_VERSION, '8.1', '<') || version_compare(get_bloginfo('version'), '6.1', '<')) {
    add_action('admin_notices', static function () {
        printf(
            '<div class="notice notice-error"><p>%s</p></div>',
            esc_html__('Logto Sign-In requires PHP 8.1 and WordPress 6.1 or newer. It does not run until both are available.', 'logto-sign-in')
        );
    });

    return;
}

spl_autoload_register(static function (string $class): void {
    if (strncmp($class, 'LogtoSignIn\\', 12) !== 0) {
        return;
    }

    $file = __DIR__ . '/src/' . strtr(substr($class, 12), '\\', '/') . '.php';
    if (!is_file($file)) {
        return;
    }

    // Translations come with the first class: a page view without one needs no words.
    if (did_action('after_setup_theme') > 0 && !is_textdomain_loaded('logto-sign-in')) {
        load_plugin_textdomain('logto-sign-in', false, dirname(plugin_basename(__FILE__)) . '/languages');
    }

    require_once __DIR__ . '/hooks/classes.php';
    require $file;
});

require __DIR__ . '/hooks.php';

// For themes and plugins. Within a condition, so that nothing is declared where the plugin does nothing.
if (!function_exists('logto_sign_in_url')) {
    /**
     * The address that starts a sign-in: the same for every visitor, so it may stand in cached pages.
     *
     * @param array<string, string> $args `connector` (`social:dingtalk`, `sso:<connector id>`, or `dingtalk` without a
     *                                    tenant), `redirect_to`, `first_screen`; all optional.
     */
    function logto_sign_in_url(array $args = []): string
    {
        return \LogtoSignIn\Buttons\Button::url($args);
    }

    /**
     * A button for it, as HTML; `label` is its text. Empty while no provider is set up.
     *
     * @param array<string, string> $args
     */
    function logto_sign_in_button(array $args = []): string
    {
        return \LogtoSignIn\Buttons\Button::html($args);
    }
}
