//! A sign-in inside the DingTalk app: the page that asks the app for a code, then awaiting the
//! application's access token and the person whom the code stands for.
//!
//! The app knows no `state`. Ours goes into the page and comes back with the code in a form, which only this
//! browser can have sent: its cookie is `SameSite=Lax`.

use super::attempt::Attempt;
use super::spent::AwaitSpent;
use super::{Context, Journey, Step, Waiting};
use crate::error::{Refusal, Refused};
use crate::protocol::{Effect, Fetched, Outcome, SetCookie};
use crate::provider::dingtalk::app;
use crate::seal::{Opened, Purpose};
use crate::settings::Dingtalk;
use crate::token::Verified;
use serde::{Deserialize, Serialize};

/// Waits for the application's access token.
#[derive(Serialize, Deserialize)]
pub struct AwaitAppToken {
    code: String,
}

/// Waits for the person.
#[derive(Serialize, Deserialize)]
pub struct AwaitAppUser;

/// The page; `fallback` is where the browser's way starts.
pub fn page(
    fallback: String,
    cleared: Vec<SetCookie>,
    context: &Context<'_>,
    journey: &Journey,
) -> Result<Step, Refused> {
    let dingtalk = context.settings.dingtalk()?;
    let attempt = Attempt::new(&journey.redirect_to, Dingtalk::ISSUER, context);
    let mut cookies = cleared;
    cookies.push(attempt.keep(Purpose::SignInApp, &context.site.dingtalk_app_uri, context)?);
    Ok(Step::Done(Outcome::InApp {
        corp_id: dingtalk.in_app()?.to_owned(),
        client_id: dingtalk.client_id.clone(),
        state: attempt.state(),
        submit_to: context.site.dingtalk_app_uri.clone(),
        fallback,
        cookies,
    }))
}

/// Asks for the access token that redeems the code, if visitors may still sign in this way.
pub fn exchange(code: Option<String>, context: &Context<'_>) -> Result<Step, Refused> {
    let code = code.ok_or_else(|| Refused::new(Refusal::CodeMissing, "no code in the form"))?;
    let dingtalk = context.settings.dingtalk()?;
    dingtalk.in_app()?;
    let fetch = app::token_request(dingtalk);
    Ok(Step::Wait(Waiting::DingtalkAppToken(AwaitAppToken { code }), Effect::Fetch(fetch)))
}

/// Reads the access token and redeems the code.
pub fn token_answered(state: Opened<AwaitAppToken>, fetched: &Fetched, context: &Context<'_>) -> Result<Step, Refused> {
    let fetch = app::person_request(context.settings.dingtalk()?, &app::token(fetched)?, &state.into_inner().code)?;
    Ok(Step::Wait(Waiting::DingtalkAppUser(AwaitAppUser), Effect::Fetch(fetch)))
}

impl AwaitAppUser {
    /// Judges who it is and goes on as every sign-in does.
    pub fn answered(fetched: &Fetched, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
        AwaitSpent::ask(Verified::described_by_dingtalk(app::person(fetched)?), context, journey)
    }
}
