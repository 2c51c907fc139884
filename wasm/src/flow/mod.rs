//! The operations, one file each: an `async` function that reads from top to bottom like its specification.
//!
//! | file | operation | specification |
//! |---|---|---|
//! | `start` | begin a sign-in | OpenID Connect Core §3.1.2.1 |
//! | `sign_in` | finish it at Logto | Core §3.1.2.5 to §3.1.3.7, §5.3 |
//! | `dingtalk` | finish it at DingTalk | – |
//! | `dingtalk_app` | finish it inside the DingTalk app | – |
//! | `account` | whose account: the end of each sign-in | Core §5.7 |
//! | `trial` | what a sign-in would have done, for the admin who tests it | – |
//! | `link` | give an account one more identity | – |
//! | `connect` | connect an account that exists | RFC 9700 §4.7 |
//! | `sign_out` | sign out, and come back | RP-Initiated Logout §2, §3 |
//! | `authenticate` | the user of a request to the REST API | RFC 6750, RFC 9068 |
//! | `logout` | end what the provider ended | Back-Channel Logout §2.6, Front-Channel Logout §3 |
//! | `revalidate` | ask the provider about a session again | Core §12 |
//! | `check` | the admin's check of the connection | Discovery §4 |
//!
//! `attempt`, `decision`, `pending`, `renewal`, `response` and `openid` hold the steps that several of them take.

mod account;
mod attempt;
mod authenticate;
mod check;
mod connect;
mod decision;
mod dingtalk;
mod dingtalk_app;
mod link;
mod logout;
mod openid;
mod pending;
mod renewal;
mod response;
mod revalidate;
mod sign_in;
mod sign_out;
mod start;
mod trial;

use crate::about;
use crate::account::{import, may_unlink, preview};
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::protocol::{
    CallbackInput, CheckSettingsInput, ClassifyLinksInput, ImportSettingsInput, Operation, Outcome, Provider,
};
use crate::settings::logto_plugin;
use crate::settings::validate::{self, Sanitized};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

/// Runs an operation to its outcome.
///
/// # Errors
/// Every [`ErrorCode`]; [`ErrorCode::ProtocolError`] when `input` is not the operation's.
pub async fn run(
    operation: Operation,
    input: Option<&RawValue>,
    stored: &Value,
    context: &Context,
) -> Result<Outcome, Refused> {
    let roles = &context.site.roles;
    Ok(match operation {
        Operation::Start => start::begin(&read(input)?, context).await?,
        Operation::Callback => finish(&read(input)?, context).await?,
        Operation::Connect => connect::run(&read(input)?, context).await?,
        Operation::SignOut => sign_out::begin(&read(input)?, context).await?,
        Operation::SignedOut => sign_out::finish(&read(input)?, context),
        Operation::Authenticate => authenticate::run(&read(input)?, context).await?,
        Operation::BackchannelLogout => logout::backchannel(&read(input)?, context).await?,
        Operation::FrontchannelLogout => logout::frontchannel(&read(input)?, context).await?,
        Operation::Revalidate => revalidate::run(&read(input)?, context).await?,
        Operation::CheckConnection => check::connection(context).await?,
        Operation::Unlink => Outcome::UnlinkDecision { allowed: may_unlink(&read(input)?, &context.settings) },
        Operation::Preview => preview::of(&read(input)?, &context.settings, &context.site, &context.environment()?),
        Operation::CheckSettings => check_settings(&read(input)?, stored, roles),
        Operation::ImportSettings => {
            let ImportSettingsInput { logto_plugin: theirs, other_endpoints } = read(input)?;
            logto_plugin::import(&theirs, &other_endpoints, stored, roles)
        }
        Operation::ClassifyLinks => {
            let ClassifyLinksInput { rows, include_privileged } = read(input)?;
            let verdicts = rows.iter().map(|link| import::classify(link, include_privileged)).collect();
            Outcome::LinkVerdicts { verdicts }
        }
        Operation::About => about::describe(),
    })
}

/// Which of the submitted settings are stored.
pub fn check_settings(input: &CheckSettingsInput, stored: &Value, roles: &[String]) -> Outcome {
    let CheckSettingsInput { submitted, manager, has_signed_in, partial, disconnect } = input;
    let sanitized = match disconnect {
        Some(provider) => validate::disconnect(*provider, submitted, *manager, stored, roles),
        None if *partial => validate::check_some(submitted, *manager, stored, roles),
        None => validate::check(submitted, *manager, stored, roles),
    };
    let Sanitized { values, problems } = sanitized.with_a_way_in(*has_signed_in, stored);
    Outcome::Settings { values, problems }
}

/// Finishes a sign-in: each way has a redirect URI of its own (RFC 9700 §4.4.2.2).
async fn finish(callback: &CallbackInput, context: &Context) -> Result<Outcome, Refused> {
    let outcome = match (callback.provider, callback.dingtalk_app) {
        (Provider::Logto, false) => sign_in::finish(callback, context).await,
        (Provider::Dingtalk, false) => dingtalk::finish(callback, context).await,
        (_, true) => dingtalk_app::finish(callback, context).await,
    };
    match outcome {
        // A restored tab, the back button or a second click: whoever is signed in already goes on.
        Err(refused) if callback.user_id.is_some() && is_over(refused.code) => Ok(context.go_on()),
        outcome => outcome,
    }
}

/// Whether the sign-in that a callback belongs to is over: its cookie is gone, or its state is used.
const fn is_over(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::StateUnknown | ErrorCode::StateUsed)
}

/// What an operation needs.
///
/// # Errors
/// [`ErrorCode::ProtocolError`] when `input` is not the operation's.
pub fn read<T: DeserializeOwned + Default>(input: Option<&RawValue>) -> Result<T, Refused> {
    let Some(input) = input else { return Ok(T::default()) };
    serde_json::from_str(input.get())
        .map_err(|cause| Refused::new(ErrorCode::ProtocolError, format_args!("input: {cause}")))
}
