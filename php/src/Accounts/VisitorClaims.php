<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * What a provider told of a visitor, for other plugins. The core sends it only where one of them reads it
 * ({@see \LogtoSignIn\Settings\Site::describe()}).
 */
final class VisitorClaims
{
    /** Marks of the plugin, which are no fields for others. */
    private const OWN = ['dingtalk' => true, 'organizations' => true];

    /**
     * Before an account is made.
     */
    public static function of_new_user(CreateUser $effect): CreateUser|\WP_Error
    {
        $profile = $effect->claims === null ? $effect->profile : self::filter($effect->profile, $effect->claims, 0);

        return $profile instanceof Profile ? $effect->with_profile($profile) : $profile;
    }

    /**
     * Before WordPress lets a known user in. The profile of a new one was filtered with the account.
     */
    public static function of_known_user(SignedIn $outcome): SignedIn|\WP_Error
    {
        if ($outcome->profile === null || $outcome->claims === null) {
            return $outcome;
        }

        $profile = self::filter($outcome->profile, $outcome->claims, $outcome->user_id);
        if ($profile instanceof Profile) {
            return $outcome->with_profile($profile);
        }

        Log::write('profile_refused', 'user ' . $outcome->user_id . ': ' . wp_strip_all_tags($profile->get_error_message()));

        return $profile;
    }

    /**
     * After a sign-in.
     */
    public static function tell(\WP_User $user, SignedIn $outcome): void
    {
        if ($outcome->claims === null) {
            return;
        }

        $issuer = Input::string($outcome->claims, 'iss');

        /**
         * Fires after each sign-in, with what the provider told of the user.
         *
         * @since 0.2.0
         *
         * @param \WP_User $user     The user.
         * @param array    $claims   The verified claims of ID token and userinfo.
         * @param string   $provider `logto` or `dingtalk`.
         * @param string   $issuer   The issuer.
         */
        do_action('logto_sign_in_claims', $user, $outcome->claims, Provider::of_issuer($issuer)->value, $issuer);
    }

    /**
     * @param array<array-key, mixed> $claims
     */
    private static function filter(Profile $profile, array $claims, int $user_id): Profile|\WP_Error
    {
        $own = array_intersect_key($profile->fields(), self::OWN);
        $fields = array_diff_key($profile->fields(), self::OWN);

        /**
         * Filters what a sign-in writes to the user’s profile, before the account is created or updated. A WP_Error
         * refuses the sign-in.
         *
         * @since 0.2.0
         *
         * @param array|WP_Error $profile The fields to write, by name, and `meta`: user meta by key.
         * @param array          $claims  The verified claims of ID token and userinfo.
         * @param int            $user_id The user; 0 for a new account.
         */
        $filtered = apply_filters('logto_sign_in_profile', $fields + ['meta' => $profile->meta], $claims, $user_id);
        if ($filtered instanceof \WP_Error) {
            return $filtered;
        }

        if (!is_array($filtered)) {
            return $profile;
        }

        $fields = self::texts(array_intersect_key($filtered, array_diff_key(get_object_vars($profile), self::OWN)));
        // Others take the address for proven: only the provider’s own is.
        if (($fields['email'] ?? null) !== $profile->email) {
            unset($fields['email']);
        }

        return Profile::of($own + $fields, self::texts(Input::map($filtered, 'meta')));
    }

    /**
     * @param array<array-key, mixed> $values
     *
     * @return array<array-key, string>
     */
    private static function texts(array $values): array
    {
        $texts = array_map(static fn(mixed $value): mixed => is_bool($value) ? (string) (int) $value : $value, $values);

        return array_map(Input::to_string(...), array_filter($texts, is_scalar(...)));
    }
}
