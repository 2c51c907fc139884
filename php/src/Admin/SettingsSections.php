<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\RefusedInput;
use LogtoSignIn\Settings\Labels;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Settings\Manager;

/**
 * The sections of the settings page, for a site and for a network: those that have a field which their reader may change.
 */
final class SettingsSections
{
    /** @var array<string, true> The groups that have a field. */
    private array $groups = [];

    public function __construct(
        private readonly Manager $manager,
    ) {
    }

    /**
     * All sections, and the button that saves them.
     */
    public function print(): void
    {
        $this->add_fields();
        $groups = array_intersect_key(SettingsFields::groups(), $this->groups);
        printf('<nav class="logto-sections" aria-label="%s"><ul>', esc_attr__('Sections', 'logto-sign-in'));
        foreach ($groups as $group => $title) {
            self::add_section($group, $title);
            printf('<li><a href="#logto-section-%s">%s</a></li>', esc_attr($group), esc_html($title));
        }

        echo '</ul></nav>';
        do_settings_sections(SettingsPage::SLUG);
        RefusedInput::forget();
        submit_button();
    }

    public function may_change(string $setting): bool
    {
        return $this->manager->may_change($setting);
    }

    /**
     * Adds one field to a section, unless somebody else manages the setting.
     *
     * @param array<string, mixed> $field
     */
    public function add(string $name, string $group, callable $print, array $field): void
    {
        if (!$this->may_change($name)) {
            return;
        }

        $this->groups[$group] = true;
        // A box has its own label beside it; the heading of its row names the group only.
        $arguments = isset($field['choice']) || isset($field['rows']) || $name === 'delete' ? [] : ['label_for' => 'logto-' . $name];
        add_settings_field($name, esc_html(Labels::of($name)), $print, SettingsPage::SLUG, $group, ['name' => $name] + $arguments + $field);
    }

    /**
     * What naming a connector is good for, above the field.
     */
    public static function buttons(): void
    {
        echo '<p>' . esc_html__('Each connector that you enter here gets a button on the login page that leads straight to it. You can also choose it in the block “Logto sign-in button”.', 'logto-sign-in') . '</p>';
    }

    private static function add_section(string $group, string $title): void
    {
        $above = match ($group) {
            'buttons' => [self::class, 'buttons'],
            DingtalkSettings::GROUP => [DingtalkSettings::class, 'steps'],
            default => '__return_null',
        };
        $frame = ['before_section' => '<section id="logto-section-' . esc_attr($group) . '">', 'after_section' => '</section>'];
        add_settings_section($group, esc_html($title), $above, SettingsPage::SLUG, $frame);
    }

    private function add_fields(): void
    {
        $this->add_texts('connection');
        $this->add_texts('buttons');
        DingtalkSettings::add($this);
        AccountSettings::add($this);
        ProfileSettings::add($this);
        RoleSettings::add($this);
        $this->add('login_type', 'sessions', [Field::class, 'select'], ['choices' => LoginType::choices(), 'help' => LoginType::help()]);
        foreach (SettingsFields::flags() as $name => $field) {
            $this->add($name, $field['group'], [Field::class, 'flag'], $field);
        }

        $this->add_texts('advanced');
        if (!is_multisite() || is_network_admin()) {
            $this->add('delete', 'advanced', [Field::class, 'delete_identities'], []);
        }
    }

    private function add_texts(string $group): void
    {
        foreach (SettingsFields::texts() as $name => $field) {
            if ($field['group'] !== $group) {
                continue;
            }

            $this->add($name, $group, [Field::class, 'text'], $field);
        }
    }
}
