<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Input;

/**
 * Says above the settings of a site in a network where its settings come from, and offers to change that.
 */
final class SettingsSource
{
    public static function show(): void
    {
        if (!is_multisite()) {
            return;
        }

        printf('<form action="%s" method="post">', esc_url(admin_url('admin-post.php')));
        match (true) {
            !Access::network_allows() => self::say(__('The administrators of the network manage how people sign in to this site and who gets an account. The settings below concern this site alone.', 'logto-sign-in')),
            StoredOptions::is_custom() => self::custom(),
            default => self::of_network(),
        };
        if (get_option(Settings::OPTION) !== false) {
            submit_button(__('Reset this site’s settings to those of the network', 'logto-sign-in'), 'delete', 'reset');
        }

        printf('<input type="hidden" name="action" value="%s">', esc_attr(CustomSettings::SWITCH));
        wp_nonce_field(CustomSettings::SWITCH);
        echo '</form>';
    }

    private static function custom(): void
    {
        self::say(__('This site uses custom settings. The network settings do not apply here.', 'logto-sign-in'));
        submit_button(__('Delete them and use the network settings', 'logto-sign-in'), 'delete', 'inherit');
    }

    private static function of_network(): void
    {
        self::say(__('This site uses the network settings. The settings below concern this site alone.', 'logto-sign-in'));
        printf('<p><a href="%s">%s</a></p>', esc_url(network_admin_url('admin.php?page=' . SettingsPage::SLUG)), esc_html__('Open the network settings', 'logto-sign-in'));
        $before = StoredOptions::of_version_0_1();
        $provider = Input::string($before, 'endpoint', Input::string($before, 'dingtalk_client_id'));
        if ($provider !== '') {
            /* translators: %s: address of a Logto tenant. */
            self::say(sprintf(__('Before version 0.2.0, this site had its own provider, %s. It no longer applies. Custom settings start with it.', 'logto-sign-in'), $provider));
        }

        submit_button(__('Use custom settings', 'logto-sign-in'), 'secondary', 'own');
    }

    private static function say(string $message): void
    {
        printf('<p>%s</p>', esc_html($message));
    }
}
