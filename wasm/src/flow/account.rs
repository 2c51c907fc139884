//! Awaiting the account: the one that the identity has, or a new one.

use super::{Context, Journey, Step, Waiting};
use crate::account::{self, Visitor, profile};
use crate::error::{Refusal, Refused};
use crate::protocol::{Created, Effect, Found, Linked, Outcome, Profile};
use crate::provider::answer::excerpt;
use crate::seal::Opened;
use crate::token::Verified;
use serde::{Deserialize, Serialize};

/// Waits for the account of an identity.
#[derive(Serialize, Deserialize)]
pub struct AwaitFound {
    visitor: Visitor,
}

/// Waits for a new account.
#[derive(Serialize, Deserialize)]
pub struct AwaitCreated {
    visitor: Visitor,
}

/// Waits for one more identity of an account.
#[derive(Serialize, Deserialize)]
pub struct AwaitLinked;

impl AwaitFound {
    /// Asks whose account this identity is.
    pub fn ask(visitor: Verified<Visitor>) -> Step {
        let effect = Effect::LookUp(visitor.identity.clone());
        Step::Wait(Waiting::Found(Self { visitor: visitor.into_inner() }), effect)
    }
}

/// Signs the account in, or asks for a new one.
pub fn found(
    state: Opened<AwaitFound>,
    found: &Found,
    context: &Context<'_>,
    journey: &Journey,
) -> Result<Step, Refused> {
    let visitor = Verified::reopened(state.map(|state| state.visitor));
    if let Some(user_id) = journey.attempt.as_ref().and_then(|attempt| attempt.link_to) {
        return match found.user_id {
            Some(owner) if owner == user_id => Ok(one_more(user_id, context, journey)),
            Some(_) => Err(taken()),
            None => {
                let effect = Effect::Link { identity: visitor.identity.clone(), user_id };
                Ok(Step::Wait(Waiting::Linked(AwaitLinked), effect))
            }
        };
    }
    if let Some(user_id) = found.user_id {
        let update = context.settings.sync_profile.then(|| profile::of(&visitor));
        return Ok(signed_in(&visitor, user_id, update, context, journey));
    }
    let effect = account::create(&visitor, &context.settings);
    Ok(Step::Wait(Waiting::Created(AwaitCreated { visitor: visitor.into_inner() }), effect))
}

/// Ends the linking of one more identity; another may have taken it meanwhile.
pub fn linked(linked: &Linked, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
    let user_id = journey.attempt.as_ref().and_then(|attempt| attempt.link_to);
    match user_id {
        Some(user_id) if linked.linked => Ok(one_more(user_id, context, journey)),
        _ => Err(taken()),
    }
}

fn one_more(user_id: u64, context: &Context<'_>, journey: &Journey) -> Step {
    let cookies = journey.attempt.iter().map(|attempt| attempt.clear(&context.site.redirect_uri)).collect();
    Step::Done(Outcome::Linked { user_id, redirect_to: journey.redirect_to.clone(), cookies })
}

fn taken() -> Refused {
    Refused::new(Refusal::IdentityTaken, "the identity belongs to another user")
}

/// Signs the new account in.
pub fn created(
    state: Opened<AwaitCreated>,
    created: &Created,
    context: &Context<'_>,
    journey: &Journey,
) -> Result<Step, Refused> {
    let visitor = Verified::reopened(state.map(|state| state.visitor));
    match (created.user_id, created.error.as_deref()) {
        (Some(user_id), None) => Ok(signed_in(&visitor, user_id, None, context, journey)),
        (_, Some("email_taken")) => {
            Err(Refused::new(Refusal::EmailTaken, "another WordPress account has the visitor's e-mail address"))
        }
        (_, error) => {
            let detail = format!("{}: {}", excerpt(error.unwrap_or("no user")), excerpt(&created.cause));
            Err(Refused::new(Refusal::UserNotCreated, detail))
        }
    }
}

/// Only a verified visitor can be signed in: the argument is the proof.
fn signed_in(
    visitor: &Verified<Visitor>,
    user_id: u64,
    profile: Option<Profile>,
    context: &Context<'_>,
    journey: &Journey,
) -> Step {
    Step::Done(Outcome::SignedIn {
        user_id,
        remember: context.settings.remember_session,
        redirect_to: journey.redirect_to.clone(),
        profile,
        issuer_hash: visitor.identity.issuer_hash.clone(),
        cookies: journey.attempt.iter().map(|attempt| attempt.clear(&context.site.redirect_uri)).collect(),
    })
}
