//! What WordPress keeps with a session that began at a provider.

use serde::Serialize;

/// Which session of the provider's it is. `None` leaves a member out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProviderSession {
    /// [`crate::token::logout::session_key`] of the ID token's `sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid_hash: Option<String>,
    /// What asks the provider about it again, if the settings want that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Renewal>,
}

/// When to ask the provider about a session again ([`super::Operation::Revalidate`]), and with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renewal {
    /// The refresh token and whose it is; opaque to PHP.
    pub sealed: String,
    /// Unix time from which to ask, after a page.
    pub check_after: u64,
    /// Unix time from which to ask before a page.
    pub check_by: u64,
}
