<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Labels;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * The section “Names and profiles” of the settings page: what a new user is called, and which fields follow Logto.
 */
final class ProfileSettings
{
    public const GROUP = 'profiles';

    public static function add(SettingsSections $sections): void
    {
        $sections->add('username_strategy', self::GROUP, [Field::class, 'select'], [
            'choices' => [
                'smart' => __('Automatic: email address, else username, name or phone number', 'logto-sign-in'),
                'email' => __('Email address', 'logto-sign-in'),
                'username' => __('Logto username', 'logto-sign-in'),
                'template' => __('Use the template below', 'logto-sign-in'),
            ],
            'help' => __('WordPress usernames cannot be changed later. If a name is taken, a number is added. Names in other scripts become Latin letters.', 'logto-sign-in'),
        ]);
        $sections->add('username_template', self::GROUP, [Field::class, 'text'], [
            'type' => 'text',
            'placeholder' => '{given_name}.{family_name}',
            'help' => __('Text with placeholders: {username}, {name}, {given_name}, {family_name}, {email}, {email_local}, {phone}, {hash}. If a visitor has none of them, the username is chosen automatically.', 'logto-sign-in'),
        ]);
        $sections->add('sync', self::GROUP, [self::class, 'fields'], ['rows' => true]);
        $sections->add('meta_map', self::GROUP, [Field::class, 'text'], [
            'type' => 'textarea',
            'placeholder' => 'custom_data.department = department',
            'help' => __('Writes claims to user meta at each sign-in. One per line: claim = meta key. A dot leads into an object. The plugin requests the scopes that this needs.', 'logto-sign-in'),
        ]);
        $sections->add('avatar', self::GROUP, [Field::class, 'flag'], [
            'choice' => __('Use the picture from the sign-in service as the avatar', 'logto-sign-in'),
            'help' => __('Your visitors’ browsers load it from the sign-in service’s URL.', 'logto-sign-in'),
        ]);
    }

    /**
     * One row for each field, with what happens to it.
     */
    public static function fields(): void
    {
        printf('<fieldset class="logto-sync"><legend class="screen-reader-text">%s</legend><table>', esc_html__('Profile fields', 'logto-sign-in'));
        foreach (Defaults::TEXTS as $name => $default) {
            if (!str_starts_with($name, 'sync_')) {
                continue;
            }

            $chosen = self::policy($name, $default);
            printf(
                '<tr><th scope="row"><label for="logto-%1$s">%2$s</label></th><td><select id="logto-%1$s" name="logto_sign_in[%1$s]">',
                esc_attr($name),
                esc_html(Labels::of($name)),
            );
            foreach (self::policies() as $policy => $message) {
                printf('<option value="%s"%s>%s</option>', esc_attr($policy), selected($chosen, $policy, false), esc_html($message));
            }

            echo '</select></td></tr>';
        }

        echo '</table></fieldset><p class="description">' . esc_html__('Fields that Logto does not provide stay unchanged. An email address that another user has is not used.', 'logto-sign-in') . '</p>';
    }

    /**
     * @return array<string, string>
     */
    private static function policies(): array
    {
        return [
            'always' => __('At each sign-in', 'logto-sign-in'),
            'first' => __('When the account is created', 'logto-sign-in'),
            'never' => __('Never', 'logto-sign-in'),
        ];
    }

    /**
     * Version 0.1 had one box for all fields.
     */
    private static function policy(string $name, string $default): string
    {
        $stored = Settings::current()->stored;

        return Input::string($stored, $name, Input::bool($stored, 'sync_profile', true) ? $default : 'first');
    }
}
