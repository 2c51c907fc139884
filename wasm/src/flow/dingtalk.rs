//! A sign-in at DingTalk itself: awaiting the exchange of the code, then the profile.

use super::attempt::Attempt;
use super::spent::AwaitSpent;
use super::{Context, Journey, Step, Waiting};
use crate::error::{Refusal, Refused};
use crate::protocol::{Effect, Fetched, Outcome, SetCookie};
use crate::provider::dingtalk::{authorization, profile, token};
use crate::seal::Purpose;
use crate::settings::Dingtalk;
use crate::token::Verified;
use serde::{Deserialize, Serialize};

/// Waits for the access token.
#[derive(Serialize, Deserialize)]
pub struct AwaitAccessToken;

/// Waits for the profile.
#[derive(Serialize, Deserialize)]
pub struct AwaitProfile;

/// The redirect to DingTalk.
pub fn go(cleared: Vec<SetCookie>, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
    let dingtalk = context.settings.dingtalk()?;
    let attempt = Attempt::new(&journey.redirect_to, Dingtalk::ISSUER, context).linking(journey.link_to);
    let url = authorization::url(dingtalk, context.site, &attempt.state())?;
    let mut cookies = cleared;
    cookies.push(attempt.keep(Purpose::SignIn, &context.site.dingtalk_redirect_uri, context)?);
    Ok(Step::Done(Outcome::Redirect { url, external: true, cookies }))
}

/// The code of the response: DingTalk calls it `authCode`, at times `code`, at times both.
pub fn code(auth_code: Option<String>, code: Option<String>) -> Result<String, Refused> {
    match (auth_code, code) {
        (Some(one), Some(other)) if one != other => {
            Err(Refused::new(Refusal::ParameterRepeated, "authCode and code differ in the callback"))
        }
        (Some(code), _) | (None, Some(code)) => Ok(code),
        (None, None) => Err(Refused::new(Refusal::CodeMissing, "neither authCode nor error in the callback")),
    }
}

/// Exchanges the code.
pub fn exchange(code: &str, context: &Context<'_>) -> Result<Step, Refused> {
    let fetch = token::request(context.settings.dingtalk()?, code);
    Ok(Step::Wait(Waiting::DingtalkToken(AwaitAccessToken), Effect::Fetch(fetch)))
}

impl AwaitAccessToken {
    /// Reads the token and asks for the profile.
    pub fn answered(fetched: &Fetched, context: &Context<'_>) -> Result<Step, Refused> {
        let dingtalk = context.settings.dingtalk()?;
        let access_token = token::process(fetched, dingtalk)?;
        let effect = Effect::Fetch(profile::request(dingtalk, &access_token));
        Ok(Step::Wait(Waiting::DingtalkProfile(AwaitProfile), effect))
    }
}

impl AwaitProfile {
    /// Judges the profile and goes on as every sign-in does.
    pub fn answered(fetched: &Fetched, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
        AwaitSpent::ask(Verified::described_by_dingtalk(profile::process(fetched)?), context, journey)
    }
}
