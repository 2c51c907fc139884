//! The end of each sign-in: whose account it is, and whether the visitor gets one.
//!
//! An account belongs to the pair of issuer and subject (OpenID Connect Core §5.7). The rules are in
//! [`crate::account`]; this file only puts them in order.

use super::attempt::Attempt;
use super::decision::{Decision, decide, find, let_in, pending};
use super::pending::Pending;
use super::renewal::Grant;
use super::{link, trial};
use crate::account::{self, admission, meta, profile, roles, same_person};
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::protocol::{
    AccountFacts, CallbackInput, Change, CreateError, Ends, Outcome, Profile, ProviderSession, RevokeAccess,
};
use crate::text::truncate_for_log;
use crate::token::{Verified, Visitor, logout};

/// Signs the visitor in, or asks before the identity is linked to an account that exists.
pub async fn finish(
    visitor: Verified<Visitor>,
    attempt: &Attempt,
    callback: &CallbackInput,
    context: &Context,
) -> Result<Outcome, Refused> {
    if let Some(user_id) = attempt.test_by {
        return trial::report(&visitor, user_id, attempt, context).await;
    }
    if attempt.link_to.is_none()
        && let Err(refused) = admission::admit(&visitor, &context.settings)
    {
        return refuse(refused, &visitor, context).await;
    }
    if let Some(user_id) = attempt.link_to {
        let facts = find(&visitor, context).await?;
        return link::ask(&visitor, user_id, &facts, attempt, callback, context);
    }
    match decide(&visitor, attempt, context).await? {
        Decision::SignIn(user_id, facts) => welcome(&visitor, user_id, &facts, attempt, context).await,
        Decision::Connect(user_id) => {
            link::add(visitor.identity.clone(), user_id, true, Ends::Nothing, context).await?;
            context.log("same_person_connected", format!("user {user_id} is known to both providers"));
            let facts = find(&visitor, context).await?;
            welcome(&visitor, user_id, &facts, attempt, context).await
        }
        Decision::Ask(..) | Decision::Create if attempt.silent => Err(Refused::new(
            ErrorCode::InteractionRequired,
            "nobody asked for this sign-in, and the visitor is not known here",
        )),
        Decision::Ask(user_id, matched) => {
            // Of two tabs, the other one may have made that account meanwhile.
            let facts = find(&visitor, context).await?;
            match facts.user_id {
                Some(user_id) => welcome(&visitor, user_id, &facts, attempt, context).await,
                None => Pending::from_sign_in(&visitor, user_id, &matched, attempt, context)?
                    .ask(attempt, callback, context),
            }
        }
        Decision::Create => create(&visitor, attempt, context).await,
    }
}

/// Refuses a visitor whom the settings do not admit. If they have an account, what their provider gave ends first: it no
/// longer vouches for them.
pub(super) async fn refuse<T>(refused: Refused, visitor: &Verified<Visitor>, context: &Context) -> Result<T, Refused> {
    if refused.code.ends_access() {
        revoke(visitor, false, context).await?;
    }
    Err(refused)
}

async fn revoke(visitor: &Verified<Visitor>, only_this_site: bool, context: &Context) -> Result<(), Refused> {
    let effect = RevokeAccess { identity: visitor.identity.clone(), only_this_site };
    if let Some(user_id) = context.perform(effect).await?.user_id {
        let what = if only_this_site { "the membership of this site" } else { "everything" };
        context.log("access_revoked", format!("user {user_id} lost {what} that the provider gave"));
    }
    Ok(())
}

/// Signs a known user in, with what the settings change about them.
async fn welcome(
    visitor: &Verified<Visitor>,
    user_id: u64,
    facts: &AccountFacts,
    attempt: &Attempt,
    context: &Context,
) -> Result<Outcome, Refused> {
    let changes = judge(visitor, user_id, facts, context).await?;
    Ok(signed_in(visitor, user_id, changes, attempt, context))
}

