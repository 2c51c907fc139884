//! The claims that somebody uses. What else a token or userinfo has is not read.

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

/// Whether anything here uses a claim.
pub fn is_used(claim: &str) -> bool {
    OF_ACCOUNTS.contains(&claim) || matches!(claim, "sub" | "identities")
}
