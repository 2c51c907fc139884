//! Awaiting the account: the one that the identity has, or a new one.

use super::{Context, Journey, Step, Waiting};
use crate::account::{self, Visitor, admission, profile, roles};
use crate::error::{Refusal, Refused};
use crate::protocol::{Candidate, Change, Created, Effect, Found, Linked, LogLine, Outcome, Profile};
use crate::provider::answer::excerpt;
use crate::seal::Opened;
use crate::token::Verified;
use serde::{Deserialize, Serialize};

/// Waits for the account of an identity.
#[derive(Serialize, Deserialize)]
pub struct AwaitFound {
    visitor: Visitor,
}

/// Waits for the account that has the visitor's e-mail address.
#[derive(Serialize, Deserialize)]
pub struct AwaitCandidate {
    visitor: Visitor,
}

/// Waits for a new account.
#[derive(Serialize, Deserialize)]
pub struct AwaitCreated {
    visitor: Visitor,
    pending: bool,
}

/// Waits for one more identity of an account: of the user who added it, or of the one whom an e-mail address selected.
#[derive(Serialize, Deserialize)]
pub struct AwaitLinked {
    visitor: Visitor,
}

impl AwaitFound {
    /// Asks whose account this identity is.
    pub fn ask(visitor: Verified<Visitor>) -> Step {
        let effect = Effect::LookUp(visitor.identity.clone());
        Step::Wait(Waiting::Found(Self { visitor: visitor.into_inner() }), effect)
    }
}

/// Signs the account in, or asks for one.
pub fn found(
    state: Opened<AwaitFound>,
    found: &Found,
    context: &Context<'_>,
    journey: &mut Journey,
) -> Result<Step, Refused> {
    let visitor = Verified::reopened(state.map(|state| state.visitor));
    if let Some(user_id) = journey.attempt.as_ref().and_then(|attempt| attempt.link_to) {
        return match found.user_id {
            Some(owner) if owner == user_id => Ok(one_more(user_id, context, journey)),
            Some(_) => Err(taken()),
            None => Ok(link(visitor, user_id, false)),
        };
    }
    match (found.user_id, admission::email_to_link(&visitor, &context.settings)) {
        (Some(user_id), _) => welcome(&visitor, user_id, found, context, journey),
        (None, Some(email)) => {
            let (email, identity) = (email.to_owned(), visitor.identity.clone());
            let state = AwaitCandidate { visitor: visitor.into_inner() };
            Ok(Step::Wait(Waiting::Candidate(state), Effect::FindByEmail { email, identity }))
        }
        (None, None) => create(visitor, context),
    }
}

/// Links the account that the e-mail address selected, or asks for a new one.
pub fn candidate(state: Opened<AwaitCandidate>, candidate: &Candidate, context: &Context<'_>) -> Result<Step, Refused> {
    let visitor = Verified::reopened(state.map(|state| state.visitor));
    match admission::may_link(candidate)? {
        Some(user_id) => Ok(link(visitor, user_id, true)),
        None => create(visitor, context),
    }
}

fn link(visitor: Verified<Visitor>, user_id: u64, sole: bool) -> Step {
    let effect = Effect::Link { identity: visitor.identity.clone(), user_id, sole };
    Step::Wait(Waiting::Linked(AwaitLinked { visitor: visitor.into_inner() }), effect)
}

fn create(visitor: Verified<Visitor>, context: &Context<'_>) -> Result<Step, Refused> {
    admission::provision(&visitor, &context.settings, context.site)?;
    let effect = account::create(&visitor, &context.settings, context.site);
    let pending = context.settings.accounts.pending_approval;
    Ok(Step::Wait(Waiting::Created(AwaitCreated { visitor: visitor.into_inner(), pending }), effect))
}

/// Ends the linking of one more identity; another may have taken it meanwhile. Whom an e-mail address linked is now
/// found as everybody is.
pub fn linked(
    state: Opened<AwaitLinked>,
    linked: &Linked,
    context: &Context<'_>,
    journey: &Journey,
) -> Result<Step, Refused> {
    if !linked.linked {
        return Err(taken());
    }
    match journey.attempt.as_ref().and_then(|attempt| attempt.link_to) {
        Some(user_id) => Ok(one_more(user_id, context, journey)),
        None => Ok(AwaitFound::ask(Verified::reopened(state.map(|state| state.visitor)))),
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
    let (visitor, pending) =
        state.open_out(|state, proof| (Verified::reopened(proof.of(state.visitor)), state.pending));
    match (created.user_id, created.error.as_deref()) {
        (Some(user_id), None) if pending => Err(waits(user_id)),
        (Some(user_id), None) => {
            let here = Found { sites: vec![context.site.number], ..Found::default() };
            Ok(signed_in(
                &visitor,
                user_id,
                Changes { sites: roles::sites(&visitor, &here, &context.settings.accounts), ..Changes::default() },
                context,
                journey,
            ))
        }
        (_, Some("email_taken")) => {
            Err(Refused::new(Refusal::EmailTaken, "another WordPress account has the visitor's e-mail address"))
        }
        (_, error) => {
            let detail = format!("{}: {}", excerpt(error.unwrap_or("no user")), excerpt(&created.cause));
            Err(Refused::new(Refusal::UserNotCreated, detail))
        }
    }
}

/// Signs a known user in, with what the settings change about them.
fn welcome(
    visitor: &Verified<Visitor>,
    user_id: u64,
    found: &Found,
    context: &Context<'_>,
    journey: &mut Journey,
) -> Result<Step, Refused> {
    if found.pending {
        return Err(waits(user_id));
    }
    admission::belongs(visitor, found, &context.settings, context.site)?;
    let accounts = &context.settings.accounts;
    let (roles, protected) = roles::change(visitor, found, accounts, context.site);
    if protected {
        let detail = format!("user {user_id} stays an administrator: there is no other");
        journey.log.push(LogLine { code: "last_administrator", detail });
    }
    let changes = Changes {
        profile: accounts.sync.later(profile::of(visitor)),
        roles,
        sites: roles::sites(visitor, found, accounts),
    };
    Ok(signed_in(visitor, user_id, changes, context, journey))
}

fn waits(user_id: u64) -> Refused {
    Refused::new(Refusal::AccountPending, format_args!("user {user_id} waits for an admin"))
}

/// What a sign-in changes about a user.
#[derive(Default)]
struct Changes {
    profile: Option<Profile>,
    roles: Option<Change<String>>,
    sites: Option<Change<u64>>,
}

/// Only a verified visitor can be signed in: the argument is the proof.
fn signed_in(
    visitor: &Verified<Visitor>,
    user_id: u64,
    changes: Changes,
    context: &Context<'_>,
    journey: &Journey,
) -> Step {
    Step::Done(Outcome::SignedIn {
        user_id,
        remember: context.settings.remember_session,
        redirect_to: journey.redirect_to.clone(),
        profile: changes.profile.map(Box::new),
        roles: changes.roles,
        sites: changes.sites,
        issuer_hash: visitor.identity.issuer_hash.clone(),
        cookies: journey.attempt.iter().map(|attempt| attempt.clear(&context.site.redirect_uri)).collect(),
    })
}