/// What the settings change about a known user, or why the user is not let in.
pub(super) async fn judge(
    visitor: &Verified<Visitor>,
    user_id: u64,
    facts: &AccountFacts,
    context: &Context,
) -> Result<Changes, Refused> {
    if let Err(refused) = let_in(visitor, user_id, facts, context) {
        if refused.code == ErrorCode::NotAMember && roles::is_member_by_mapping(visitor, facts, &context.site) {
            revoke(visitor, true, context).await?;
        }
        return Err(refused);
    }
    let accounts = &context.settings.accounts;
    let update = roles::update(visitor, facts, accounts, &context.site);
    if update.kept_last_admin {
        context.log("last_administrator", format!("user {user_id} stays an administrator: there is no other"));
    }
    Ok(Changes {
        profile: followed(visitor, context),
        roles: update.change,
        sites: roles::sites(visitor, facts, accounts),
    })
}

/// What a sign-in brings up to date about a known user. Another plugin that reads claims may change it, or refuse it.
fn followed(visitor: &Visitor, context: &Context) -> Option<Profile> {
    let accounts = &context.settings.accounts;
    let fields = profile::of_known_user(visitor, &accounts.sync).map(|profile| Profile {
        dingtalk: same_person::remembered(visitor, &context.settings, context.now()),
        ..profile
    });
    let is_none = fields.is_none() && !context.site.reads_claims;
    let profile = meta::complete(fields.unwrap_or_default(), visitor, accounts);
    let is_empty = profile.meta.is_empty() && profile.organizations.is_none();
    Some(profile).filter(|_| !(is_none && is_empty))
}

/// Creates an account and signs its user in.
async fn create(visitor: &Verified<Visitor>, attempt: &Attempt, context: &Context) -> Result<Outcome, Refused> {
    admission::allow_new_account(visitor, &context.settings, &context.site)?;
    let effect = account::create_user(visitor, &context.settings, &context.site, &context.environment()?);
    let is_pending = effect.pending;
    let created = context.perform(effect).await?;
    match (created.user_id, created.error) {
        (Some(user_id), None) if is_pending => Err(pending(user_id)),
        (Some(user_id), None) => {
            let facts = roles::facts_of_new_user(visitor, &context.settings.accounts, &context.site);
            let sites = roles::sites(visitor, &facts, &context.settings.accounts);
            Ok(signed_in(visitor, user_id, Changes { sites, ..Changes::default() }, attempt, context))
        }
        (None, Some(CreateError::Banned)) => {
            Err(Refused::new(ErrorCode::AddressBanned, truncate_for_log(&created.cause)))
        }
        (None, Some(CreateError::Refused)) => {
            Err(Refused::new(ErrorCode::ProfileRefused, truncate_for_log(&created.cause)))
        }
        (_, error) => {
            let detail = format!("{error:?}: {}", truncate_for_log(&created.cause));
            Err(Refused::new(ErrorCode::UserNotCreated, detail))
        }
    }
}

/// What a sign-in changes about a user.
#[derive(Default)]
pub(super) struct Changes {
    profile: Option<Profile>,
    /// Roles on this site.
    pub roles: Option<Change<String>>,
    /// Memberships of a network's sites.
    pub sites: Option<Change<u64>>,
}

/// Only a verified visitor can be signed in: the argument is the proof.
fn signed_in(
    visitor: &Verified<Visitor>,
    user_id: u64,
    changes: Changes,
    attempt: &Attempt,
    context: &Context,
) -> Outcome {
    Outcome::SignedIn {
        user_id,
        remember: context.settings.remember_session,
        redirect_to: attempt.redirect_to.clone(),
        profile: changes.profile.map(Box::new),
        roles: changes.roles,
        sites: changes.sites,
        claims: visitor.claims_for(&context.site),
        issuer_hash: visitor.identity.issuer_hash.clone(),
        session: session(visitor, user_id, attempt, context).map(Box::new),
        cookies: vec![attempt.clear_cookie(&context.site.redirect_uri, context)],
    }
}

/// What is kept with the session, if there is anything.
fn session(visitor: &Verified<Visitor>, user_id: u64, attempt: &Attempt, context: &Context) -> Option<ProviderSession> {
    let sid_hash = visitor.sid.as_ref().map(|sid| logout::session_key(&visitor.identity.issuer, sid));
    let renewal = Grant::of(visitor, &attempt.nonce(), context).and_then(|grant| grant.renewal(user_id, context));
    (sid_hash.is_some() || renewal.is_some()).then_some(ProviderSession { sid_hash, renewal })
}
