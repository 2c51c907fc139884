<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol;

/**
 * What WordPress has no field for, in user meta. The one list of the plugin's keys.
 */
final class UserMeta
{
    public const PICTURE = 'logto_sign_in_picture';

    /** '1' while an account waits for an admin's approval; it has no role meanwhile. */
    public const PENDING = 'logto_sign_in_pending';

    /** The names of the roles that the approval gives. */
    public const PENDING_ROLES = 'logto_sign_in_pending_roles';

    /** Of accounts that nobody can sign in to with a password: the hash of the password's hash. */
    // @mago-expect lint:no-literal-password - the key of a mark, and no password
    public const RANDOM_PASSWORD = 'logto_sign_in_unknown_password';

    /** Roles that mappings gave, by the number of the site, then as {@see GrantsByIssuer}. */
    public const GRANTED_ROLES = 'logto_sign_in_granted_roles';

    /** Numbers of the sites that mappings made the user a member of, as {@see GrantsByIssuer}. */
    public const GRANTED_SITES = 'logto_sign_in_granted_sites';

    /** Hashes of the issuers that no longer vouch for the user. */
    public const REVOKED = 'logto_sign_in_revoked';

    /** A sign-in that another plugin interrupted, as JSON. */
    public const UNFINISHED = 'logto_sign_in_unfinished';

    /** An address of the provider that the user did not get, since another user has it. */
    public const EMAIL_KEPT = 'logto_sign_in_email_kept';

    /** The fields that the provider gave at the last sign-in. */
    public const FOLLOWED = 'logto_sign_in_followed';

    /** The hash of a sign-in link's secret, and when the link expires. */
    public const SIGN_IN_LINK = 'logto_sign_in_link';

    /** '1' when a user without an email address wants no reminder. */
    public const NO_REMINDER = 'logto_sign_in_no_email_reminder';

    /** Which account at DingTalk Logto names: see {@see DingtalkClaim}. */
    public const DINGTALK = 'logto_sign_in_dingtalk';

    /** The organizations that the provider named at the last sign-in: one a line, its ID, a space and its name. */
    public const ORGANIZATIONS = 'logto_sign_in_organizations';

    /** The keys that mapped claims were written to: see {@see MappedMeta}. */
    public const MAPPED = 'logto_sign_in_mapped';

    /** Where a user without an email address wants to hear of the approval. */
    public const CONTACT = 'logto_sign_in_contact';

    private const PROFILE = ['phone' => 'logto_sign_in_phone', 'picture' => self::PICTURE, 'dingtalk' => self::DINGTALK, 'organizations' => self::ORGANIZATIONS, 'contact' => self::CONTACT];

    /** @var array<array-key, string> What is personal, and no mark of the account. */
    private const UNMARKED = [...self::PROFILE, self::NO_REMINDER, self::EMAIL_KEPT, self::UNFINISHED, self::SIGN_IN_LINK, self::FOLLOWED];

    /**
     * The meta of a profile; what is null stays as it is.
     *
     * @return array<string, string>
     */
    public static function fields(Protocol\Profile $profile): array
    {
        $fields = [];
        foreach (array_intersect_key($profile->fields(), self::PROFILE) as $name => $value) {
            $fields[self::PROFILE[$name]] = $value;
        }

        return $fields;
    }

    /**
     * WordPress writes only what differs.
     */
    public static function update(int $user_id, Protocol\Profile $profile): void
    {
        foreach (self::fields($profile) as $key => $value) {
            update_user_meta($user_id, $key, wp_slash(StoredText::in_meta($value)));
        }

        MappedMeta::update($user_id, $profile->meta);
    }

    /**
     * What is kept about a user, by the name of the profile field.
     *
     * @return array<string, string>
     */
    public static function of_user(int $user_id): array
    {
        $values = array_map(static fn(string $key): string => self::text($user_id, $key), self::PROFILE);

        return array_filter($values, static fn(string $value): bool => $value !== '');
    }

    public static function text(int $user_id, string $key): string
    {
        $value = get_user_meta($user_id, $key, true);

        return is_string($value) ? $value : '';
    }

    public static function is_pending(int $user_id): bool
    {
        return self::text($user_id, self::PENDING) === '1';
    }

    /**
     * All but the marks of the account: without them, the last sign-in method could be removed, and who waits for
     * approval would be let in.
     */
    public static function erase(int $user_id): bool
    {
        $erased = array_map(static fn(string $key): bool => delete_user_meta($user_id, $key), self::UNMARKED);

        return in_array(true, $erased, true);
    }

    /**
     * Of every user, when the plugin is deleted.
     */
    public static function erase_all(): void
    {
        foreach (self::UNMARKED as $key) {
            delete_metadata('user', 0, $key, '', true);
        }

        ProviderSessions::erase_all();
    }

    /**
     * What belongs to the identities, and goes with them.
     */
    public static function erase_marks(): void
    {
        foreach ([self::PENDING, self::PENDING_ROLES, self::RANDOM_PASSWORD, self::GRANTED_ROLES, self::GRANTED_SITES, self::REVOKED, self::MAPPED] as $key) {
            delete_metadata('user', 0, $key, '', true);
        }
    }
}
