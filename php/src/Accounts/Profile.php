<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

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
     * The core's profile as fields of WordPress; what is absent or null stays as it is.
     *
     * @param array<array-key, mixed> $profile
     *
     * @return array<string, string>
     */
    public static function fields(array $profile): array
    {
        $fields = [];
        foreach (self::FIELDS as $name => $field) {
            $value = $profile[$name] ?? null;
            if (is_string($value)) {
                $fields[$field] = $value;
            }
        }

        // Without its translation, a language would turn the user's admin pages English.
        $locale = Input::string($profile, 'locale');
        if ($locale === 'en_US' || in_array($locale, get_available_languages(), true)) {
            $fields['locale'] = $locale;
        }

        return $fields;
    }

    /**
     * @param array<array-key, mixed> $profile
     */
    public static function update(\WP_User $user, array $profile): void
    {
        UserMeta::update($user->ID, $profile);
        $changed = [];
        foreach (self::fields($profile) as $field => $value) {
            if ($user->get($field) === $value) {
                continue;
            }

            $changed[$field] = $value;
        }

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
        Log::write('email_kept', 'user ' . $user->ID . ' keeps the old e-mail address: another user has the new one');

        return false;
    }
}
