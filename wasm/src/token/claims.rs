//! The claims that somebody uses. What else a token or userinfo has is not read.

use crate::settings::MetaRow;

/// The claims that accounts are made of (OpenID Connect Core §5.1, and Logto's `username`, roles and organizations).
pub const OF_ACCOUNTS: &[&str] = &[
    "email",
    "email_verified",
    "family_name",
    "given_name",
    "locale",
    "name",
    "nickname",
    "organization_roles",
    "organizations",
    "phone_number",
    "picture",
    "preferred_username",
    "roles",
    "username",
    "website",
];

/// Claims about a token or a session (RFC 7519 §4.1, OpenID Connect Core §2 and §3.1.3.6), and those that another party would
/// have to vouch for (§5.6.2). They say nothing of the person.
const OF_TOKENS: &[&str] = &[
    "_claim_names",
    "_claim_sources",
    "at_hash",
    "aud",
    "azp",
    "c_hash",
    "exp",
    "iat",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "s_hash",
    "sid",
    "sub",
];

/// Whether anything here uses a claim.
pub fn is_used(claim: &str) -> bool {
    OF_ACCOUNTS.contains(&claim) || matches!(claim, "sub" | "identities")
}

/// Whether a claim is about the person.
pub fn is_personal(claim: &str) -> bool {
    !OF_TOKENS.contains(&claim)
}

/// The claims that others use: they are read where they can be, and refuse no sign-in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// What the settings write to user meta.
    pub mapped: &'a [MetaRow],
    /// Whether another plugin of the site reads all of them.
    pub all: bool,
}

impl Wanted<'_> {
    /// Whether a claim is one of them. The names of organizations are shown on profile pages.
    pub fn has(&self, claim: &str) -> bool {
        let is_mapped = self.mapped.iter().any(|row| row.claim == claim || row.root() == claim);
        is_personal(claim) && (self.all || is_mapped || claim == "organization_data")
    }
}
