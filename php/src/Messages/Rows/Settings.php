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
            new Message('endpoint_missing', __('The endpoint is missing. You find it in the Logto Console, on the page of your application.', 'logto-sign-in')),
            new Message('endpoint_invalid', __('The endpoint is not a web address. It looks like https://your-tenant.logto.app.', 'logto-sign-in')),
            new Message('endpoint_not_https', __('The endpoint must begin with https://. Only a Logto on this same machine may do without.', 'logto-sign-in')),
            new Message('app_id_missing', __('The App ID is missing, or has characters that no App ID has.', 'logto-sign-in')),
            new Message('app_secret_missing', __('The App secret is missing, or has characters that no App secret has.', 'logto-sign-in')),
            new Message('secret_cleared', __('The saved secret was removed because it belongs to a different endpoint or client. Enter the new one.', 'logto-sign-in')),
            new Message('scope_invalid', __('The scopes have a character that is not allowed. Separate them by spaces.', 'logto-sign-in')),
            new Message('extra_params_invalid', __('The extra parameters cannot be read. Write one per line, as name=value.', 'logto-sign-in')),
            new Message('extra_params_reserved', __('The extra parameters name one that belongs to the protocol, such as state or scope. It was not saved.', 'logto-sign-in')),
            new Message('allow_email_domains_invalid', __('The e-mail domains cannot be read. Write one per line, as example.com.', 'logto-sign-in')),
            new Message('trusted_email_connectors_invalid', __('The trusted connectors cannot be read. Enter identity provider names, separated by spaces, such as google apple.', 'logto-sign-in')),
            new Message('list_invalid', __('The list cannot be read. Write one entry per line.', 'logto-sign-in')),
            new Message('choice_unknown', __('There is no such choice.', 'logto-sign-in')),
            new Message('role_map_invalid', __('The mapping of roles cannot be read. Every row needs a role of Logto and a role of WordPress.', 'logto-sign-in')),
            new Message('role_unknown', __('This site has no such role.', 'logto-sign-in')),
            new Message('grant_days_invalid', __('Enter a whole number of days, at most 3650. 0 means never.', 'logto-sign-in')),
            new Message('site_map_invalid', __('The mapping of organisations cannot be read. Write one per line, as organisation ID = site number.', 'logto-sign-in')),
            new Message('username_template_invalid', __('The template needs at least one of the placeholders that are listed below it, and no other.', 'logto-sign-in')),
            new Message('connectors_invalid', __('The connectors cannot be read. Write one per line, as social:dingtalk or sso:abc123 = Company account; at most twelve, with labels of at most 60 characters.', 'logto-sign-in')),
            new Message('username_strategy_unknown', __('This way to name new users is not known.', 'logto-sign-in')),
            new Message('dingtalk_client_id_missing', __('The Client ID of DingTalk is missing, or has characters that no Client ID has.', 'logto-sign-in')),
            new Message('dingtalk_client_secret_missing', __('The Client Secret of DingTalk is missing, or has characters that no Client Secret has.', 'logto-sign-in')),
            new Message('dingtalk_scope_unknown', __('DingTalk has no such scope.', 'logto-sign-in')),
            new Message('dingtalk_corp_ids_invalid', __('The organisations cannot be read. Write one corpId per line.', 'logto-sign-in')),
            new Message('dingtalk_app_corp_id_invalid', __('The organisation of the DingTalk app must be one corpId, and one of the organisations if any are listed.', 'logto-sign-in')),
            new Message('setting_managed_by_network', __('The network administrators manage this setting. It was not changed.', 'logto-sign-in')),
            new Message('links_tenant_unknown', __('The sites of this network have different endpoints in Logto’s own plugin, so nobody knows which tenant the links belong to. No link comes over; users link from their profiles.', 'logto-sign-in')),
            new Message('role_mapping_invalid', __('A row of the role mapping has no two roles, or one with a character that cannot be kept. Enter it by hand.', 'logto-sign-in')),
            new Message('setting_unknown', __('This plugin has no such setting; nothing takes its place.', 'logto-sign-in')),
        ];
    }
}
