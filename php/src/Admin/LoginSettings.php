<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\LoginType;

/**
 * The section “Signing in” of the settings page: what the login page does, which logins there are, and who sees the site.
 */
final class LoginSettings
{
    public const GROUP = 'sessions';

    public static function add(SettingsSections $sections): void
    {
        $sections->add('login_type', self::GROUP, [Field::class, 'select'], [
            'choices' => LoginType::choices(),
            'help' => LoginType::help(),
        ]);
        $sections->add('landing_page', self::GROUP, [Field::class, 'text'], [
            'type' => 'text',
            'help' => __('A path on this site, for visitors who sign in from the login page. Leave empty to let WordPress decide.', 'logto-sign-in'),
            'placeholder' => '/account/',
        ]);
        $sections->add('organization_id', self::GROUP, [Field::class, 'text'], [
            'type' => 'text',
            'help' => __('The ID of a Logto organization. Logto’s sign-in page then has its branding. It does not limit who can sign in.', 'logto-sign-in'),
            'placeholder' => '',
        ]);
        $flags = self::flags();
        $sections->add('silent_sign_in', self::GROUP, [Field::class, 'flag'], $flags['silent_sign_in']);
        $sections->add('remember_session', self::GROUP, [Field::class, 'flag'], $flags['remember_session']);
        $sections->add('session_days', self::GROUP, [Field::class, 'text'], [
            'type' => 'number',
            'help' => __('How long users stay signed in. WordPress itself has 14 for “Remember Me”.', 'logto-sign-in'),
            'placeholder' => Defaults::TEXTS['session_days'],
        ]);
        $sections->add('revalidate_minutes', self::GROUP, [Field::class, 'text'], [
            'type' => 'number',
            'help' => __('How often Logto confirms that a signed-in user may stay, and with which roles. 0 turns the checks off. Applies to new sign-ins.', 'logto-sign-in'),
            'placeholder' => Defaults::TEXTS['revalidate_minutes'],
        ]);
        $sections->add('logout_application_passwords', self::GROUP, [Field::class, 'flag'], $flags['logout_application_passwords']);
    }

    /**
     * @return array{silent_sign_in: array{choice: string, help: string}, remember_session: array{choice: string, help: string}, logout_application_passwords: array{choice: string, help: string}}
     */
    private static function flags(): array
    {
        return [
            'silent_sign_in' => [
                'choice' => __('Sign visitors in without a click if they are still signed in to Logto', 'logto-sign-in'),
                'help' => __('Only in browsers where they signed in to this site before, and once per browser session. Works with page caches.', 'logto-sign-in'),
            ],
            'remember_session' => [
                'choice' => __('Keep users signed in after they close the browser', 'logto-sign-in'),
                'help' => __('For as many days as you enter under “Days of a session”.', 'logto-sign-in'),
            ],
            'logout_application_passwords' => [
                'choice' => __('Block application passwords after a logout at the provider', 'logto-sign-in'),
                'help' => __('They work again once the user signs in. Requires back-channel or front-channel logout.', 'logto-sign-in'),
            ],
        ];
    }
}
