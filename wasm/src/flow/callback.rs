//! The authorization response (RFC 6749 §4.1.2): whose it is, and what it says.

use super::attempt::Attempt;
use super::metadata::{self, Then};
use super::tokens::AwaitTokens;
use super::{Context, Journey, Step, Waiting, dingtalk, dingtalk_app};
use crate::error::{Refusal, Refused};
use crate::protocol::{CallbackInput, Connector, Effect};
use crate::provider::answer::excerpt;
use crate::provider::discovery::Metadata;
use crate::provider::token;
use crate::seal::Purpose;
use crate::settings::Dingtalk;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

/// Longest query string that is read, in bytes.
const LONGEST_QUERY: usize = 16 * 1024;

/// A response that belongs to an attempt of this browser.
#[derive(Serialize, Deserialize)]
pub struct Response {
    code: String,
    issuer: Option<String>,
}

/// Receives the visitor. From the moment that the cookie is opened the attempt is over, whatever follows.
pub fn receive(input: &CallbackInput, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
    let params = Params::parse(&input.query)?;
    let state = params.one("state")?.ok_or_else(|| Refused::new(Refusal::StateMissing, "no state in the callback"))?;
    let expected = match input.connector {
        Connector::Logto => context.settings.logto()?.issuer.as_str(),
        Connector::Dingtalk => context.settings.dingtalk().map(|_| Dingtalk::ISSUER)?,
    };
    let purpose = if input.in_app { Purpose::SignInApp } else { Purpose::SignIn };
    let attempt = Attempt::find(&state, &input.cookies, purpose, expected, context)?;
    journey.redirect_to.clone_from(&attempt.redirect_to);
    let expired = attempt.is_expired(context.here.now);
    let link_to = attempt.link_to;
    journey.attempt = Some(attempt);
    if expired {
        return Err(Refused::new(Refusal::StateExpired, "the visitor took longer than ten minutes"));
    }
    // Whoever is signed in now would get the way in that somebody else began to add (CVE-2015-9284).
    if link_to.is_some() && link_to != input.user_id {
        return Err(Refused::new(Refusal::LinkUserChanged, "another user is signed in than when linking began"));
    }
    let (code, issuer, error) = (params.one("code")?, params.one("iss")?, params.one("error")?);
    if let Some(issuer) = issuer.as_ref().filter(|issuer| *issuer != expected) {
        let detail = format!("the callback names the issuer {:?}", excerpt(issuer));
        return Err(Refused::new(Refusal::ResponseIssuer, detail));
    }
    if let Some(error) = error {
        return Err(refused_by_provider(&error, &params.one("error_description")?.unwrap_or_default()));
    }
    if input.in_app {
        return dingtalk_app::exchange(code, context);
    }
    if input.connector == Connector::Dingtalk {
        return dingtalk::exchange(&dingtalk::code(params.one("authCode")?, code)?, context);
    }
    let code = code.ok_or_else(|| Refused::new(Refusal::CodeMissing, "neither code nor error in the callback"))?;
    metadata::obtain(Then::Exchange(Response { code, issuer }), context, journey)
}

impl Response {
    /// Exchanges the code, once the metadata says whether `iss` had to be there (RFC 9207 §2.4).
    pub fn exchange(self, metadata: &Metadata, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
        let attempt = attempt_of(journey)?;
        if metadata.response_issuer && self.issuer.is_none() {
            return Err(Refused::new(Refusal::ResponseIssuer, "the callback lacks iss, which the metadata announces"));
        }
        let fetch = token::request(metadata, context.settings.logto()?, context.site, &self.code, &attempt.verifier());
        Ok(Step::Wait(Waiting::Tokens(AwaitTokens::new(metadata)), Effect::Fetch(fetch)))
    }
}

/// The attempt of a journey that began with a callback.
pub fn attempt_of(journey: &Journey) -> Result<&Attempt, Refused> {
    journey.attempt.as_ref().ok_or_else(|| Refused::new(Refusal::ResumeInvalid, "no attempt belongs to this answer"))
}

fn refused_by_provider(error: &str, description: &str) -> Refused {
    let refusal = match error {
        "access_denied" => Refusal::AccessDenied,
        "login_required" | "consent_required" | "interaction_required" | "account_selection_required" => {
            Refusal::InteractionRequired
        }
        _ => Refusal::AuthorizationError,
    };
    Refused::new(refusal, format_args!("the provider says {:?}: {:?}", excerpt(error), excerpt(description)))
}

struct Params(Vec<(String, String)>);

impl Params {
    fn parse(query: &str) -> Result<Self, Refused> {
        if query.len() > LONGEST_QUERY {
            return Err(Refused::new(Refusal::StateMissing, "the callback's query string is longer than the limit"));
        }
        let query = query.strip_prefix('?').unwrap_or(query);
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }

    /// A parameter that may stand once; an empty value counts as absent (RFC 6749 §3.1).
    fn one(&self, name: &str) -> Result<Option<String>, Refused> {
        let mut values = self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value);
        let first = values.next();
        if values.next().is_some() {
            return Err(Refused::new(Refusal::ParameterRepeated, format_args!("{name} stands twice in the callback")));
        }
        Ok(first.filter(|value| !value.is_empty()).cloned())
    }
}

/// `state` of a return from the provider's sign-out, if there is exactly one.
pub fn state_of(query: &str) -> Option<String> {
    Params::parse(query).ok()?.one("state").ok()?
}
