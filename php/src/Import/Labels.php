<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\LinkVerdict;
use LogtoSignIn\Settings\Labels as SettingLabels;
use LogtoSignIn\Support\Input;

/**
 * What became of links and settings of Logto's own plugin, in words.
 */
final class Labels
{
    /**
     * A verdict as runs store it, also under its name in version 0.1.
     */
    public static function stored_verdict(string $name): LinkVerdict
    {
        return LinkVerdict::tryFrom($name) ?? match ($name) {
            'kept' => LinkVerdict::AlreadyLinked,
            'taken' => LinkVerdict::LinkedToOther,
            'repeated' => LinkVerdict::Ambiguous,
            'elsewhere' => LinkVerdict::HasOtherSubject,
            'gone' => LinkVerdict::UserMissing,
            default => LinkVerdict::Unusable,
        };
    }

    /**
     * What a run did, or would do, with a link.
     */
    public static function verdict(LinkVerdict $verdict, bool $done): string
    {
        return match ($verdict) {
            LinkVerdict::New => $done ? __('Connected', 'logto-sign-in') : __('To be connected', 'logto-sign-in'),
            LinkVerdict::AlreadyLinked => __('Already connected', 'logto-sign-in'),
            LinkVerdict::LinkedToOther => __('Already connected to another user', 'logto-sign-in'),
            LinkVerdict::Ambiguous => __('Assigned to several users', 'logto-sign-in'),
            LinkVerdict::HasOtherSubject => __('User has another Logto account', 'logto-sign-in'),
            LinkVerdict::Privileged => __('Administrator', 'logto-sign-in'),
            LinkVerdict::UserMissing => __('User deleted', 'logto-sign-in'),
            LinkVerdict::Unusable => __('Not readable', 'logto-sign-in'),
        };
    }

    /**
     * Why a link does not come over, and what the admin does about it.
     */
    public static function advice(LinkVerdict $verdict): string
    {
        return match ($verdict) {
            LinkVerdict::LinkedToOther => __('Another user on this site already has this Logto account. Its owner signs in as that user, or disconnects it there under “Sign-in methods” in the profile.', 'logto-sign-in'),
            LinkVerdict::Ambiguous => __('The official Logto plugin assigned one Logto account to several users. Its owner logs in with the password and connects it under “Sign-in methods” in the profile.', 'logto-sign-in'),
            LinkVerdict::HasOtherSubject => __('This user has more than one Logto account in this tenant, and it is unknown which one is theirs. The user connects it under “Sign-in methods” in the profile.', 'logto-sign-in'),
            LinkVerdict::Privileged => __('The official Logto plugin assigns accounts by email address, so this could be another person. Compare the subject with the user in the Logto Console. Then import administrators too, or let them connect from their profiles.', 'logto-sign-in'),
            LinkVerdict::UserMissing => __('No action needed: the user no longer exists.', 'logto-sign-in'),
            default => __('No action needed: the value is empty or not a subject. The user connects from the profile.', 'logto-sign-in'),
        };
    }

    /**
     * A heading for a run.
     *
     * @param array<array-key, mixed> $run
     */
    public static function title(array $run): string
    {
        $finished = Input::bool($run, 'finished');

        return match (Input::string($run, 'kind')) {
            Run::DRY_RUN => $finished ? __('Dry run: nothing was changed', 'logto-sign-in') : __('Dry run', 'logto-sign-in'),
            Run::IMPORT => $finished ? __('Imported', 'logto-sign-in') : __('Importing', 'logto-sign-in'),
            default => $finished ? __('Undone', 'logto-sign-in') : __('Undoing', 'logto-sign-in'),
        };
    }

    /**
     * What undoing did.
     *
     * @param array<array-key, mixed> $run
     */
    public static function undone(array $run): string
    {
        /* translators: %s: number of links. */
        $links = sprintf(__('Connections removed: %s.', 'logto-sign-in'), number_format_i18n(Input::int($run, 'done')));
        $settings = Input::bool($run, 'restored')
            ? __('The settings from before the import were restored. Secrets that the import replaced were not kept: if the App secret is empty in Logto › Settings, enter it again.', 'logto-sign-in')
            : __('The settings were changed after the import, so they were not restored. Review them in Logto › Settings.', 'logto-sign-in');

        return $links . ' ' . $settings;
    }

    /**
     * What is wrong with a setting of that plugin.
     *
     * @param array<array-key, mixed> $problem
     */
    public static function problem(array $problem): string
    {
        $field = Input::string($problem, 'field');

        return match ($field) {
            'links' => Catalog::of(Input::string($problem, 'code'))->message,
            default => sprintf('%s: %s', self::field($field), Catalog::of(Input::string($problem, 'code'))->message),
        };
    }

    public static function field(string $name): string
    {
        return match ($name) {
            'username_strategy' => __('Usernames', 'logto-sign-in'),
            'role_map' => __('Role mapping', 'logto-sign-in'),
            'required_organizations' => __('Required organization', 'logto-sign-in'),
            default => SettingLabels::of($name),
        };
    }
}
