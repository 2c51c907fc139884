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
            DingtalkSettings::GROUP => __('Direct DingTalk sign-in', 'logto-sign-in'),
            AccountSettings::GROUP => __('Accounts', 'logto-sign-in'),
            ProfileSettings::GROUP => __('Names and profiles', 'logto-sign-in'),
            RoleSettings::GROUP => __('Roles', 'logto-sign-in'),
            LoginSettings::GROUP => __('Signing in', 'logto-sign-in'),
            AccessSettings::GROUP => __('Access', 'logto-sign-in'),
            ApiSettings::GROUP => __('REST API', 'logto-sign-in'),
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
                'help' => __('Found on your application’s page in the Logto Console. Issuer or discovery URLs also work.', 'logto-sign-in'),
                'placeholder' => 'https://your-tenant.logto.app',
            ],
            'app_id' => [
                'group' => 'connection',
                'type' => 'text',
                'help' => __('From the same page. The application type must be “Traditional web”.', 'logto-sign-in'),
                'placeholder' => '',
            ],
            'app_secret' => [
                'group' => 'connection',
                'type' => 'text',
                'help' => __('Never shown again after saving. Leave empty to keep it.', 'logto-sign-in'),
                'placeholder' => '',
            ],
            'button_label' => [
                'group' => 'buttons',
                'type' => 'text',
                'help' => __('The text of the first button. Leave empty to use the default.', 'logto-sign-in'),
                'placeholder' => __('Continue with Logto', 'logto-sign-in'),
            ],
            'connectors' => [
                'group' => 'buttons',
                'type' => 'textarea',
                'help' => __('One per line; text after an equals sign becomes the label. In the Logto Console, the name after social: is the identity provider name at the top of a connector’s page under Connectors › Social connectors; the ID after sso: is at the top of a connector’s page under Enterprise SSO.', 'logto-sign-in'),
                'placeholder' => "social:dingtalk\nsso:abc123 = " . __('Company account', 'logto-sign-in'),
            ],
            'scope' => [
                'group' => 'advanced',
                'type' => 'text',
                'help' => __('Separate with spaces. Request only what you need; openid is always added.', 'logto-sign-in'),
                'placeholder' => Defaults::TEXTS['scope'],
            ],
            'issuer' => [
                'group' => 'advanced',
                'type' => 'text',
                'help' => __('Only for an OpenID provider other than Logto: its issuer, exactly as the provider names it. It replaces the endpoint.', 'logto-sign-in'),
                'placeholder' => 'https://id.example.com/realms/staff',
            ],
            'extra_params' => [
                'group' => 'advanced',
                'type' => 'textarea',
                'help' => __('Sent with the authorization request. One per line, as name=value. For example, direct_sign_in=social:dingtalk leads straight to DingTalk.', 'logto-sign-in'),
                'placeholder' => '',
            ],
            'activity_days' => [
                'group' => 'advanced',
                'type' => 'number',
                'help' => __('Days for which Logto › Activity keeps what happened. 0 turns recording off.', 'logto-sign-in'),
                'placeholder' => Defaults::TEXTS['activity_days'],
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
                'help' => __('When off, the link opens the login page.', 'logto-sign-in'),
            ],
            'always_userinfo' => [
                'group' => 'advanced',
                'choice' => __('Request the profile from Logto at every sign-in', 'logto-sign-in'),
                'help' => __('When off, the plugin requests it only if the ID token lacks data that these settings need. Turn this on if another provider’s ID tokens are out of date.', 'logto-sign-in'),
            ],
            'frontchannel_logout' => [
                'group' => 'advanced',
                'choice' => __('Let the provider’s sign-out page end sessions here', 'logto-sign-in'),
                'help' => __('For providers that have front-channel logout but no back-channel logout. Logto does not need it. The address appears on the Connection tab.', 'logto-sign-in'),
            ],
            'activity_ip' => [
                'group' => 'advanced',
                'choice' => __('Record IP addresses in Logto › Activity', 'logto-sign-in'),
                'help' => __('An IP address is personal data. Mention it in your privacy policy.', 'logto-sign-in'),
            ],
            'failure_mail' => [
                'group' => 'advanced',
                'choice' => __('Email the administrator while sign-ins fail in a row', 'logto-sign-in'),
                'help' => __('At most once a day, and only if the server, the settings, or the provider is the cause.', 'logto-sign-in'),
            ],
        ];
    }
}
