<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\Labels;

/**
 * The sections of the settings page, for a site and for a network.
 */
final class SettingsSections
{
    /**
     * All sections, and the button that saves them.
     */
    public static function print(): void
    {
        self::add_fields();
        printf('<nav class="logto-sections" aria-label="%s"><ul>', esc_attr__('Sections', 'logto-sign-in'));
        foreach (SettingsFields::groups() as $group => $title) {
            printf('<li><a href="#logto-section-%s">%s</a></li>', esc_attr($group), esc_html($title));
        }

        echo '</ul></nav>';
        do_settings_sections(SettingsPage::SLUG);
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
            $frame = ['before_section' => '<section id="logto-section-' . esc_attr($group) . '">', 'after_section' => '</section>'];
            add_settings_section($group, esc_html($title), $above, SettingsPage::SLUG, $frame);
        }

        self::add_texts('connection');
        self::add_texts('buttons');
        DingtalkSettings::add();
        AccountSettings::add();
        ProfileSettings::add();
        RoleSettings::add();
        foreach (SettingsFields::flags() as $name => $field) {
            self::add($name, $field['group'], [Field::class, 'flag'], $field);
        }

        self::add_texts('advanced');
        if (!is_network_admin()) {
            self::add('delete', 'advanced', [Field::class, 'delete_identities'], []);
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

            self::add($name, $group, [Field::class, 'text'], $field);
        }
    }

    /**
     * Adds one field to a section.
     *
     * @param array<string, mixed> $field
     */
    public static function add(string $name, string $group, callable $print, array $field): void
    {
        // A box has its own label beside it; the heading of its row names the group only.
        $arguments = isset($field['choice']) || isset($field['rows']) || $name === 'delete' ? [] : ['label_for' => 'logto-' . $name];
        add_settings_field($name, esc_html(Labels::of($name)), $print, SettingsPage::SLUG, $group, ['name' => $name] + $arguments + $field);
    }
}
