<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

/**
 * What PHP has to know of the settings, written from `wasm/src/settings/table.rs` by `wasm/tests/settings_table.rs`.
 */
final class Defaults
{
    /** Whether a flag is on until somebody chooses. */
    public const FLAGS = [
        'always_userinfo' => false,
        'frontchannel_logout' => false,
        'form_buttons' => true,
        'woocommerce_buttons' => true,
        'login_link' => true,
        'silent_sign_in' => false,
        'remember_session' => true,
        'logout_application_passwords' => false,
        'form_login' => true,
        'application_passwords' => true,
        'xmlrpc_login' => true,
        'private_site' => false,
        'require_verified_email' => false,
        'link_by_email' => false,
        'pending_approval' => false,
        'join_site' => true,
        'avatar' => false,
        'activity_ip' => false,
        'failure_mail' => true,
        'new_account_mail' => false,
    ];

    /** The texts that apply until somebody enters one. A text that is not here is empty. */
    public const TEXTS = [
        'scope' => 'openid profile email phone',
        'dingtalk_scope' => 'openid',
        'login_type' => 'redirect',
        'session_days' => '14',
        'revalidate_minutes' => '0',
        'provisioning' => 'on',
        'role_map_mode' => 'first',
        'grant_days' => '30',
        'username_strategy' => 'smart',
        'sync_display_name' => 'always',
        'sync_first_name' => 'always',
        'sync_last_name' => 'always',
        'sync_nickname' => 'always',
        'sync_email' => 'always',
        'sync_phone' => 'always',
        'sync_picture' => 'always',
        'sync_locale' => 'first',
        'sync_url' => 'first',
        'activity_days' => '30',
    ];

    /** Every setting, and its section of the settings page. */
    public const SECTIONS = [
        'endpoint' => 'connection',
        'app_id' => 'connection',
        // @mago-expect lint:no-literal-password - a section
        'app_secret' => 'connection',
        'scope' => 'advanced',
        'issuer' => 'advanced',
        'extra_params' => 'advanced',
        'always_userinfo' => 'advanced',
        'frontchannel_logout' => 'advanced',
        'button_label' => 'buttons',
        'connectors' => 'buttons',
        'form_buttons' => 'buttons',
        'woocommerce_buttons' => 'buttons',
        'login_link' => 'buttons',
        'dingtalk_client_id' => 'dingtalk',
        // @mago-expect lint:no-literal-password - a section
        'dingtalk_client_secret' => 'dingtalk',
        'dingtalk_scope' => 'dingtalk',
        'dingtalk_corp_ids' => 'dingtalk',
        'dingtalk_app_corp_id' => 'dingtalk',
        'login_type' => 'sessions',
        'landing_page' => 'sessions',
        'organization_id' => 'sessions',
        'silent_sign_in' => 'sessions',
        'remember_session' => 'sessions',
        'session_days' => 'sessions',
        'revalidate_minutes' => 'sessions',
        'logout_application_passwords' => 'sessions',
        'form_login' => 'access',
        'application_passwords' => 'access',
        'xmlrpc_login' => 'access',
        'private_site' => 'access',
        'public_paths' => 'access',
        'require_verified_email' => 'accounts',
        'trusted_email_connectors' => 'accounts',
        'required_organizations' => 'accounts',
        'link_by_email' => 'accounts',
        'pending_approval' => 'accounts',
        'provisioning' => 'accounts',
        'allow_email_domains' => 'accounts',
        'allow_organizations' => 'accounts',
        'allow_roles' => 'accounts',
        'site_map' => 'accounts',
        'join_site' => 'accounts',
        'default_role' => 'roles',
        'role_map_mode' => 'roles',
        'role_map' => 'roles',
        'grant_days' => 'roles',
        'username_strategy' => 'profiles',
        'username_template' => 'profiles',
        'sync_display_name' => 'profiles',
        'sync_first_name' => 'profiles',
        'sync_last_name' => 'profiles',
        'sync_nickname' => 'profiles',
        'sync_email' => 'profiles',
        'sync_phone' => 'profiles',
        'sync_picture' => 'profiles',
        'sync_locale' => 'profiles',
        'sync_url' => 'profiles',
        'meta_map' => 'profiles',
        'avatar' => 'profiles',
        'activity_days' => 'advanced',
        'activity_ip' => 'advanced',
        'failure_mail' => 'advanced',
        'new_account_mail' => 'accounts',
        'api_resource' => 'api',
        'api_scopes' => 'api',
        'api_m2m_user' => 'api',
    ];

    /** The texts that are never shown or logged. */
    public const SECRETS = [
        'app_secret', 'dingtalk_client_secret',
    ];

    /** What a site of a network chooses for itself. Everything else decides about users, who belong to the network. */
    public const OF_A_SITE = [
        'button_label', 'connectors', 'form_buttons', 'woocommerce_buttons', 'login_link', 'login_type', 'landing_page',
        'organization_id', 'silent_sign_in', 'private_site', 'public_paths', 'default_role', 'role_map_mode',
        'role_map', 'avatar', 'activity_days', 'activity_ip', 'failure_mail',
    ];
}
