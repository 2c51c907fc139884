//! Awaiting the claims about the subject of a verified ID token.

use super::spent::AwaitSpent;
use super::tokens::Endpoints;
use super::{Context, Journey, Step, Waiting};
use crate::error::Refused;
use crate::protocol::{Effect, Fetched};
use crate::provider::token::Tokens;
use crate::provider::userinfo;
use crate::seal::Opened;
use crate::token::{Verified, id::IdToken};
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Waits for the claims.
#[derive(Serialize, Deserialize)]
pub struct AwaitUserinfo {
    id_token: IdToken,
}

/// Asks for the claims; a provider without a userinfo endpoint has said everything already.
pub fn ask(
    id_token: Verified<IdToken>,
    tokens: &Tokens,
    endpoints: &Endpoints,
    context: &Context<'_>,
    journey: &Journey,
) -> Result<Step, Refused> {
    let Some(endpoint) = &endpoints.userinfo else {
        return AwaitSpent::ask(id_token.describe(Map::new()), context, journey);
    };
    let effect = Effect::Fetch(userinfo::request(endpoint, &tokens.access_token));
    Ok(Step::Wait(Waiting::Userinfo(AwaitUserinfo { id_token: id_token.into_inner() }), effect))
}

/// Judges the claims and goes on.
pub fn answered(
    state: Opened<AwaitUserinfo>,
    fetched: &Fetched,
    context: &Context<'_>,
    journey: &Journey,
) -> Result<Step, Refused> {
    let id_token = Verified::reopened(state.map(|state| state.id_token));
    let claims = userinfo::process(fetched, &id_token)?;
    AwaitSpent::ask(id_token.describe(claims), context, journey)
}
