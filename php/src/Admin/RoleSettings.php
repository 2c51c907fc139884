<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\RefusedInput;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * The section “Roles” of the settings page: the mapping of Logto's roles.
 */
final class RoleSettings
{
    public const GROUP = 'roles';

    public static function add(SettingsSections $sections): void
    {
        $default = ['' => __('Same as Settings › General', 'logto-sign-in')] + self::choices();
        $sections->add('default_role', self::GROUP, [Field::class, 'select'], [
            'choices' => $default,
            'help' => __('For users who get no role from the mapping.', 'logto-sign-in'),
        ]);
        $sections->add('role_map', self::GROUP, [self::class, 'rows'], ['rows' => true]);
        $sections->add('role_map_mode', self::GROUP, [Field::class, 'select'], [
            'choices' => [
                'first' => __('Use the first', 'logto-sign-in'),
                'all' => __('Use all', 'logto-sign-in'),
            ],
            'help' => __('A mapped role is removed when its row no longer matches. Other roles stay; a site always keeps its last administrator.', 'logto-sign-in'),
        ]);
        $sections->add('grant_days', self::GROUP, [Field::class, 'text'], [
            'type' => 'number',
            'help' => __('Roles and memberships from the provider are removed at the next login after this many days without a sign-in there. 0 means never.', 'logto-sign-in'),
            'placeholder' => '',
        ]);
    }

    /**
     * The rows of the mapping, and an empty one. A row without a role of Logto is left out when saved.
     */
    public static function rows(): void
    {
        $rows = [...self::stored(), ['', '']];
        printf('<fieldset id="logto-role_map" tabindex="-1" class="logto-rows" data-logto-rows><legend class="screen-reader-text">%s</legend>', esc_html__('Mapping', 'logto-sign-in'));
        foreach ($rows as $number => [$logto, $wordpress]) {
            self::row($number, $logto, $wordpress);
        }

        echo '</fieldset>';
        FieldNote::problem('role_map');
        printf(
            '<p><button type="button" class="button" data-logto-add>%s</button></p><p class="description" id="logto-role_map-help">%s</p>',
            esc_html__('Add a row', 'logto-sign-in'),
            esc_html__('In the first field, enter the name of a Logto Console role. For a role in an organization, enter org:organization ID:role. Empty rows are removed when you save.', 'logto-sign-in'),
        );
    }

    private static function row(int $number, string $logto, string $wordpress): void
    {
        $name = sprintf('logto_sign_in[role_map][%d]', $number);
        printf(
            '<p class="logto-row"><input type="text" class="regular-text code" name="%1$s[logto]" value="%2$s" aria-label="%3$s" aria-invalid="%5$s" aria-describedby="%6$s" autocomplete="off" spellcheck="false"> <span aria-hidden="true">%7$s</span> <select name="%1$s[wordpress]" aria-label="%4$s">',
            esc_attr($name),
            esc_attr($logto),
            esc_attr__('Logto role', 'logto-sign-in'),
            esc_attr__('WordPress role', 'logto-sign-in'),
            esc_attr(FieldNote::invalid('role_map')),
            esc_attr(FieldNote::described('role_map')),
            is_rtl() ? '←' : '→',
        );
        $choices = self::choices();
        if ($wordpress !== '' && !isset($choices[$wordpress])) {
            /* translators: %s: name of a role that a plugin took away. */
            $choices[$wordpress] = sprintf(__('%s (does not exist)', 'logto-sign-in'), $wordpress);
        }

        foreach ($choices as $role => $label) {
            printf('<option value="%s"%s>%s</option>', esc_attr($role), selected($wordpress, $role, false), esc_html($label));
        }

        echo '</select></p>';
    }

    /**
     * What was entered and not saved, or what is stored. The core keeps each row as `Logto role = WordPress role`, and no role of WordPress has an equals sign.
     *
     * @return list<array{string, string}>
     */
    private static function stored(): array
    {
        $entered = RefusedInput::of('role_map')['rows'] ?? [];
        if ($entered !== []) {
            $rows = array_map(static fn(array $row): array => [Input::string($row, 'logto'), Input::string($row, 'wordpress')], $entered);

            return array_values(array_filter($rows, static fn(array $row): bool => $row[0] !== ''));
        }

        $rows = [];
        foreach (array_filter(explode("\n", Settings::current()->text('role_map'))) as $line) {
            $at = strrpos($line, ' = ');
            $rows[] = $at === false ? [$line, ''] : [substr($line, 0, $at), substr($line, $at + 3)];
        }

        return $rows;
    }

    /**
     * The least powerful role comes first, for a row that somebody adds.
     *
     * @return array<string, string>
     */
    private static function choices(): array
    {
        $choices = [];
        foreach (array_reverse(wp_roles()->get_names(), true) as $role => $label) {
            $choices[(string) $role] = translate_user_role($label);
        }

        return $choices;
    }
}
