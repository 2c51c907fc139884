<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * DingTalk refuses a request, or does not say who the visitor is.
 */
final class Dingtalk
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message(
                'dingtalk_client_rejected',
                __('DingTalk does not accept this site.', 'logto-sign-in'),
                __('In the DingTalk Open Platform, copy the Client ID and Client Secret again from Basic Information › Credentials.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_unreleased',
                __('DingTalk does not let this site sign you in yet.', 'logto-sign-in'),
                __('In the DingTalk Open Platform, release a version under Application Release › Version Management and Release.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_permission_missing',
                __('DingTalk does not let this site read your profile.', 'logto-sign-in'),
                __('In the DingTalk Open Platform, request Contact.User.Read under Permission Management. Then release a version under Application Release › Version Management and Release.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_server_not_allowed',
                __('DingTalk does not accept requests from this site’s server.', 'logto-sign-in'),
                __('In the DingTalk Open Platform, add this server’s outgoing IP address under Development Configuration › Security Settings › Server Egress IP. The error log has DingTalk’s request number.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_token_expired',
                __('The DingTalk sign-in took too long.', 'logto-sign-in'),
                __('No action needed: the visitor can try again. If it happens often, check whether this server can reach api.dingtalk.com quickly enough.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_user_unknown',
                __('DingTalk does not show your account to this site.', 'logto-sign-in'),
                __('In the DingTalk Open Platform, check under Application Release › Version Management and Release whether a version is released and visible to the visitor.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_organization',
                __('Members of your DingTalk organization cannot sign in here.', 'logto-sign-in'),
                __('The visitor chooses another organization, or you add theirs to the organizations in Logto › Settings.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_subject',
                __('DingTalk did not say who you are.', 'logto-sign-in'),
                __('See the cause in the error log. Often, Contact.User.Read is missing under Permission Management in the DingTalk Open Platform.', 'logto-sign-in'),
            ),
            new Message(
                'dingtalk_error',
                __('DingTalk refused to complete the sign-in.', 'logto-sign-in'),
                __('See the cause in the error log. Often, the redirect URL is missing under Development Configuration › Security Settings in the DingTalk Open Platform, or no version is released.', 'logto-sign-in'),
            ),
        ];
    }
}
