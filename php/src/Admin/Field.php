<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\RefusedInput;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * Prints the controls of the settings page.
 */
final class Field
{
    /**
     * @param array{name: string, type: string, help: string, placeholder: string} $field
     */
    public static function text(array $field): void
    {
        $name = $field['name'];
        $stored = Settings::current()->text($name);
        $value = RefusedInput::of($name)['text'] ?? $stored;
        if ($field['type'] === 'textarea') {
            printf(
                '<textarea id="logto-%1$s" name="logto_sign_in[%1$s]" class="large-text code" rows="3" placeholder="%3$s" spellcheck="false" aria-invalid="%4$s" aria-describedby="%5$s">%2$s</textarea>',
                esc_attr($name),
                esc_textarea($value),
                esc_attr($field['placeholder']),
                esc_attr(FieldNote::invalid($name)),
                esc_attr(FieldNote::described($name)),
            );
            FieldNote::print($name, $field['help']);

            return;
        }

        $hidden = in_array($name, Defaults::SECRETS, true);
        $is_number = $field['type'] === 'number';
        $saved = $hidden && $stored !== '' ? __('Saved. Leave empty to keep it.', 'logto-sign-in') : '';
        printf(
            '<input id="logto-%1$s" name="logto_sign_in[%1$s]" type="%2$s" class="%8$s code" inputmode="%9$s" value="%3$s" placeholder="%4$s" autocomplete="%5$s" autocapitalize="off" spellcheck="false" aria-invalid="%6$s" aria-describedby="%7$s">',
            esc_attr($name),
            // A host without a scheme is fine for the core, but not for a browser's own check of addresses; and what is no number stays in the field.
            esc_attr($hidden ? 'password' : 'text'),
            esc_attr($hidden ? '' : $value),
            esc_attr($saved === '' ? $field['placeholder'] : $saved),
            esc_attr($hidden ? 'new-password' : 'off'),
            esc_attr(FieldNote::invalid($name)),
            esc_attr(FieldNote::described($name)),
            $is_number ? 'small-text' : 'regular-text',
            $is_number ? 'numeric' : 'text',
        );
        FieldNote::print($name, $field['help']);
    }

    /**
     * An unticked box sends nothing, so a hidden field in front of it says "no".
     *
     * @param array{name: string, choice: string, help: string} $field
     */
    public static function flag(array $field): void
    {
        $name = $field['name'];
        $locked = FieldNote::locked($name);
        printf(
            '%5$s<label for="logto-%1$s"><input id="logto-%1$s" name="logto_sign_in[%1$s]" type="checkbox" value="1" aria-invalid="%4$s" aria-describedby="%7$s"%2$s%6$s> %3$s</label>',
            esc_attr($name),
            checked($locked ?? Settings::current()->flag($name), true, false),
            esc_html($field['choice']),
            esc_attr(FieldNote::invalid($name)),
            $locked === null ? sprintf('<input type="hidden" name="logto_sign_in[%s]" value="0">', esc_attr($name)) : '',
            disabled($locked !== null, true, false),
            esc_attr(FieldNote::described($name)),
        );
        FieldNote::print($name, $field['help']);
    }

    /**
     * @param array{name: string, choices: array<string, string>, help: string} $field
     */
    public static function select(array $field): void
    {
        $name = $field['name'];
        $stored = RefusedInput::of($name)['text'] ?? Input::string(Settings::current()->stored, $name, Defaults::TEXTS[$name] ?? '');
        printf(
            '<select id="logto-%1$s" name="logto_sign_in[%1$s]" aria-invalid="%2$s" aria-describedby="%3$s">',
            esc_attr($name),
            esc_attr(FieldNote::invalid($name)),
            esc_attr(FieldNote::described($name)),
        );
        foreach ($field['choices'] as $value => $label) {
            printf('<option value="%s"%s>%s</option>', esc_attr($value), selected($stored, $value, false), esc_html($label));
        }

        echo '</select>';
        FieldNote::print($name, $field['help']);
    }

    public static function delete_identities(): void
    {
        printf(
            '<input type="hidden" name="%1$s" value="0"><label for="logto-delete"><input id="logto-delete" name="%1$s" type="checkbox" value="1" aria-describedby="logto-delete-help"%2$s> %3$s</label>',
            esc_attr(Settings::DELETE_IDENTITIES_OPTION),
            checked(get_site_option(Settings::DELETE_IDENTITIES_OPTION), '1', false),
            esc_html__('Also delete all account connections', 'logto-sign-in'),
        );
        FieldNote::print('delete', __('Deleting the plugin always removes its settings and never removes WordPress users.', 'logto-sign-in'));
    }

    /**
     * An address to be copied.
     */
    public static function address(string $id, string $address): void
    {
        printf(
            '<span class="logto-copy"><input id="%1$s" type="text" class="large-text code" value="%2$s" readonly><button type="button" class="button" data-logto-copy="%1$s" aria-describedby="%1$s-label">%3$s</button></span>',
            esc_attr($id),
            esc_attr($address),
            esc_html__('Copy', 'logto-sign-in'),
        );
    }
}
