//! Whose account a sign-in is for: decided in one place, so that a test sign-in says what a sign-in does.

use super::attempt::Attempt;
use crate::account::{admission, same_person};
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::protocol::{AccountFacts, EmailMatch, FindAccount, FindEmailMatch};
use crate::token::{Verified, Visitor};

/// Whose account it is.
pub enum Decision {
    /// That of this user, who has the identity.
    SignIn(u64, AccountFacts),
    /// That of this user, who is the same person at the other provider: see [`same_person`].
    Connect(u64),
    /// Its owner decides, this user, who has the visitor's email address. WordPress does not prove addresses: the account may
    /// be the visitor's, or of somebody who waits for them.
    Ask(u64, EmailMatch),
    /// A new one, if the settings give the visitor one.
    Create,
}

/// Decides whose account it is, and changes nothing.
pub async fn decide(visitor: &Verified<Visitor>, attempt: &Attempt, context: &Context) -> Result<Decision, Refused> {
    let facts = find(visitor, context).await?;
    if let Some(user_id) = facts.user_id {
        return Ok(Decision::SignIn(user_id, facts));
    }
    if attempt.separate {
        return Ok(Decision::Create);
    }
    if let Some(user_id) = same_person(visitor, context).await? {
        return Ok(Decision::Connect(user_id));
    }
    if let Some(email) = admission::email_to_match(visitor, &context.settings) {
        let effect = FindEmailMatch { email: email.to_owned(), identity: visitor.identity.clone() };
        let matched = context.perform(effect).await?;
        if let Some(user_id) = matched.user_id {
            return Ok(Decision::Ask(user_id, matched));
        }
    }
    Ok(Decision::Create)
}

/// The account of the same person at the other provider: see [`same_person`].
async fn same_person(visitor: &Verified<Visitor>, context: &Context) -> Result<Option<u64>, Refused> {
    let question = same_person::question(visitor, &context.settings, context.now());
    let Some(question) = question else { return Ok(None) };
    let found = context.perform(question).await?;
    let account = same_person::account(&found);
    if let (None, Some(user_id)) = (account, found.user_id) {
        let why = if found.linked { "has another identity of this provider" } else { "is privileged" };
        context.log("same_person_not_connected", format!("user {user_id} is the same person, and {why}"));
    }
    Ok(account)
}

/// Refuses a known user who may not be signed in.
pub fn let_in(
    visitor: &Verified<Visitor>,
    user_id: u64,
    facts: &AccountFacts,
    context: &Context,
) -> Result<(), Refused> {
    if facts.pending {
        return Err(pending(user_id));
    }
    admission::require_membership(visitor, facts, &context.settings, &context.site)
        .map_err(|refused| refused.of_user(user_id))
}

/// The user of the visitor's identity, if there is one.
pub async fn find(visitor: &Verified<Visitor>, context: &Context) -> Result<AccountFacts, Refused> {
    context.perform(FindAccount { identity: visitor.identity.clone() }).await
}

/// The refusal of a user who is pending approval.
pub fn pending(user_id: u64) -> Refused {
    Refused::new(ErrorCode::AccountPending, format_args!("user {user_id} is pending approval")).of_user(user_id)
}
