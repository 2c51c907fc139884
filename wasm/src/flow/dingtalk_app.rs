//! Finishes a sign-in inside the DingTalk app.
//!
//! The app knows no `state`. Ours goes into the page and comes back with the code in a form, which only this browser
//! can have sent: its cookie is `SameSite=Lax`. Codes of the app and of the browser are refused at each other's address.

use super::account;
use super::attempt::Attempt;
use super::response::AuthorizationResponse;
use crate::codes::Refused;
use crate::context::Context;
use crate::crypto::seal::Purpose;
use crate::protocol::{CallbackInput, Outcome};
use crate::provider::dingtalk::app;
use crate::settings::Dingtalk;
use crate::token::Verified;

/// The page inside the app posted its form.
pub async fn finish(callback: &CallbackInput, context: &Context) -> Result<Outcome, Refused> {
    let form = AuthorizationResponse::parse(&callback.query)?;
    let dingtalk = context.settings.dingtalk()?;
    let attempt = Attempt::of(&form, callback, Purpose::SignInApp, Dingtalk::ISSUER, context)?; // RFC 9700 §4.7.1
    form.refuse_errors(Dingtalk::ISSUER)?;
    let code = form.code()?;
    dingtalk.app_corp_id()?; // visitors may still sign in this way
    attempt.mark_used(context).await?; // before the code leaves
    let token = context.perform(app::token_request(dingtalk)).await?;
    let user = context.perform(app::user_request(dingtalk, &app::token(&token)?, &code)?).await?;
    let visitor = Verified::described_by_dingtalk(app::user(&user)?);
    account::finish(visitor, &attempt, callback, context).await
}
