<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

/**
 * The fields for other ways to log in, and for what a site shows to nobody in particular.
 */
final class AccessSettings
{
    public const GROUP = 'access';

    public static function add(SettingsSections $sections): void
    {
        foreach (self::flags() as $name => $field) {
            $sections->add($name, self::GROUP, [Field::class, 'flag'], $field);
        }

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
