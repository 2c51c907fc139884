<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Settings\Labels as SettingLabels;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Words\Messages;

/**
 * What became of links and settings of Logto's own plugin, in words.
 */
final class Labels
{
    /**
     * What a run did, or would do, with a link.
     */
    public static function verdict(string $verdict, bool $done): string
    {
        return match ($verdict) {
            'new' => $done ? __('Linked', 'logto-sign-in') : __('To be linked', 'logto-sign-in'),
            'kept' => __('Already linked', 'logto-sign-in'),
            'taken' => __('Linked to another user already', 'logto-sign-in'),
            'repeated' => __('Claimed by several users', 'logto-sign-in'),
            'elsewhere' => __('User of another Logto account', 'logto-sign-in'),
            'privileged' => __('Administrator', 'logto-sign-in'),
            'gone' => __('User deleted', 'logto-sign-in'),
            default => __('Not readable', 'logto-sign-in'),
        };
    }

    /**
     * Why a link does not come over, and what the admin does about it.
     */
    public static function advice(string $verdict): string
    {
        return match ($verdict) {
            'taken' => __('Another user of this site has this Logto account. Whoever it belongs to signs in, or removes it there under “Ways to sign in” of the profile.', 'logto-sign-in'),
            'repeated' => __('Logto’s own plugin gave one Logto account to several users. The right one signs in with the password and adds it under “Ways to sign in” of the profile.', 'logto-sign-in'),
            'elsewhere' => __('The user has more than one Logto account of this tenant, and nothing says which is theirs. They add it under “Ways to sign in” of the profile.', 'logto-sign-in'),
            'privileged' => __('Logto’s own plugin gives accounts away by e-mail address, so this could be somebody else. Compare the subject with the user in the Logto Console; then import administrators too, or let them link from the profile.', 'logto-sign-in'),
            'gone' => __('Nothing: the user is not there any more.', 'logto-sign-in'),
            default => __('Nothing: the value is empty, or is no subject. The user links from the profile.', 'logto-sign-in'),
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
        $links = sprintf(__('Links removed: %s.', 'logto-sign-in'), number_format_i18n(Input::int($run, 'done')));
        $settings = Input::bool($run, 'restored')
            ? __('The settings are as they were before the import.', 'logto-sign-in')
            : __('The settings were changed after the import, so they stay as they are. Look through them in Logto › Settings.', 'logto-sign-in');

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
            'links' => Messages::problem(Input::string($problem, 'code')),
            default => sprintf('%s: %s', self::field($field), Messages::problem(Input::string($problem, 'code'))),
        };
    }

    public static function field(string $name): string
    {
        return match ($name) {
            'username_strategy' => __('Names of new users', 'logto-sign-in'),
            'role_map' => __('Role mapping', 'logto-sign-in'),
            'required_organizations' => __('Required organisation', 'logto-sign-in'),
            default => SettingLabels::of($name),
        };
    }
}
