<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * Settings for a whole network.
 */
final class NetworkPage
{
    private const SAVE = 'logto_sign_in';
    private const CAPABILITY = 'manage_network_options';

    public static function add(): void
    {
        $title = __('Logto Sign-In', 'logto-sign-in');
        add_menu_page($title, 'Logto', self::CAPABILITY, SettingsPage::SLUG, [self::class, 'render'], 'dashicons-shield', 71);
    }

    public static function render(): void
    {
        if (!current_user_can(self::CAPABILITY)) {
            return;
        }

        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In Network Settings', 'logto-sign-in') . '</h1>';
        SavedNotice::show(Manager::Network);
        echo '<p>' . esc_html__('These settings apply to every site of the network. Administrators of a site can change only what concerns their site alone, such as its buttons, login page, and roles. You can give a site custom settings in its Logto › Settings, which also shows the site’s addresses for the Logto Console.', 'logto-sign-in') . '</p>';
        $tabs = Tab::of_manager(Manager::Network);
        $tab = Tab::current($tabs);
        $tab->navigation($tabs);
        $provider = Disconnect::asked();
        $provider === null ? self::tab($tab) : Disconnect::confirm($provider, $tab);
        echo '</div>';
    }

    private static function tab(Tab $tab): void
    {
        printf('<form action="%s" method="post" data-logto-guard>', esc_url(network_admin_url('edit.php?action=' . self::SAVE)));
        wp_nonce_field(self::SAVE);
        $checks = $tab === Tab::Connection || $tab === Tab::Dingtalk;
        (new SettingsSections(Manager::Network, $tab))->print($checks ? ConnectionCheck::button() : '');
        echo '</form>';
        if ($checks) {
            ConnectionCheck::show($tab, true);
        }

        TabEnd::show($tab);
    }

    public static function save(): void
    {
        if (Request::reads() || !current_user_can(self::CAPABILITY) || !Access::network_allows()) {
            Access::deny();
        }

        check_admin_referer(self::SAVE);
        $values = Sanitizer::clean(Request::form(Settings::OPTION), Settings::network(), Manager::Network);
        if ($values !== null) {
            update_site_option(StoredOptions::NETWORK_OPTION, $values);
            self::save_box();
        }

        self::back(self::after(network_admin_url('admin.php')));
    }

    /**
     * The tab of the form, where the notices are shown.
     */
    public static function after(string $page): string
    {
        $tab = Tab::current(Tab::cases())->value;

        return add_query_arg(['settings-updated' => 'true', 'page' => SettingsPage::SLUG, Tab::PARAMETER => $tab], $page);
    }

    /**
     * Only one tab has the box.
     */
    private static function save_box(): void
    {
        if (Request::has(Settings::DELETE_IDENTITIES_OPTION)) {
            update_site_option(Settings::DELETE_IDENTITIES_OPTION, Request::posted(Settings::DELETE_IDENTITIES_OPTION) === '1' ? '1' : '0');
        }
    }

    /**
     * Back to the settings, where the notices are shown.
     */
    public static function back(string $url): never
    {
        if (get_settings_errors() === []) {
            add_settings_error(Sanitizer::GROUP, 'logto_saved', esc_html__('Settings saved.', 'logto-sign-in'), 'success');
        }

        set_transient('settings_errors', get_settings_errors(), 30);
        wp_safe_redirect($url);

        exit();
    }
}
