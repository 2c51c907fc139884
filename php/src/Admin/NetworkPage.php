<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * Settings for a whole network. They hold on each site that has none of its own.
 */
final class NetworkPage
{
    private const SAVE = 'logto_sign_in';
    private const SWITCH = 'logto_sign_in_network';
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

        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In for the network', 'logto-sign-in') . '</h1>';
        settings_errors();
        echo '<p>' . esc_html__('These settings hold on every site that has none of its own. Each site has addresses of its own for the Logto Console: its Logto › Settings shows them.', 'logto-sign-in') . '</p>';
        printf('<form action="%s" method="post">', esc_url(network_admin_url('edit.php?action=' . self::SAVE)));
        wp_nonce_field(self::SAVE);
        SettingsSections::print();
        echo '</form></div>';
    }

    public static function save(): void
    {
        self::require(self::CAPABILITY);
        check_admin_referer(self::SAVE);
        $values = Sanitizer::clean(Request::form(Settings::OPTION), Settings::network());
        update_site_option(Settings::NETWORK_OPTION, $values);
        self::back(network_admin_url('admin.php?settings-updated=true&page=' . SettingsPage::SLUG));
    }

    /**
     * Whether the site has the network's settings, and shows no fields.
     */
    public static function apply(): bool
    {
        return is_multisite() && get_option(Settings::OPTION) === false && Settings::network()->stored !== [];
    }

    /**
     * On a site's own page: which settings hold, and a button for the other ones.
     */
    public static function offer(): void
    {
        if (!is_multisite() || Settings::network()->stored === []) {
            return;
        }

        [$message, $button, $class] = self::apply()
            ? [__('The settings of the network hold here.', 'logto-sign-in'), __('Use settings of this site’s own', 'logto-sign-in'), 'secondary']
            : [__('This site has settings of its own. Those of the network do not hold here.', 'logto-sign-in'), __('Forget them and use those of the network', 'logto-sign-in'), 'delete'];
        printf('<form action="%s" method="post"><p>%s</p>', esc_url(admin_url('admin-post.php')), esc_html($message));
        printf('<input type="hidden" name="action" value="%s">', esc_attr(self::SWITCH));
        wp_nonce_field(self::SWITCH);
        submit_button($button, $class, self::apply() ? 'own' : 'inherit');
        echo '</form>';
    }

    /**
     * A site's own settings begin empty: the network's secrets are not the site admin's to see or to use elsewhere.
     */
    public static function switch(): void
    {
        self::require('manage_options');
        check_admin_referer(self::SWITCH);
        if (Request::posted('inherit') !== '') {
            delete_option(Settings::OPTION);
        }

        if (Request::posted('own') !== '') {
            // Nothing was submitted, so there is nothing to judge.
            remove_filter('sanitize_option_' . Settings::OPTION, [Sanitizer::class, 'sanitize']);
            add_option(Settings::OPTION, []);
        }

        Cache::clear();
        self::back(admin_url('admin.php?settings-updated=true&page=' . SettingsPage::SLUG));
    }

    private static function require(string $capability): void
    {
        if (!current_user_can($capability)) {
            Access::deny();
        }
    }

    private static function back(string $url): never
    {
        if (get_settings_errors() === []) {
            add_settings_error(Sanitizer::GROUP, 'logto_saved', esc_html__('Settings saved.', 'logto-sign-in'), 'success');
        }

        set_transient('settings_errors', get_settings_errors(), 30);
        wp_safe_redirect($url);

        exit();
    }
}
