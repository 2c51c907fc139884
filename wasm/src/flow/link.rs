//! Gives an account one more identity: its user asked for it, or its verified email address selected it.

use super::attempt::Attempt;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::protocol::{AccountFacts, LinkIdentity, Outcome};
use crate::token::{Verified, Visitor};

/// Ends an attempt that a signed-in user began in order to link this identity.
pub async fn finish(
    visitor: &Verified<Visitor>,
    user_id: u64,
    facts: &AccountFacts,
    attempt: &Attempt,
    context: &Context,
) -> Result<Outcome, Refused> {
    match facts.user_id {
        Some(owner) if owner == user_id => {}
        Some(_) => return Err(taken("the identity belongs to another user")),
        None => add(visitor, user_id, false, context).await?,
    }
    let (redirect_to, cookies) = (attempt.redirect_to.clone(), vec![attempt.clear_cookie(&context.site.redirect_uri)]);
    Ok(Outcome::IdentityLinked { user_id, redirect_to, cookies })
}

/// Links the identity; another user may have taken it meanwhile.
pub async fn add(
    visitor: &Verified<Visitor>,
    user_id: u64,
    only_if_unlinked: bool,
    context: &Context,
) -> Result<(), Refused> {
    let effect = LinkIdentity { identity: visitor.identity.clone(), user_id, only_if_unlinked };
    if context.perform(effect).await?.linked { Ok(()) } else { Err(taken("the identity belongs to another user")) }
}

/// The refusal of an identity that is another user's.
pub fn taken(cause: &str) -> Refused {
    Refused::new(ErrorCode::IdentityTaken, cause)
}
