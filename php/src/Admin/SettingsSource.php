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
            !Access::network_allows() => self::say(__('The network administrators manage how people sign in to this site and who gets an account. The settings below apply only to this site.', 'logto-sign-in')),
            StoredOptions::is_custom() => self::custom(),
            default => self::of_network(),
        };
        if (get_option(Settings::OPTION) !== false) {
            submit_button(__('Reset buttons, roles and avatars to the network settings', 'logto-sign-in'), 'delete', 'reset');
        }

        printf('<input type="hidden" name="action" value="%s">', esc_attr(CustomSettings::SWITCH));
        wp_nonce_field(CustomSettings::SWITCH);
        echo '</form>';
    }

    private static function custom(): void
    {
        self::say(__('This site uses custom settings instead of the network’s.', 'logto-sign-in'));
        submit_button(__('Delete the custom settings and use the network settings', 'logto-sign-in'), 'delete', 'inherit');
    }

    private static function of_network(): void
    {
        self::say(__('This site uses the network settings. The settings below apply only to this site.', 'logto-sign-in'));
        printf('<p><a href="%s">%s</a></p>', esc_url(network_admin_url('admin.php?page=' . SettingsPage::SLUG)), esc_html__('Open the network settings', 'logto-sign-in'));
        $before = StoredOptions::of_version_0_1();
        $provider = Input::string($before, 'endpoint', Input::string($before, 'dingtalk_client_id'));
        if ($provider !== '') {
            /* translators: %s: address of a Logto tenant, or Client ID of a DingTalk application. */
            self::say(sprintf(__('Until now, this site used its own provider (%s), which no longer applies. If you choose custom settings, they start with it.', 'logto-sign-in'), $provider));
        }

        submit_button(__('Use custom settings', 'logto-sign-in'), 'secondary', 'own');
    }

    private static function say(string $message): void
    {
        printf('<p>%s</p>', esc_html($message));
    }
}
