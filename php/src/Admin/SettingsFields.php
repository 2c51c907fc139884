<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\Defaults;

/**
 * The fields of the settings page: their groups, labels and help.
 */
final class SettingsFields
{
    /**
     * Groups in the order of the page.
     *
     * @return array<string, string>
     */
    public static function groups(): array
    {
        return [
            'connection' => __('Connection to Logto', 'logto-sign-in'),
            'buttons' => __('Sign-in buttons', 'logto-sign-in'),
            DingtalkSettings::GROUP => __('DingTalk without a tenant', 'logto-sign-in'),
            AccountSettings::GROUP => __('Accounts', 'logto-sign-in'),
            ProfileSettings::GROUP => __('Names and profiles', 'logto-sign-in'),
            RoleSettings::GROUP => __('Roles', 'logto-sign-in'),
            'sessions' => __('Signing in', 'logto-sign-in'),
            'advanced' => __('Advanced', 'logto-sign-in'),
        ];
    }

    /**
     * Fields with a text.
     *
     * @return array<string, array{group: string, type: string, help: string, placeholder: string}>
     */
    public static function texts(): array
    {
        return [
            'endpoint' => [
                'group' => 'connection',
                'type' => 'url',
                'help' => __('From the page of your application in the Logto Console. The issuer or the discovery address will do as well.', 'logto-sign-in'),
                'placeholder' => 'https://your-tenant.logto.app',
            ],
            'app_id' => [
                'group' => 'connection',
                'type' => 'text',
                'help' => __('From the same page. The application must be of the type “Traditional web”.', 'logto-sign-in'),
                'placeholder' => '',
            ],
            'app_secret' => [
                'group' => 'connection',
                'type' => 'text',
                'help' => __('From the same page. Once saved it is never shown again; leave the field empty to keep it.', 'logto-sign-in'),
                'placeholder' => '',
            ],
            'connectors' => [
                'group' => 'buttons',
                'type' => 'textarea',
                'help' => __('One per line; text after an equals sign becomes the label. In the Logto Console, the name after social: stands at the top of a connector’s page under Connectors › Social connectors, as identity provider name; the ID after sso: stands at the top of one under Enterprise SSO.', 'logto-sign-in'),
                'placeholder' => "social:dingtalk\nsso:abc123 = " . __('Company account', 'logto-sign-in'),
            ],
            'scope' => [
                'group' => 'advanced',
                'type' => 'text',
                'help' => __('Separated by spaces. Ask for no more than the site needs; “openid” is always asked for.', 'logto-sign-in'),
                'placeholder' => Defaults::TEXTS['scope'],
            ],
            'extra_params' => [
                'group' => 'advanced',
                'type' => 'textarea',
                'help' => __('For the authorization request: one per line, as name=value. Example: direct_sign_in=social:dingtalk leads straight to DingTalk.', 'logto-sign-in'),
                'placeholder' => '',
            ],
        ];
    }

    /**
     * Fields that are on or off.
     *
     * @return array<string, array{group: string, choice: string, help: string}>
     */
    public static function flags(): array
    {
        return [
            'form_buttons' => [
                'group' => 'buttons',
                'choice' => __('Show the buttons in the login forms of themes and plugins', 'logto-sign-in'),
                'help' => __('Applies to forms that use WordPress’s own function or hook. The login page always has the buttons.', 'logto-sign-in'),
            ],
            'woocommerce_buttons' => [
                'group' => 'buttons',
                'choice' => __('Show the buttons in WooCommerce’s login forms', 'logto-sign-in'),
                'help' => __('Applies to the account page and the checkout.', 'logto-sign-in'),
            ],
            'login_link' => [
                'group' => 'buttons',
                'choice' => __('Let the link of the block “Login/out” start a sign-in', 'logto-sign-in'),
                'help' => __('Otherwise the link opens the login page.', 'logto-sign-in'),
            ],
            'remember_session' => [
                'group' => 'sessions',
                'choice' => __('Visitors stay signed in when they close the browser', 'logto-sign-in'),
                'help' => __('As “Remember Me” of WordPress does: for two weeks.', 'logto-sign-in'),
            ],
            'always_userinfo' => [
                'group' => 'advanced',
                'choice' => __('Request the profile from Logto at every sign-in', 'logto-sign-in'),
                'help' => __('Otherwise the plugin requests it only if the ID token lacks something that these settings need. Turn this on if another provider’s ID tokens are out of date.', 'logto-sign-in'),
            ],
            'form_login' => [
                'group' => 'sessions',
                'choice' => __('Passwords of WordPress may still be used', 'logto-sign-in'),
                'help' => __('The form stands at wp-login.php?form=1. When off, passwords are refused everywhere, XML-RPC included; application passwords stay. Try Logto before you switch this off. The constant LOGTO_SIGN_IN_FORM_LOGIN in wp-config.php opens the form again.', 'logto-sign-in'),
            ],
        ];
    }
}
