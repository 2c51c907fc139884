<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * A setting that was submitted, or imported from the official Logto plugin, is not usable. The message tells the admin what to enter.
 */
final class Settings
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message('endpoint_missing', __('Enter the endpoint. You find it in the Logto Console, on your application’s page.', 'logto-sign-in')),
            new Message('endpoint_invalid', __('The endpoint is not a URL. It looks like https://your-tenant.logto.app.', 'logto-sign-in')),
            new Message('endpoint_not_https', __('The endpoint must begin with https://, unless Logto runs on the same machine as this site.', 'logto-sign-in')),
            new Message('app_id_missing', __('Enter a valid App ID.', 'logto-sign-in')),
            new Message('app_secret_missing', __('Enter a valid App secret.', 'logto-sign-in')),
            new Message('secret_cleared', __('The saved secret was removed because it belongs to a different endpoint or client. Enter the new one.', 'logto-sign-in')),
            new Message('scope_invalid', __('The scopes contain a character that is not allowed. Separate them with spaces.', 'logto-sign-in')),
            new Message('extra_params_invalid', __('The extra parameters are not valid. Enter one per line, as name=value.', 'logto-sign-in')),
            new Message('extra_params_reserved', __('The extra parameters contain one that the plugin sets itself, such as state or scope. They were not saved.', 'logto-sign-in')),
            new Message('allow_email_domains_invalid', __('The email domains are not valid. Enter one per line, such as example.com.', 'logto-sign-in')),
            new Message('trusted_email_connectors_invalid', __('The trusted connectors are not valid. Enter identity provider names separated by spaces, such as google apple.', 'logto-sign-in')),
            new Message('list_invalid', __('The list is not valid. Enter one item per line.', 'logto-sign-in')),
            new Message('public_paths_invalid', __('The public paths are not valid. Enter one per line, such as /about or /events/*.', 'logto-sign-in')),
            new Message('choice_unknown', __('Choose one of the options.', 'logto-sign-in')),
            new Message('role_map_invalid', __('The role mapping is not valid. Each row needs a Logto role and a WordPress role.', 'logto-sign-in')),
            new Message('role_unknown', __('This role does not exist on this site.', 'logto-sign-in')),
            new Message('grant_days_invalid', __('Enter a whole number of days, at most 3650. 0 means never.', 'logto-sign-in')),
            new Message('issuer_invalid', __('Enter the issuer exactly as the provider names it, such as https://id.example.com/realms/staff.', 'logto-sign-in')),
            new Message('organization_id_invalid', __('Enter one organization ID from the Logto Console.', 'logto-sign-in')),
            new Message('meta_map_invalid', __('The user meta are not valid. Enter one per line: claim = meta key. Use each meta key once.', 'logto-sign-in')),
            new Message('meta_key_protected', __('A sign-in must not write one of these meta keys, because it can grant access or has its own setting. Choose another key.', 'logto-sign-in')),
            new Message('session_days_invalid', __('Enter a whole number of days, from 1 to 365.', 'logto-sign-in')),
            new Message('revalidate_minutes_invalid', __('Enter a whole number of minutes, at most 10080. 0 turns the checks off.', 'logto-sign-in')),
            new Message('activity_days_invalid', __('Enter a whole number of days, at most 365. 0 turns recording off.', 'logto-sign-in')),
            new Message('api_resource_invalid', __('The API identifier must be a URI, as in the Logto Console, such as https://example.com/wp-json.', 'logto-sign-in')),
            new Message('api_scopes_invalid', __('The permissions are not valid. Enter one per line, such as read:posts = read, edit_posts.', 'logto-sign-in')),
            new Message('api_m2m_user_invalid', __('Enter the username of a WordPress user.', 'logto-sign-in')),
            new Message('site_map_invalid', __('The organization mapping is not valid. Enter one per line: organization ID = site ID.', 'logto-sign-in')),
            new Message('username_template_invalid', __('The template needs at least one of the placeholders listed below it, and no others.', 'logto-sign-in')),
            new Message('connectors_invalid', __('The connectors are not valid. Enter one per line, such as social:dingtalk or sso:abc123 = Company account; at most twelve, with labels of at most 60 characters.', 'logto-sign-in')),
            new Message('button_label_invalid', __('The button text can have at most 60 characters.', 'logto-sign-in')),
            new Message('landing_page_invalid', __('Enter a path on this site that begins with a slash, such as /account/.', 'logto-sign-in')),
            new Message('username_strategy_unknown', __('Choose one of the options for usernames.', 'logto-sign-in')),
            new Message('dingtalk_client_id_missing', __('Enter a valid DingTalk Client ID.', 'logto-sign-in')),
            new Message('dingtalk_client_secret_missing', __('Enter a valid DingTalk Client Secret.', 'logto-sign-in')),
            new Message('dingtalk_scope_unknown', __('Choose one of the DingTalk scopes.', 'logto-sign-in')),
            new Message('dingtalk_corp_ids_invalid', __('The organizations are not valid. Enter one corpId per line.', 'logto-sign-in')),
            new Message('dingtalk_app_corp_id_invalid', __('The organization of the DingTalk app must be one corpId. If you list organizations, it must be one of them.', 'logto-sign-in')),
            new Message('setting_managed_by_network', __('The network administrators manage this setting. It was not changed.', 'logto-sign-in')),
            new Message('password_login_needed', __('Password login stays on until you have signed in here with Logto or DingTalk yourself. Use “Test sign-in” under Logto › Set up.', 'logto-sign-in')),
            new Message('links_tenant_unknown', __('The sites of this network have different endpoints in the official Logto plugin, so the tenant of the connections is unknown. No connections are imported; users connect from their profiles.', 'logto-sign-in')),
            new Message('role_mapping_invalid', __('A row of the role mapping lacks a role or contains a character that is not allowed. Enter it manually.', 'logto-sign-in')),
            new Message('setting_unknown', __('This plugin does not have this setting, and nothing replaces it.', 'logto-sign-in')),
        ];
    }
}
