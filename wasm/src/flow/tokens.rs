//! Awaiting the exchange of the code.

use super::{Context, Journey, Step, keys};
use crate::error::Refused;
use crate::protocol::Fetched;
use crate::provider::discovery::Metadata;
use crate::provider::token;
use serde::{Deserialize, Serialize};

/// Where the provider's other answers are to be had.
#[derive(Clone, Serialize, Deserialize)]
pub struct Endpoints {
    /// The keys.
    pub jwks_uri: String,
    /// The claims.
    pub userinfo: Option<String>,
}

/// Waits for the tokens.
#[derive(Serialize, Deserialize)]
pub struct AwaitTokens {
    endpoints: Endpoints,
}

impl AwaitTokens {
    /// Waits for the token endpoint that `metadata` names.
    pub fn new(metadata: &Metadata) -> Self {
        Self {
            endpoints: Endpoints { jwks_uri: metadata.jwks_uri.clone(), userinfo: metadata.userinfo_endpoint.clone() },
        }
    }

    /// Reads the tokens and goes on to verify them.
    pub fn answered(self, fetched: &Fetched, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
        keys::verify(token::process(fetched)?, self.endpoints, context, journey)
    }
}
