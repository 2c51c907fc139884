//! Finishes a sign-in at DingTalk itself.
//!
//! DingTalk has no ID token and no `redirect_uri` in the token request: the one-time state that is bound to the browser is
//! the only defense against a forged or injected code, and a redirect URI of its own the only one against mix-up.

use super::account;
use super::attempt::Attempt;
use super::response::AuthorizationResponse;
use crate::codes::Refused;
use crate::context::Context;
use crate::crypto::seal::Purpose;
use crate::protocol::{CallbackInput, Outcome};
use crate::provider::dingtalk::{profile, token};
use crate::settings::Dingtalk;
use crate::token::Verified;

/// The visitor came back to DingTalk's redirect URI.
pub async fn finish(callback: &CallbackInput, context: &Context) -> Result<Outcome, Refused> {
    let response = AuthorizationResponse::parse(&callback.query)?;
    let dingtalk = context.settings.dingtalk()?;
    let attempt = Attempt::of(&response, callback, Purpose::SignIn, Dingtalk::ISSUER, context)?; // RFC 9700 §4.7.1
    response.refuse_errors(Dingtalk::ISSUER)?;
    let code = response.dingtalk_code()?;
    attempt.mark_used(context).await?; // before the code leaves
    let token = context.perform(token::request(dingtalk, &code)).await?;
    let access_token = token::process(&token, dingtalk)?; // of a listed organization, where some are listed
    let profile = context.perform(profile::request(dingtalk, &access_token)).await?;
    let visitor = Verified::described_by_dingtalk(profile::process(&profile)?);
    account::finish(visitor, &attempt, callback, context).await
}
