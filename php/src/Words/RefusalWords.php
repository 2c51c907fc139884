<?php

declare(strict_types=1);

namespace LogtoSignIn\Words;

/**
 * What happened, for the visitor: one sentence for each code of a refusal.
 */
final class RefusalWords
{
    /**
     * @return array<string, string>
     */
    public static function all(): array
    {
        return [
            'not_configured' => __('Signing in with Logto is not set up on this site yet.', 'logto-sign-in'),
            'protocol_error' => __('The parts of the sign-in plugin do not fit together.', 'logto-sign-in'),
            'resume_invalid' => __('The sign-in was interrupted.', 'logto-sign-in'),
            'provider_timeout' => __('The sign-in service did not answer in time.', 'logto-sign-in'),
            'provider_unreachable' => __('The sign-in service cannot be reached.', 'logto-sign-in'),
            'provider_tls' => __('A secure connection to the sign-in service was not possible.', 'logto-sign-in'),
            'provider_error' => __('The sign-in service has an internal problem.', 'logto-sign-in'),
            'provider_answer' => __('The sign-in service gave an answer that makes no sense.', 'logto-sign-in'),
            'provider_too_large' => __('The answer of the sign-in service is too long.', 'logto-sign-in'),
            'issuer_mismatch' => __('The sign-in service calls itself by another name than expected.', 'logto-sign-in'),
            'metadata_unusable' => __('The sign-in service does not offer what a secure sign-in needs.', 'logto-sign-in'),
            'keys_unusable' => __('The sign-in service has no usable signing key.', 'logto-sign-in'),
            'state_missing' => __('The way back from the sign-in service was incomplete.', 'logto-sign-in'),
            'state_unknown' => __('This sign-in was not started in this browser, or its cookie is gone.', 'logto-sign-in'),
            'state_expired' => __('The sign-in took longer than ten minutes.', 'logto-sign-in'),
            'state_used' => __('This sign-in has been used already.', 'logto-sign-in'),
            'parameter_repeated' => __('The way back from the sign-in service was not in order.', 'logto-sign-in'),
            'code_missing' => __('The sign-in service sent neither a code nor a reason.', 'logto-sign-in'),
            'response_issuer' => __('The answer came from another sign-in service.', 'logto-sign-in'),
            'access_denied' => __('The sign-in was cancelled.', 'logto-sign-in'),
            'interaction_required' => __('The sign-in service needs more steps from you.', 'logto-sign-in'),
            'authorization_error' => __('The sign-in service refused to start the sign-in.', 'logto-sign-in'),
            'client_rejected' => __('The sign-in service does not accept this site.', 'logto-sign-in'),
            'code_rejected' => __('The sign-in service did not accept the code: it was used or too old.', 'logto-sign-in'),
            'token_error' => __('The sign-in service refused to complete the sign-in.', 'logto-sign-in'),
            'id_token_missing' => __('The sign-in service did not say who you are.', 'logto-sign-in'),
            'token_malformed' => __('What the sign-in service said about you cannot be read.', 'logto-sign-in'),
            'token_algorithm' => __('The sign-in service signs in a way that is not accepted.', 'logto-sign-in'),
            'token_key_unknown' => __('The signature of the sign-in service is not known.', 'logto-sign-in'),
            'token_signature' => __('The signature of the sign-in service is wrong.', 'logto-sign-in'),
            'token_issuer' => __('The proof of identity comes from another sign-in service.', 'logto-sign-in'),
            'token_audience' => __('The proof of identity is meant for another application.', 'logto-sign-in'),
            'token_authorized_party' => __('The proof of identity was made for another application.', 'logto-sign-in'),
            'token_expired' => __('The proof of identity is too old.', 'logto-sign-in'),
            'token_not_yet_valid' => __('The proof of identity is not valid yet.', 'logto-sign-in'),
            'token_nonce' => __('The proof of identity belongs to another sign-in.', 'logto-sign-in'),
            'token_access_token_hash' => __('The parts of the proof of identity do not belong together.', 'logto-sign-in'),
            'token_subject' => __('The proof of identity does not say whose it is.', 'logto-sign-in'),
            'userinfo_subject' => __('The sign-in service sent the profile of somebody else.', 'logto-sign-in'),
            'userinfo_error' => __('The sign-in service did not tell your profile.', 'logto-sign-in'),
            'dingtalk_client_rejected' => __('DingTalk does not accept this site.', 'logto-sign-in'),
            'dingtalk_permission_missing' => __('DingTalk does not let this site read your profile.', 'logto-sign-in'),
            'dingtalk_token_expired' => __('The sign-in at DingTalk took too long.', 'logto-sign-in'),
            'dingtalk_user_unknown' => __('DingTalk does not show your account to this site.', 'logto-sign-in'),
            'dingtalk_organization' => __('Your organisation at DingTalk may not sign in here.', 'logto-sign-in'),
            'dingtalk_subject' => __('DingTalk did not say who you are.', 'logto-sign-in'),
            'dingtalk_error' => __('DingTalk refused to complete the sign-in.', 'logto-sign-in'),
            'email_unverified' => __('This site asks for a verified e-mail address, and your account has none. Add one to your account at the sign-in service, then try again.', 'logto-sign-in'),
            'organization_required' => __('This site admits members of certain organisations only, and your account belongs to none of them.', 'logto-sign-in'),
            'not_provisioned' => __('There is no account for you on this site.', 'logto-sign-in'),
            'account_pending' => __('Your account waits for the approval of an administrator. You can sign in once it is approved.', 'logto-sign-in'),
            'not_a_member' => __('Your account is no member of this site.', 'logto-sign-in'),
            'email_privileged' => __('The account with your e-mail address manages this site and has to be linked by hand.', 'logto-sign-in'),
            'email_taken' => __('Another account of this site has your e-mail address already.', 'logto-sign-in'),
            'identity_taken' => __('This way to sign in belongs to another account of this site.', 'logto-sign-in'),
            'link_user_changed' => __('Another account is signed in here than when you began to add a way to sign in.', 'logto-sign-in'),
            'user_not_created' => __('Your account on this site could not be created.', 'logto-sign-in'),
            'core_unavailable' => __('The sign-in plugin could not be started on this server.', 'logto-sign-in'),
            'core_trapped' => __('The sign-in plugin had an internal error.', 'logto-sign-in'),
            'core_out_of_fuel' => __('The sign-in plugin had too much to compute.', 'logto-sign-in'),
            'core_out_of_memory' => __('The sign-in plugin had too little memory.', 'logto-sign-in'),
            'request_too_large' => __('The request is too large.', 'logto-sign-in'),
            'carrier_unavailable' => __('Signing in with Logto does not work on this server at the moment.', 'logto-sign-in'),
            'carrier_failed' => __('The sign-in plugin did not answer.', 'logto-sign-in'),
            'sign_in_refused' => __('This site did not admit your account.', 'logto-sign-in'),
            'session_lost' => __('You were signed in, but your browser did not keep the cookie of this site.', 'logto-sign-in'),
        ];
    }
}
