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
        foreach (self::flags() as $name => $field) {
            $sections->add($name, self::GROUP, [Field::class, 'flag'], $field);
        }

        $sections->add('session_days', self::GROUP, [Field::class, 'text'], [
            'type' => 'text',
            'help' => __('How long users stay signed in. WordPress itself has 14 for “Remember Me”.', 'logto-sign-in'),
            'placeholder' => Defaults::TEXTS['session_days'],
        ]);
        $sections->add('revalidate_minutes', self::GROUP, [Field::class, 'text'], [
            'type' => 'text',
            'help' => __('How often Logto confirms that a signed-in user may stay, and with which roles. 0 turns the checks off. Applies to new sign-ins.', 'logto-sign-in'),
            'placeholder' => Defaults::TEXTS['revalidate_minutes'],
        ]);
        $sections->add('public_paths', self::GROUP, [Field::class, 'text'], [
            'type' => 'textarea',
            'help' => __('What everyone can open on a private site. Enter one path per line, such as /about, or /events/* for everything below it. Requires permalinks. Paths of the REST API begin with /wp-json/.', 'logto-sign-in'),
            'placeholder' => '',
        ]);
    }

    /**
     * @return array<string, array{choice: string, help: string}>
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
            'form_login' => [
                'choice' => __('Allow login with a WordPress password', 'logto-sign-in'),
                'help' => __('The login form is at wp-login.php?form=1. When off, passwords are refused everywhere, including XML-RPC; application passwords have their own setting. Sign in with Logto before you turn this off. The constant LOGTO_SIGN_IN_FORM_LOGIN in wp-config.php turns the form on again.', 'logto-sign-in'),
            ],
            'application_passwords' => [
                'choice' => __('Allow application passwords', 'logto-sign-in'),
                'help' => __('Programs use them for the REST API and XML-RPC. Users create them on their profile page.', 'logto-sign-in'),
            ],
            'xmlrpc_login' => [
                'choice' => __('Allow login over XML-RPC', 'logto-sign-in'),
                'help' => __('Old apps and Jetpack use it. Most sites can turn it off.', 'logto-sign-in'),
            ],
            'private_site' => [
                'choice' => __('Show the site only to its users', 'logto-sign-in'),
                'help' => __('Everyone else sees the login page instead of pages, feeds, and the REST API. Uploaded files stay available to anyone who knows their address.', 'logto-sign-in'),
            ],
        ];
    }
}
