<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;

/**
 * Logto › Settings.
 */
final class SettingsPage
{
    public const SLUG = 'logto-sign-in';

    /**
     * The option is sanitised by a filter of its own, which also guards what does not come from the page.
     */
    public static function register(): void
    {
        register_setting(Sanitizer::GROUP, Settings::OPTION, ['type' => 'object', 'show_in_rest' => false]);
        if (!is_multisite()) {
            // A network's identities belong to all its sites: its own page asks.
            register_setting(Sanitizer::GROUP, Settings::DELETE_IDENTITIES_OPTION, [
                'type' => 'string',
                'show_in_rest' => false,
                'sanitize_callback' => static fn(mixed $value): string => $value === '1' ? '1' : '0',
            ]);
        }
    }

    public static function render(): void
    {
        if (!current_user_can('manage_options')) {
            return;
        }

        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In', 'logto-sign-in') . '</h1>';
        settings_errors();
        self::addresses();
        SettingsSource::show();
        self::form();
        ConnectionCheck::show();
        echo '</div>';
    }

    private static function form(): void
    {
        $manager = CustomSettings::manager();
        is_multisite() && $manager === Manager::Network ? self::open_custom_form() : self::open_options_form();
        (new SettingsSections($manager))->print();
        echo '</form>';
    }

    private static function open_options_form(): void
    {
        echo '<form action="options.php" method="post">';
        settings_fields(Sanitizer::GROUP);
    }

    /**
     * WordPress's own form saves the option of a site, which is not where a network keeps custom settings.
     */
    private static function open_custom_form(): void
    {
        printf('<form action="%s" method="post">', esc_url(admin_url('admin-post.php')));
        printf('<input type="hidden" name="action" value="%s">', esc_attr(CustomSettings::SAVE));
        wp_nonce_field(CustomSettings::SAVE);
    }

    private static function addresses(): void
    {
        $rows = [
            'logto-redirect-uri' => [__('Redirect URI', 'logto-sign-in'), Site::redirect_uri()],
            'logto-post-sign-out' => [__('Post sign-out redirect URI', 'logto-sign-in'), Site::post_logout_redirect_uri()],
            'logto-start' => [__('Sign-in URL', 'logto-sign-in'), Site::start_uri()],
        ];

        echo '<h2>' . esc_html__('For the Logto Console', 'logto-sign-in') . '</h2>';
        echo '<p>' . esc_html__('Copy the first two into “Redirect URIs” and “Post sign-out redirect URIs” of your application in the Logto Console. Use the third for links and menus.', 'logto-sign-in') . '</p>';
        echo '<table class="form-table" role="presentation">';
        foreach ($rows as $id => [$label, $address]) {
            printf('<tr><th scope="row"><label for="%1$s" id="%1$s-label">%2$s</label></th><td>', esc_attr($id), esc_html($label));
            Field::address($id, $address);
            echo '</td></tr>';
        }

        echo '</table><p class="screen-reader-text" role="status" id="logto-copied"></p>';
    }
}
