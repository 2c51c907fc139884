//! Verifying the ID token, awaiting the provider's keys where those at hand do not do.

use super::callback::attempt_of;
use super::tokens::Endpoints;
use super::{Context, Journey, Step, Waiting, userinfo};
use crate::error::{Refusal, Refused};
use crate::jose::KeySet;
use crate::protocol::{Effect, Fetched, Outcome};
use crate::provider::discovery::Metadata;
use crate::provider::jwks::{self, Keys};
use crate::provider::token::Tokens;
use crate::token::{Verified, id};
use serde::{Deserialize, Serialize};

/// Seconds by which the clocks of provider and server may differ.
const LEEWAY: u64 = 60;

/// Waits for the keys.
#[derive(Serialize, Deserialize)]
pub enum AwaitKeys {
    /// To verify these tokens.
    Verify {
        /// What came from the token endpoint.
        tokens: Tokens,
        /// Where to go on.
        endpoints: Endpoints,
    },
    /// To tell the admin which there are.
    Check {
        /// Where they are.
        jwks_uri: String,
        /// Whose they are.
        issuer: String,
    },
}

/// Verifies with the remembered keys; asks for new ones when there are none or the token names another.
pub fn verify(tokens: Tokens, endpoints: Endpoints, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
    let keys = Keys::remembered(context.cache.jwks.as_ref(), &endpoints.jwks_uri, context.here.now);
    let verified = keys.as_ref().and_then(Keys::set).map(|set| verify_with(&set, &tokens, context, journey));
    match verified {
        Some(Ok(id_token)) => userinfo::ask(id_token, &tokens, &endpoints, context, journey),
        Some(Err(refused)) if !(is_rotation(refused.refusal) && may_fetch(keys.as_ref(), context)) => Err(refused),
        _ => {
            let effect = Effect::Fetch(jwks::request(&endpoints.jwks_uri));
            Ok(Step::Wait(Waiting::Keys(AwaitKeys::Verify { tokens, endpoints }), effect))
        }
    }
}

/// Asks for the keys, for the admin's check of the connection.
pub fn check(metadata: &Metadata) -> Step {
    let effect = Effect::Fetch(jwks::request(&metadata.jwks_uri));
    let (jwks_uri, issuer) = (metadata.jwks_uri.clone(), metadata.issuer().to_owned());
    Step::Wait(Waiting::Keys(AwaitKeys::Check { jwks_uri, issuer }), effect)
}

/// A failure that keys changed by the provider explain: another `kid`, or another key under it.
fn is_rotation(refusal: Refusal) -> bool {
    matches!(refusal, Refusal::TokenKeyUnknown | Refusal::TokenSignature)
}

fn may_fetch(keys: Option<&Keys>, context: &Context<'_>) -> bool {
    keys.is_none_or(|keys| keys.may_fetch_again(context.here.now))
}

fn verify_with(
    set: &KeySet,
    tokens: &Tokens,
    context: &Context<'_>,
    journey: &Journey,
) -> Result<Verified<id::IdToken>, Refused> {
    let logto = context.settings.logto()?;
    let expected = id::Expected {
        issuer: &logto.issuer,
        client_id: &logto.app_id,
        nonce: &attempt_of(journey)?.nonce(),
        access_token: Some(&tokens.access_token),
        now: context.here.now,
        leeway: LEEWAY,
    };
    id::verify(&tokens.id_token, set, &expected)
}

impl AwaitKeys {
    /// Judges the keys and goes on.
    pub fn answered(self, fetched: &Fetched, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
        let jwks_uri = match &self {
            Self::Verify { endpoints, .. } => &endpoints.jwks_uri,
            Self::Check { jwks_uri, .. } => jwks_uri,
        };
        let now = context.here.now;
        let before = Keys::remembered(context.cache.jwks.as_ref(), jwks_uri, now);
        let (keys, set) = jwks::process(fetched, jwks_uri, before.as_ref(), now)?;
        journey.remember.push(keys.remember());
        match self {
            Self::Verify { tokens, endpoints } => {
                let id_token = verify_with(&set, &tokens, context, journey)?;
                userinfo::ask(id_token, &tokens, &endpoints, context, journey)
            }
            Self::Check { issuer, .. } => Ok(Step::Done(Outcome::Connected {
                issuer,
                algorithms: set.algorithms().into_iter().map(Into::into).collect(),
            })),
        }
    }
}
