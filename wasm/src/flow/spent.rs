//! Awaiting that the state is burnt: a response is good for one sign-in (RFC 9700 §4.7.1).

use super::account::AwaitFound;
use super::callback::attempt_of;
use super::{Context, Journey, Step, Waiting};
use crate::account::{Visitor, admission};
use crate::error::{Refusal, Refused};
use crate::protocol::{Effect, Spent};
use crate::seal::Opened;
use crate::token::Verified;
use serde::{Deserialize, Serialize};

/// Waits for the state to be burnt.
#[derive(Serialize, Deserialize)]
pub struct AwaitSpent {
    visitor: Visitor,
}

impl AwaitSpent {
    /// Admits the visitor and burns the state: the first thing that is written to the database.
    pub fn ask(visitor: Verified<Visitor>, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
        let attempt = attempt_of(journey)?;
        if attempt.link_to.is_none() {
            admission::admit(&visitor, &context.settings)?;
        }
        let effect = Effect::Spend { key: attempt.spent_key(), expires: attempt.forget_at() };
        Ok(Step::Wait(Waiting::Spent(Self { visitor: visitor.into_inner() }), effect))
    }
}

/// Goes on to the account if this response was the first.
pub fn answered(state: Opened<AwaitSpent>, spent: &Spent) -> Result<Step, Refused> {
    if !spent.fresh {
        return Err(Refused::new(Refusal::StateUsed, "this callback has already signed somebody in"));
    }
    Ok(AwaitFound::ask(Verified::reopened(state.map(|state| state.visitor))))
}
