<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\RefusedInput;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Labels;
use LogtoSignIn\Settings\Manager;

/**
 * The sections of one tab, for a site and for a network: those that have a field which their reader may change.
 */
final class SettingsSections
{
    /** @var array<string, true> The groups that have a field. */
    private array $groups = [];

    public function __construct(
        private readonly Manager $manager,
        private readonly Tab $tab,
    ) {
    }

    /**
     * The sections of the tab, and the button that saves them. The other tabs stay as they are.
     *
     * @param string $beside HTML beside that button.
     */
    public function print(string $beside = ''): void
    {
        $this->add_fields();
        foreach (array_intersect_key(SettingsFields::groups(), $this->groups) as $group => $title) {
            self::add_section($group, $title);
        }

        printf('<input type="hidden" name="logto_sign_in[%s]" value="1">', esc_attr(Sanitizer::PARTIAL));
        printf('<input type="hidden" name="%s" value="%s">', esc_attr(Tab::PARAMETER), esc_attr($this->tab->value));
        do_settings_sections(SettingsPage::SLUG);
        RefusedInput::forget();
        echo '<p class="submit">';
        submit_button('', 'primary', 'submit', false);
        echo ' ' . wp_kses($beside, ['button' => ['type' => true, 'class' => true, 'id' => true, 'form' => true]]) . '</p>';
    }

    /**
     * Whether the tab shows a setting of a group to its reader.
     */
    public function has(string $setting, string $group): bool
    {
        // Whether a site is private, and signs visitors in silently, each site of a network decides: the network has no value
        // that others take over.
        $is_of_each_site = is_network_admin() && in_array($setting, ['private_site', 'public_paths', 'silent_sign_in'], true);

        return !$is_of_each_site && $this->manager->may_change($setting) && in_array($group, $this->tab->groups(), true);
    }

    /**
     * Adds one field to a section, unless somebody else manages the setting.
     *
     * @param array<string, mixed> $field
     */
    public function add(string $name, string $group, callable $print, array $field): void
    {
        if (!$this->has($name, $group)) {
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
        LoginSettings::add($this);
        AccessSettings::add($this);
        ApiSettings::add($this);
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
