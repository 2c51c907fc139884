<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\ActivityList\Page as ActivityPage;
use LogtoSignIn\Import\Page as ImportPage;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Support\Request;

/**
 * The plugin's place in the admin menu, and what its pages need.
 */
final class Menu
{
    public static function add(): void
    {
        $title = __('Logto Sign-In', 'logto-sign-in');
        $settings = __('Settings', 'logto-sign-in');
        $preview = __('Preview', 'logto-sign-in');
        $help = __('Help', 'logto-sign-in');
        add_menu_page($title, 'Logto', 'manage_options', SettingsPage::SLUG, [SettingsPage::class, 'render'], 'dashicons-shield', 71);
        add_submenu_page(SettingsPage::SLUG, $title, $settings, 'manage_options', SettingsPage::SLUG, [SettingsPage::class, 'render']);
        ActivityPage::add(SettingsPage::SLUG);
        add_submenu_page(SettingsPage::SLUG, $preview . ' ‹ ' . $title, $preview, 'manage_options', Preview::SLUG, [Preview::class, 'render']);
        if (current_user_can('manage_options') && Access::network_allows() && ImportPage::is_needed()) {
            $import = __('Import', 'logto-sign-in');
            add_submenu_page(SettingsPage::SLUG, $import . ' ‹ ' . $title, $import, 'manage_options', ImportPage::SLUG, [ImportPage::class, 'render']);
        }

        add_submenu_page(SettingsPage::SLUG, $help . ' ‹ ' . $title, $help, 'manage_options', Help::SLUG, [Help::class, 'render']);
    }

    public static function enqueue(): void
    {
        if (!in_array(Request::query('page'), [SettingsPage::SLUG, ActivityPage::SLUG, Preview::SLUG, ImportPage::SLUG, Help::SLUG], true)) {
            return;
        }

        wp_enqueue_style('logto-sign-in', Plugin::url('assets/admin.css'), [], Plugin::VERSION);
        wp_enqueue_script('logto-sign-in', Plugin::url('assets/admin.js'), [], Plugin::VERSION, true);
        $message = (string) wp_json_encode(['copied' => __('Copied', 'logto-sign-in'), 'failed' => __('Press Ctrl+C to copy', 'logto-sign-in')]);
        wp_add_inline_script('logto-sign-in', 'window.logtoSignIn = ' . $message . ';', 'before');
        if (Request::query('page') === SettingsPage::SLUG) {
            BrowserCheck::enqueue(is_network_admin() ? Manager::Network : CustomSettings::manager());
        }
    }

    /**
     * Links on the page of plugins.
     *
     * @param array<array-key, mixed> $links
     *
     * @return array<array-key, mixed>
     */
    public static function links(array $links): array
    {
        $url = admin_url('admin.php?page=' . SettingsPage::SLUG);

        return ['settings' => sprintf('<a href="%s">%s</a>', esc_url($url), esc_html__('Settings', 'logto-sign-in'))] + $links;
    }
}
