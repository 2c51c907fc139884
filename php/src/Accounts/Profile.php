<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Brings a user's profile up to date: only the fields that the core names, and only when they differ.
 */
final class Profile
{
    private const FIELDS = [
        'display_name' => 'display_name',
        'first_name' => 'first_name',
        'last_name' => 'last_name',
        'nickname' => 'nickname',
        'email' => 'user_email',
        'url' => 'user_url',
    ];

    /**
     * The fields of WordPress; what is null stays as it is.
     *
     * @return array<string, string>
     */
    public static function fields(Protocol\Profile $profile): array
    {
        $fields = [];
        foreach (array_intersect_key($profile->fields(), self::FIELDS) as $name => $value) {
            $fields[self::FIELDS[$name]] = $value;
        }

        // Without its translation, a language would turn the user's admin pages English.
        if ($profile->locale !== null && in_array($profile->locale, ['en_US', ...get_available_languages()], true)) {
            $fields['locale'] = $profile->locale;
        }

        return $fields;
    }

    /**
     * The fields that the provider gave at the last sign-in and writes again at the next one, by the names of the protocol.
     *
     * @return list<string>
     */
    public static function followed(int $user_id): array
    {
        $given = Input::to_strings(get_user_meta($user_id, UserMeta::FOLLOWED, true));
        $settings = Settings::current()->stored;
        $follows = static fn(string $field): bool => Input::string($settings, 'sync_' . $field, Defaults::TEXTS['sync_' . $field] ?? '') === 'always';

        // Whose address is another user's has to choose one here.
        $kept = UserMeta::text($user_id, UserMeta::EMAIL_KEPT) === '' ? [] : ['email'];

        return array_values(array_diff(array_filter($given, $follows), $kept));
    }

    public static function update(\WP_User $user, Protocol\Profile $profile): void
    {
        UserMeta::update($user->ID, $profile);
        $given = array_keys(array_intersect_key($profile->fields(), self::FIELDS));
        // WordPress writes only what differs.
        update_user_meta($user->ID, UserMeta::FOLLOWED, $given);
        $differs = static fn(string $value, string $field): bool => self::differs($user, $field, $value);
        // What fits is asked of the database, and only for what differs.
        $changed = array_filter(StoredText::fit(array_filter(self::fields($profile), $differs, ARRAY_FILTER_USE_BOTH)), $differs, ARRAY_FILTER_USE_BOTH);
        if (!self::can_take_email($user, $changed['user_email'] ?? '')) {
            unset($changed['user_email']);
        }

        if ($changed === []) {
            return;
        }

        $result = wp_update_user(wp_slash(['ID' => $user->ID] + $changed));
        if ($result instanceof \WP_Error) {
            Log::write('profile_kept', 'user ' . $user->ID . ': ' . wp_strip_all_tags($result->get_error_message()));
        }
    }

    /**
     * Whether WordPress would store another value than it has. It mails an address that changes, so letter case is none.
     */
    private static function differs(\WP_User $user, string $field, string $value): bool
    {
        $stored = Input::to_string($user->get($field));
        $new = StoredText::sanitized($field, $value);

        return $new !== '' && ($field === 'user_email' ? strcasecmp($new, $stored) !== 0 : $new !== trim($stored));
    }

    /**
     * Whether an address is free for a user. If another has it, the user is told on their own pages.
     */
    private static function can_take_email(\WP_User $user, string $email): bool
    {
        $owner = $email === '' ? false : email_exists($email);
        $told = UserMeta::text($user->ID, UserMeta::EMAIL_KEPT);
        if ($owner === false || $owner === $user->ID) {
            if ($told !== '') {
                delete_user_meta($user->ID, UserMeta::EMAIL_KEPT);
            }

            return true;
        }

        update_user_meta($user->ID, UserMeta::EMAIL_KEPT, wp_slash($email));
        Log::write('email_kept', 'user ' . $user->ID . ' keeps the old email address: another user has the new one');

        return false;
    }
}
