<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

/**
 * What each setting is called, wherever it is named.
 */
final class Labels
{
    /**
     * The label of a setting; the name itself when there is no such setting.
     */
    public static function of(string $setting): string
    {
        return self::all()[$setting] ?? $setting;
    }

    /**
     * @return array<string, string>
     */
    private static function all(): array
    {
        return self::of_providers() + self::of_access() + self::of_users();
    }

    /**
     * @return array<string, string>
     */
    private static function of_providers(): array
    {
        return [
            'endpoint' => __('Logto endpoint', 'logto-sign-in'),
            'app_id' => __('App ID', 'logto-sign-in'),
            'app_secret' => __('App secret', 'logto-sign-in'),
            'scope' => __('Scopes', 'logto-sign-in'),
            'extra_params' => __('Extra parameters', 'logto-sign-in'),
            'frontchannel_logout' => __('Front-channel logout', 'logto-sign-in'),
            'issuer' => __('Issuer', 'logto-sign-in'),
            'always_userinfo' => __('Profile request', 'logto-sign-in'),
            'button_label' => __('Button text', 'logto-sign-in'),
            'connectors' => __('Connectors', 'logto-sign-in'),
            'form_buttons' => __('Login forms', 'logto-sign-in'),
            'woocommerce_buttons' => __('WooCommerce', 'logto-sign-in'),
            'login_link' => __('Login link', 'logto-sign-in'),
            'dingtalk_client_id' => __('Client ID', 'logto-sign-in'),
            'dingtalk_client_secret' => __('Client Secret', 'logto-sign-in'),
            'dingtalk_scope' => __('Scope', 'logto-sign-in'),
            'dingtalk_corp_ids' => __('Organizations', 'logto-sign-in'),
            'dingtalk_app_corp_id' => __('Organization of the DingTalk app', 'logto-sign-in'),
        ];
    }

    /**
     * @return array<string, string>
     */
    private static function of_access(): array
    {
        return [
            'login_type' => __('Login page', 'logto-sign-in'),
            'landing_page' => __('Page after sign-in', 'logto-sign-in'),
            'organization_id' => __('Organization', 'logto-sign-in'),
            'silent_sign_in' => __('Silent sign-in', 'logto-sign-in'),
            'remember_session' => __('Session', 'logto-sign-in'),
            'session_days' => __('Days of a session', 'logto-sign-in'),
            'revalidate_minutes' => __('Minutes between checks', 'logto-sign-in'),
            'logout_application_passwords' => __('Logout at the provider', 'logto-sign-in'),
            'form_login' => __('Password login', 'logto-sign-in'),
            'application_passwords' => __('Application passwords', 'logto-sign-in'),
            'xmlrpc_login' => __('XML-RPC', 'logto-sign-in'),
            'private_site' => __('Private site', 'logto-sign-in'),
            'public_paths' => __('Public paths', 'logto-sign-in'),
            'require_verified_email' => __('Require verified email', 'logto-sign-in'),
            'trusted_email_connectors' => __('Trusted connectors', 'logto-sign-in'),
            'required_organizations' => __('Required organizations', 'logto-sign-in'),
            'link_by_email' => __('Email matching', 'logto-sign-in'),
            'pending_approval' => __('Approval', 'logto-sign-in'),
            'provisioning' => __('New accounts', 'logto-sign-in'),
            'allow_email_domains' => __('Email domains', 'logto-sign-in'),
            'allow_organizations' => __('Organizations', 'logto-sign-in'),
            'allow_roles' => __('Logto roles', 'logto-sign-in'),
            'api_resource' => __('API identifier', 'logto-sign-in'),
            'api_scopes' => __('Permissions', 'logto-sign-in'),
            'api_m2m_user' => __('User for machine-to-machine apps', 'logto-sign-in'),
            'site_map' => __('Organizations and sites', 'logto-sign-in'),
            'join_site' => __('Joining sites', 'logto-sign-in'),
            'delete' => __('When the plugin is deleted', 'logto-sign-in'),
        ];
    }

    /**
     * @return array<string, string>
     */
    private static function of_users(): array
    {
        return [
            'username_strategy' => __('Usernames', 'logto-sign-in'),
            'username_template' => __('Template', 'logto-sign-in'),
            'sync' => __('Profile fields', 'logto-sign-in'),
            'meta_map' => __('User meta', 'logto-sign-in'),
            'avatar' => __('Avatar', 'logto-sign-in'),
            'sync_display_name' => __('Display name', 'logto-sign-in'),
            'sync_first_name' => __('First name', 'logto-sign-in'),
            'sync_last_name' => __('Last name', 'logto-sign-in'),
            'sync_nickname' => __('Nickname', 'logto-sign-in'),
            'sync_email' => __('Email address', 'logto-sign-in'),
            'sync_phone' => __('Phone number', 'logto-sign-in'),
            'sync_picture' => __('Picture', 'logto-sign-in'),
            'sync_locale' => __('Language', 'logto-sign-in'),
            'sync_url' => __('Website', 'logto-sign-in'),
            'default_role' => __('Role for new users', 'logto-sign-in'),
            'role_map' => __('Mapping', 'logto-sign-in'),
            'role_map_mode' => __('Multiple matches', 'logto-sign-in'),
            'grant_days' => __('Days without a sign-in', 'logto-sign-in'),
            'activity_days' => __('Activity', 'logto-sign-in'),
            'activity_ip' => __('IP addresses', 'logto-sign-in'),
            'failure_mail' => __('Failed sign-ins', 'logto-sign-in'),
            'new_account_mail' => __('Email about new accounts', 'logto-sign-in'),
        ];
    }
}
