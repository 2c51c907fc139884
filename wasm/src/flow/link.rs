//! Gives an account one more identity: its user asked for it on the profile page, or proved that the account is theirs.

use super::attempt::Attempt;
use super::pending::Pending;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::protocol::{AccountFacts, CallbackInput, Ends, Identity, LinkIdentity, Outcome};
use crate::token::{Verified, Visitor};

/// Ends an attempt that a signed-in user began in order to link this identity. Nothing is stored before the user has seen
/// whose it is: the session at the provider may be somebody else's.
pub fn ask(
    visitor: &Verified<Visitor>,
    user_id: u64,
    facts: &AccountFacts,
    attempt: &Attempt,
    callback: &CallbackInput,
    context: &Context,
) -> Result<Outcome, Refused> {
    let pending = Pending::from_profile(visitor, user_id, attempt, context)?;
    match facts.user_id {
        Some(owner) if owner == user_id => {
            Ok(pending.linked(user_id, vec![attempt.clear_cookie(&context.site.redirect_uri, context)]))
        }
        Some(_) => Err(taken()),
        None => pending.ask(attempt, callback, context),
    }
}

/// Links the identity; another user may have taken it meanwhile.
pub async fn add(
    identity: Identity,
    user_id: u64,
    only_if_unlinked: bool,
    ends: Ends,
    context: &Context,
) -> Result<(), Refused> {
    let effect = LinkIdentity { identity, user_id, only_if_unlinked, ends };
    if context.perform(effect).await?.linked { Ok(()) } else { Err(taken()) }
}

/// The refusal of an identity that is another user's.
pub fn taken() -> Refused {
    Refused::new(ErrorCode::IdentityTaken, "the identity belongs to another user")
}
