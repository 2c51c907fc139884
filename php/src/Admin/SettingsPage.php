<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * Logto › Settings.
 */
final class SettingsPage
{
    public const SLUG = 'logto-sign-in';

    /**
     * The option is sanitized by a filter of its own, which also guards what does not come from the page.
     */
    public static function register(): void
    {
        register_setting(Sanitizer::GROUP, Settings::OPTION, ['type' => 'object', 'show_in_rest' => false]);
        if (!is_multisite()) {
            // A network's identities belong to all its sites: its own page asks.
            register_setting(Sanitizer::GROUP, Settings::DELETE_IDENTITIES_OPTION, [
                'type' => 'string',
                'show_in_rest' => false,
                // Only one tab has the box. WordPress saves nothing (null) for the others.
                'sanitize_callback' => static fn(mixed $value): string => Input::string(['value' => $value ?? get_option(Settings::DELETE_IDENTITIES_OPTION)], 'value') === '1' ? '1' : '0',
            ]);
        }
    }

    public static function render(): void
    {
        if (!current_user_can('manage_options')) {
            return;
        }

        $manager = CustomSettings::manager();
        $own = Tab::of_manager($manager);
        // The addresses are for everybody who sets something up.
        $tabs = in_array(Tab::Connection, $own, true) ? $own : [Tab::Connection, ...$own];
        $tab = Tab::current($tabs, $own[0]);
        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In', 'logto-sign-in') . '</h1>';
        SavedNotice::show($manager);
        SettingsSource::show();
        $tab->navigation($tabs);
        $provider = $manager === Manager::Network ? Disconnect::asked() : null;
        $provider === null ? self::tab($tab, $manager, $own) : Disconnect::confirm($provider, $tab);
        echo '</div>';
    }

    /**
     * @param list<Tab> $own The tabs with settings for this manager.
     */
    private static function tab(Tab $tab, Manager $manager, array $own): void
    {
        $checks = $tab === Tab::Connection || $tab === Tab::Dingtalk;
        if (in_array($tab, $own, true)) {
            is_multisite() && $manager === Manager::Network ? self::open_custom_form() : self::open_options_form();
            (new SettingsSections($manager, $tab))->print($checks ? ConnectionCheck::button() : '');
            echo '</form>';
        }

        if ($checks) {
            ConnectionCheck::show($tab, in_array($tab, $own, true));
        }

        if ($tab === Tab::Connection) {
            Addresses::show();
        }

        if ($manager === Manager::Network) {
            TabEnd::show($tab);
        }
    }

    private static function open_options_form(): void
    {
        echo '<form action="options.php" method="post" data-logto-guard>';
        settings_fields(Sanitizer::GROUP);
    }

    /**
     * WordPress's own form saves the option of a site, which is not where a network keeps custom settings.
     */
    private static function open_custom_form(): void
    {
        printf('<form action="%s" method="post" data-logto-guard>', esc_url(admin_url('admin-post.php')));
        printf('<input type="hidden" name="action" value="%s">', esc_attr(CustomSettings::SAVE));
        wp_nonce_field(CustomSettings::SAVE);
    }
}
