//! What WordPress keeps with a session that began at a provider.

use serde::Serialize;

/// Which session of the provider's it is. `None` leaves a member out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProviderSession {
    /// [`crate::token::logout::session_key`] of the ID token's `sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid_hash: Option<String>,
}
