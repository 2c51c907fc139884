//! The end of a test sign-in: what a sign-in of this visitor would have done. It decides as a sign-in does, and performs
//! nothing of it.

use super::attempt::Attempt;
use super::decision::{self, Decision};
use super::pending::Pending;
use crate::account::{admission, preview, roles};
use crate::codes::Refused;
use crate::context::Context;
use crate::protocol::{AccountFacts, Outcome, SignInDecision, SignInTest};
use crate::text::truncate_for_log;
use crate::token::{Verified, Visitor};
use serde_json::Value;

/// What the administrator `user_id` learns about a sign-in with the identity that they chose at the provider.
pub async fn report(
    visitor: &Verified<Visitor>,
    user_id: u64,
    attempt: &Attempt,
    context: &Context,
) -> Result<Outcome, Refused> {
    let admitted = admission::admit(visitor, &context.settings);
    let proven = admitted.is_ok();
    let decision = decision::decide(visitor, attempt, context).await?;
    let refused = admitted.and_then(|()| allow(visitor, &decision, context)).err();
    let connection = Pending::from_test(visitor, user_id, attempt, context)?;
    let preview = preview::of_visitor(visitor, &context.settings, &context.site, &context.environment()?);
    let (wanted, account, roles) = match &decision {
        Decision::SignIn(user_id, facts) => {
            (SignInDecision::SignIn, Some(*user_id), roles_after(visitor, facts, context))
        }
        Decision::Connect(user_id) => (SignInDecision::Connect, Some(*user_id), Vec::new()),
        Decision::Ask(user_id, _) => (SignInDecision::Ask, Some(*user_id), Vec::new()),
        Decision::Create => (SignInDecision::Create, None, preview.roles.clone()),
    };
    Ok(Outcome::SignInTested(Box::new(SignInTest {
        provider: connection.provider,
        name: connection.name().to_owned(),
        claims: visitor
            .claims()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), text(value)))
            .collect(),
        decision: if refused.is_some() { SignInDecision::Refuse } else { wanted },
        refused: refused.map(|refused| refused.code.as_str()),
        account,
        roles,
        preview,
        proven,
        connection: match decision {
            Decision::SignIn(..) => None,
            _ => Some(connection.seal(context)?),
        },
        cookies: vec![attempt.clear_cookie(&context.site.redirect_uri, context)],
    })))
}

/// Refuses where the sign-in would have been refused for the sake of its account.
fn allow(visitor: &Verified<Visitor>, decision: &Decision, context: &Context) -> Result<(), Refused> {
    match decision {
        Decision::SignIn(user_id, facts) => decision::let_in(visitor, *user_id, facts, context),
        Decision::Connect(_) | Decision::Ask(..) => Ok(()),
        Decision::Create => admission::allow_new_account(visitor, &context.settings, &context.site),
    }
}

/// The roles that a known user would have.
fn roles_after(visitor: &Verified<Visitor>, facts: &AccountFacts, context: &Context) -> Vec<String> {
    let mut roles = facts.roles.clone();
    if let Some(change) = roles::update(visitor, facts, &context.settings.accounts, &context.site).change {
        roles.retain(|role| !change.remove.contains(role));
        roles.extend(change.add);
    }
    roles
}

/// A claim for people.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| truncate_for_log(&value.to_string()), truncate_for_log)
}
