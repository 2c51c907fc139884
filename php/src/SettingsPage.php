<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * Logto › Settings.
 */
final class SettingsPage
{
    public const SLUG = 'logto-sign-in';

    public static function render(): void
    {
        if (!current_user_can('manage_options')) {
            return;
        }

        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In', 'logto-sign-in') . '</h1>';
        settings_errors();
        self::addresses();
        NetworkSettings::offer();
        if (!NetworkSettings::apply()) {
            echo '<form action="options.php" method="post">';
            settings_fields(SettingsForm::GROUP);
            self::fields();
            echo '</form>';
        }

        self::check();
        echo '</div>';
    }

    /**
     * All sections, and the button that saves them.
     */
    public static function fields(): void
    {
        self::add_fields();
        do_settings_sections(self::SLUG);
        submit_button();
    }

    private static function add_fields(): void
    {
        foreach (SettingsFields::groups() as $group => $title) {
            $above = match ($group) {
                'buttons' => [self::class, 'buttons'],
                DingtalkSettings::GROUP => [DingtalkSettings::class, 'steps'],
                default => '__return_null',
            };
            add_settings_section($group, esc_html($title), $above, self::SLUG);
        }

        self::add_texts('connection');
        self::add_texts('buttons');
        DingtalkSettings::add();
        AccountSettings::add();
        ProfileSettings::add();
        RoleSettings::add();
        foreach (SettingsFields::flags() as $name => $field) {
            self::add($name, $field['label'], $field['group'], [Controls::class, 'flag'], $field);
        }

        self::add_texts('advanced');
        if (!is_network_admin()) {
            self::add('delete', __('Deleting the plugin', 'logto-sign-in'), 'advanced', [Controls::class, 'delete_identities'], []);
        }
    }

    /**
     * What naming a connector is good for, above the field.
     */
    public static function buttons(): void
    {
        echo '<p>' . esc_html__('Each connector of the tenant that you name here gets a button on the login page that leads straight to it, and can be chosen in the block “Logto sign-in button”.', 'logto-sign-in') . '</p>';
    }

    private static function add_texts(string $group): void
    {
        foreach (SettingsFields::texts() as $name => $field) {
            if ($field['group'] !== $group) {
                continue;
            }

            self::add($name, $field['label'], $group, [Controls::class, 'text'], $field);
        }
    }

    /**
     * Adds one field to a section.
     *
     * @param array<string, mixed> $field
     */
    public static function add(string $name, string $label, string $group, callable $print, array $field): void
    {
        // A box has its own label beside it; the heading of its row names the group only.
        $arguments = isset($field['choice']) || isset($field['rows']) || $name === 'delete' ? [] : ['label_for' => 'logto-' . $name];
        add_settings_field($name, esc_html($label), $print, self::SLUG, $group, ['name' => $name] + $arguments + $field);
    }

    private static function addresses(): void
    {
        $rows = [
            'logto-redirect-uri' => [__('Redirect URI', 'logto-sign-in'), Site::redirect_uri()],
            'logto-post-sign-out' => [__('Post sign-out redirect URI', 'logto-sign-in'), Site::post_logout_redirect_uri()],
            'logto-start' => [__('Sign-in address', 'logto-sign-in'), Site::start_uri()],
        ];

        echo '<h2>' . esc_html__('For the Logto Console', 'logto-sign-in') . '</h2>';
        echo '<p>' . esc_html__('Enter the first two on the page of your application, letter by letter. The third starts a sign-in: for links and menus.', 'logto-sign-in') . '</p>';
        echo '<table class="form-table" role="presentation">';
        foreach ($rows as $id => [$label, $address]) {
            printf('<tr><th scope="row"><label for="%1$s" id="%1$s-label">%2$s</label></th><td>', esc_attr($id), esc_html($label));
            Controls::address($id, $address);
            echo '</td></tr>';
        }

        echo '</table><p class="screen-reader-text" role="status" id="logto-copied"></p>';
    }

    /**
     * DingTalk has nothing that could be asked without a visitor.
     */
    private static function check(): void
    {
        if (Settings::current()->connector() === Settings::DINGTALK) {
            return;
        }

        echo '<h2>' . esc_html__('Check connection', 'logto-sign-in') . '</h2>';
        echo '<p>' . esc_html__('Asks Logto with the saved settings, and says what was found.', 'logto-sign-in') . '</p>';
        printf('<form action="%s" method="post">', esc_url(admin_url('admin-post.php')));
        echo '<input type="hidden" name="action" value="' . esc_attr(ConnectionCheck::ACTION) . '">';
        wp_nonce_field(ConnectionCheck::ACTION);
        submit_button(__('Check connection', 'logto-sign-in'), 'secondary', 'check', false);
        echo '</form>';
    }
}
