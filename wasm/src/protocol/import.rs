//! What comes over from Logto's own plugin for WordPress (`logto-io/wordpress`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Input of [`super::Operation::ImportSettings`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ImportSettingsInput {
    /// The option `logto_options` as stored.
    pub logto_plugin: Value,
    /// The `endpoint` of that option on every other site of the network.
    pub other_endpoints: Vec<Value>,
}

/// Input of [`super::Operation::ClassifyLinks`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClassifyLinksInput {
    /// Links, each of which gets its verdict.
    pub rows: Vec<StoredLink>,
    /// Whether the links of privileged users are wanted too.
    pub include_privileged: bool,
}

/// A link of that plugin: a row of user meta `logto_user_id`, and what WordPress knows about it.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact of the database")]
pub struct StoredLink {
    /// Whose meta it is.
    pub user_id: u64,
    /// Whether that user is there.
    pub exists: bool,
    /// The value as the database has it, its first 256 characters at least.
    pub subject: String,
    /// Whether more than one user has this subject.
    pub repeated: bool,
    /// Whether the user has another subject of the same issuer, here or in another row of that meta.
    pub has_other_subject: bool,
    /// Whether the user can edit users or manage options, on any site of the network.
    pub privileged: bool,
    /// The user whom the identity belongs to here already; 0 while it is being given away.
    #[serde(deserialize_with = "Option::deserialize")]
    pub owner: Option<u64>,
}

/// What becomes of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkVerdict {
    /// The user gets the identity.
    New,
    /// The user has it already.
    AlreadyLinked,
    /// Another user has it already.
    LinkedToOther,
    /// Several users claim it, and nothing says whose it is.
    Ambiguous,
    /// The user has another account of the tenant, and nothing says which is theirs.
    HasOtherSubject,
    /// A privileged user's, which nobody asked for.
    Privileged,
    /// The user was deleted.
    UserMissing,
    /// It is empty, too long, or no text.
    Unusable,
}

/// The issuer that links will belong to.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Issuer {
    /// Issuer identifier.
    pub issuer: String,
    /// Its SHA-256, as in [`super::Identity`].
    pub issuer_hash: String,
}
