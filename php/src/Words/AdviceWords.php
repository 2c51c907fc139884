<?php

declare(strict_types=1);

namespace LogtoSignIn\Words;

/**
 * What the admin does about it: one sentence for each code of a refusal.
 */
final class AdviceWords
{
    /**
     * @return array<string, string>
     */
    public static function all(): array
    {
        return [
            'not_configured' => __('Fill in the endpoint, the App ID and the App secret in Logto › Settings, or the Client ID and the Client Secret of DingTalk.', 'logto-sign-in'),
            'protocol_error' => __('Install the plugin again: its parts have different versions.', 'logto-sign-in'),
            'resume_invalid' => __('If it happens again, install the plugin again and look at the clock of the server.', 'logto-sign-in'),
            'provider_timeout' => __('See whether this server can reach the endpoint quickly enough.', 'logto-sign-in'),
            'provider_unreachable' => __('Check DNS, firewall and proxy of this server.', 'logto-sign-in'),
            'provider_tls' => __('Renew the certificate of the endpoint, or the list of certificate authorities on this server.', 'logto-sign-in'),
            'provider_error' => __('See the status of your Logto tenant.', 'logto-sign-in'),
            'provider_answer' => __('Check the endpoint in Logto › Settings: it must be the address of your Logto tenant.', 'logto-sign-in'),
            'provider_too_large' => __('Check the endpoint in Logto › Settings: it must be the address of your Logto tenant.', 'logto-sign-in'),
            'issuer_mismatch' => __('Correct the endpoint in Logto › Settings. With a custom domain, use the same domain here and in Logto.', 'logto-sign-in'),
            'metadata_unusable' => __('Check the endpoint in Logto › Settings: PKCE with S256 and https are needed.', 'logto-sign-in'),
            'keys_unusable' => __('See the signing keys of your tenant in the Logto Console.', 'logto-sign-in'),
            'state_missing' => __('Nothing: the visitor starts again. If it happens often, see whether a security plugin or proxy removes parameters.', 'logto-sign-in'),
            'state_unknown' => __('Nothing: the visitor starts again. If it happens to everybody, see whether a cache or proxy removes cookies that begin with “wordpress_”.', 'logto-sign-in'),
            'state_expired' => __('Nothing: the visitor starts again.', 'logto-sign-in'),
            'state_used' => __('Nothing: the visitor starts again. Somebody used the back button, or opened an address for the second time.', 'logto-sign-in'),
            'parameter_repeated' => __('Nothing: the visitor starts again. If it happens often, look for a proxy that changes addresses.', 'logto-sign-in'),
            'code_missing' => __('Nothing: the visitor starts again. If it happens often, see whether a security plugin removes parameters.', 'logto-sign-in'),
            'response_issuer' => __('See whether the endpoint is right. If it is, somebody may have tried to mix up two sign-in services.', 'logto-sign-in'),
            'access_denied' => __('Nothing: the visitor cancelled, or Logto did not admit them.', 'logto-sign-in'),
            'interaction_required' => __('Remove “prompt=none” from the extra parameters in Logto › Settings.', 'logto-sign-in'),
            'authorization_error' => __('See the cause in the error log. Often the redirect URI or a scope is not allowed for this application in the Logto Console.', 'logto-sign-in'),
            'client_rejected' => __('Copy the App ID and the App secret from the Logto Console again.', 'logto-sign-in'),
            'code_rejected' => __('Nothing: the visitor starts again. If it happens to everybody, compare the redirect URI with the Logto Console.', 'logto-sign-in'),
            'token_error' => __('See the cause in the error log.', 'logto-sign-in'),
            'id_token_missing' => __('The application in the Logto Console must be of the type “Traditional web”.', 'logto-sign-in'),
            'token_malformed' => __('See the cause in the error log, and check the endpoint.', 'logto-sign-in'),
            'token_algorithm' => __('See the signing keys in the Logto Console. “Check connection” in Logto › Settings shows which algorithms they have.', 'logto-sign-in'),
            'token_key_unknown' => __('See the signing keys in the Logto Console. After a change of keys, one more try is enough.', 'logto-sign-in'),
            'token_signature' => __('If it happens again, somebody may have tampered with the connection to the endpoint.', 'logto-sign-in'),
            'token_issuer' => __('Correct the endpoint in Logto › Settings.', 'logto-sign-in'),
            'token_audience' => __('Correct the App ID in Logto › Settings.', 'logto-sign-in'),
            'token_authorized_party' => __('Correct the App ID in Logto › Settings.', 'logto-sign-in'),
            'token_expired' => __('Check the clock of this server.', 'logto-sign-in'),
            'token_not_yet_valid' => __('Check the clock of this server.', 'logto-sign-in'),
            'token_nonce' => __('If it happens again, see the cause in the error log.', 'logto-sign-in'),
            'token_access_token_hash' => __('If it happens again, see the cause in the error log.', 'logto-sign-in'),
            'token_subject' => __('See the cause in the error log, and check the endpoint.', 'logto-sign-in'),
            'userinfo_subject' => __('If it happens again, see the cause in the error log.', 'logto-sign-in'),
            'userinfo_error' => __('See whether the user is suspended in the Logto Console, and the cause in the error log.', 'logto-sign-in'),
            'dingtalk_client_rejected' => __('In the DingTalk Open Platform, copy the Client ID and the Client Secret again from Basic Information › Credentials.', 'logto-sign-in'),
            'dingtalk_permission_missing' => __('In the DingTalk Open Platform, ask for Contact.User.Read under Permission Management. Then release a version under Application Release › Version Management and Release.', 'logto-sign-in'),
            'dingtalk_token_expired' => __('Nothing: the visitor starts again. If it happens often, see whether this server can reach api.dingtalk.com quickly enough.', 'logto-sign-in'),
            'dingtalk_user_unknown' => __('In the DingTalk Open Platform, see under Application Release › Version Management and Release whether a version is released and visible to the visitor.', 'logto-sign-in'),
            'dingtalk_organization' => __('The visitor chooses another organisation, or you add theirs to the organisations in Logto › Settings.', 'logto-sign-in'),
            'dingtalk_subject' => __('See the cause in the error log. Often Contact.User.Read is missing under Permission Management in the DingTalk Open Platform.', 'logto-sign-in'),
            'dingtalk_error' => __('See the cause in the error log. Often the redirect URL is missing under Development Configuration › Security Settings in the DingTalk Open Platform, or no version is released.', 'logto-sign-in'),
            'email_unverified' => __('The visitor adds an e-mail address to the Logto account, or you switch off “Verified e-mail required” in Logto › Settings.', 'logto-sign-in'),
            'organization_required' => __('Add the visitor to one of the required organisations in the Logto Console, or change “Required organisations” in Logto › Settings.', 'logto-sign-in'),
            'not_provisioned' => __('Create the account yourself and let the visitor link it, or change “New accounts” in Logto › Settings.', 'logto-sign-in'),
            'account_pending' => __('Approve the account under Users › Pending approval, or delete the user.', 'logto-sign-in'),
            'not_a_member' => __('Add the user to this site, or change the mapping of organisations or “Joining sites” in Logto › Settings.', 'logto-sign-in'),
            'email_privileged' => __('The user signs in with the password and adds the way to sign in on the profile page.', 'logto-sign-in'),
            'email_taken' => __('The visitor signs in as before. Accounts are never taken over by e-mail address, since addresses change hands.', 'logto-sign-in'),
            'identity_taken' => __('The visitor signs in with that account and removes it there first, under “Ways to sign in” of the profile.', 'logto-sign-in'),
            'link_user_changed' => __('Nothing: the visitor signs in and begins again on the profile page.', 'logto-sign-in'),
            'user_not_created' => __('See the cause in the error log.', 'logto-sign-in'),
            'core_unavailable' => __('Run “logto-sign-in doctor” on this server: it says what stands in the way.', 'logto-sign-in'),
            'core_trapped' => __('See the cause in the error log. If it happens again, install the plugin again.', 'logto-sign-in'),
            'core_out_of_fuel' => __('See the cause in the error log. If it happens again, install the plugin again.', 'logto-sign-in'),
            'core_out_of_memory' => __('See the cause in the error log. If it happens again, install the plugin again.', 'logto-sign-in'),
            'request_too_large' => __('Nothing: the visitor starts again. If it happens often, look for a plugin that sets very large cookies.', 'logto-sign-in'),
            'carrier_unavailable' => __('See Tools › Site Health: it says what stands in the way on this server.', 'logto-sign-in'),
            'carrier_failed' => __('See Tools › Site Health and the cause in the error log.', 'logto-sign-in'),
            'sign_in_refused' => __('Another plugin of this site, or WordPress itself, refused. See the cause in the error log.', 'logto-sign-in'),
            'session_lost' => __('Check COOKIE_DOMAIN in wp-config.php, and whether the site address has the same domain and scheme as the WordPress address.', 'logto-sign-in'),
        ];
    }
}
