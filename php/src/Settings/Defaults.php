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
        'form_buttons' => true,
        'woocommerce_buttons' => true,
        'login_link' => true,
        'remember_session' => true,
        'form_login' => true,
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

    /** The texts that are never shown or logged. */
    public const SECRETS = [
        'app_secret',
        'dingtalk_client_secret',
    ];

    /** What a site of a network chooses for itself. Everything else decides about users, who belong to the network. */
    public const OF_A_SITE = [
        'connectors',
        'form_buttons',
        'woocommerce_buttons',
        'login_link',
        'default_role',
        'role_map_mode',
        'role_map',
        'avatar',
        'activity_days',
        'activity_ip',
        'failure_mail',
    ];
}
