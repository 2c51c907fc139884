//! What only WordPress can do, and what doing it gives.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that only WordPress can do.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Effect {
    /// Send an HTTP request, follow no redirect → [`Fetched`].
    Fetch(Fetch),
    /// Find the user of an identity → [`Found`].
    LookUp(Identity),
    /// Find the user of an e-mail address → [`Candidate`].
    FindByEmail {
        /// A verified address.
        email: String,
        /// Who says that it is theirs; other identities of this issuer count for [`Candidate::linked`].
        identity: Identity,
    },
    /// Burn a sign-in state, atomically (RFC 9700 §4.7.1) → [`Spent`].
    Spend {
        /// Unique key of the state.
        key: String,
        /// Unix time after which the row may be deleted.
        expires: u64,
    },
    /// Create a user together with its identity, atomically → [`Created`].
    CreateUser {
        /// Whose account it is.
        identity: Identity,
        /// User names in order of preference; the first free one is taken.
        logins: Vec<String>,
        /// `user_nicename` candidates (they show in author URLs), same rule.
        nicenames: Vec<String>,
        /// E-mail address; under `.invalid` when the visitor has none.
        email: String,
        /// The other fields.
        profile: Box<Profile>,
        /// Its roles; none: WordPress's own default.
        roles: Vec<String>,
        /// Those of them that the mapping gave, to be remembered.
        granted_roles: Vec<String>,
        /// Whether it waits for an admin: until then it has no role and cannot sign in.
        pending: bool,
    },
    /// Give an existing user one more identity, atomically → [`Linked`].
    Link {
        /// Whose account it will be.
        identity: Identity,
        /// The user.
        user_id: u64,
        /// Only while the user has no other identity of this issuer, however many ask at once.
        sole: bool,
    },
}

/// An HTTP request to send.
#[derive(Debug, Serialize)]
pub struct Fetch {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// An absolute URL that the core has judged; its host and port, and no others, may be contacted.
    pub url: String,
    /// Header fields.
    pub headers: BTreeMap<&'static str, String>,
    /// Body of a POST.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Milliseconds until it counts as failed.
    pub timeout_ms: u64,
    /// Longest body that is read, in bytes; a longer one is the error `too_large`.
    pub max_bytes: u64,
}

/// Whose account: the pair of OpenID Connect Core §5.7 that is unique and never reassigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Issuer identifier.
    pub issuer: String,
    /// SHA-256 of the issuer, in lower-case hex: the fixed-length key of the identities table.
    pub issuer_hash: String,
    /// Subject identifier.
    pub subject: String,
}

/// Answer to [`Effect::Fetch`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fetched {
    /// HTTP status; 0 when there was no response.
    pub status: u16,
    /// `Content-Type` of the response.
    pub content_type: String,
    /// Response body.
    pub body: String,
    /// Why there is no response: `timeout`, `connection`, `tls`, `too_large` or `blocked`.
    pub error: Option<String>,
}

/// Answer to [`Effect::LookUp`]. What is about a user may be left out when there is none.
#[derive(Debug, Default, Deserialize)]
pub struct Found {
    /// The user's id, or `null`. Leaving it out is an error: it would create an account.
    #[serde(deserialize_with = "Option::deserialize")]
    pub user_id: Option<u64>,
    /// Whether the account still waits for an admin.
    #[serde(default)]
    pub pending: bool,
    /// The user's roles on this site.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Roles that the mapping gave earlier.
    #[serde(default)]
    pub granted_roles: Vec<String>,
    /// Whether nobody else is an administrator of this site.
    #[serde(default)]
    pub last_administrator: bool,
    /// On a network: the numbers of the sites that the user is a member of.
    #[serde(default)]
    pub sites: Vec<u64>,
    /// On a network: memberships that the mapping gave earlier.
    #[serde(default)]
    pub granted_sites: Vec<u64>,
}

/// Answer to [`Effect::FindByEmail`].
#[derive(Debug, Deserialize)]
pub struct Candidate {
    /// The user's id, or `null`.
    #[serde(deserialize_with = "Option::deserialize")]
    pub user_id: Option<u64>,
    /// Whether the user may `edit_users` or `manage_options` on any site. Left out, it counts as yes.
    #[serde(default = "yes")]
    pub privileged: bool,
    /// Whether the user has another identity of this issuer already. Left out, it counts as yes.
    #[serde(default = "yes")]
    pub linked: bool,
}

const fn yes() -> bool {
    true
}

/// Answer to [`Effect::Spend`].
#[derive(Debug, Deserialize)]
pub struct Spent {
    /// Whether this call was the first.
    pub fresh: bool,
}

/// Answer to [`Effect::CreateUser`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Created {
    /// The user, new or (after a race) the one that the identity already has.
    pub user_id: Option<u64>,
    /// Why not: `email_taken`, `login_taken` or `failed`.
    pub error: Option<String>,
    /// WordPress's own words, for the log.
    pub cause: String,
}

/// Answer to [`Effect::Link`].
#[derive(Debug, Deserialize)]
pub struct Linked {
    /// Whether the identity is this user's now.
    pub linked: bool,
}

/// Profile fields for WordPress; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// `display_name`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub display_name: Option<String>,
    /// `first_name`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first_name: Option<String>,
    /// `last_name`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_name: Option<String>,
    /// Phone number, E.164 (`+8613800000002`); user meta.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Picture, an https URL; user meta.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub picture: Option<String>,
    /// `nickname`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nickname: Option<String>,
    /// `user_email`; only ever set together with a verified address, and kept on collision.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
    /// `locale` (`zh_CN`); only a language that is installed is taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub locale: Option<String>,
    /// `user_url`, an http or https URL.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
}

impl Profile {
    /// The fields whose names `wanted` takes.
    #[must_use]
    pub fn only(self, wanted: impl Fn(&str) -> bool) -> Self {
        let field = |name: &str, value: Option<String>| value.filter(|_| wanted(name));
        Self {
            display_name: field("display_name", self.display_name),
            first_name: field("first_name", self.first_name),
            last_name: field("last_name", self.last_name),
            phone: field("phone", self.phone),
            picture: field("picture", self.picture),
            nickname: field("nickname", self.nickname),
            email: field("email", self.email),
            locale: field("locale", self.locale),
            url: field("url", self.url),
        }
    }
}
