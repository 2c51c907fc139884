//! What the core answers to each line.

use super::Outcome;
use serde::Serialize;
use serde_json::value::RawValue;

/// What the core says.
#[derive(Debug, Serialize)]
pub struct Reply {
    /// An effect to perform, or the outcome.
    #[serde(flatten)]
    pub next: Next,
    /// Values to keep for [`super::Cache`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cache_writes: Vec<CacheWrite>,
    /// Lines for the admin's log; they never hold a secret, a token or a cookie.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<LogLine>,
}

impl Reply {
    /// The reply as one line of JSON.
    pub fn to_json(&self) -> Vec<u8> {
        // A reply has nothing in it that JSON cannot say.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// The two kinds of reply.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// Perform this [`super::Effect`], then send the [`super::Answer`].
    Effect(Box<RawValue>),
    /// The end of the operation.
    Outcome(Box<Outcome>),
}

/// A value to cache.
#[derive(Debug, Serialize)]
pub struct CacheWrite {
    /// A field of [`super::Cache`].
    pub key: &'static str,
    /// What to keep: sealed, so that nobody who can write to the cache can choose a provider's endpoints or keys.
    pub value: String,
    /// For how many seconds at most; the core judges freshness itself. 0 removes the value.
    pub ttl: u64,
}

/// A line for the admin's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// A stable code ([`crate::codes::ErrorCode::as_str`]).
    pub code: &'static str,
    /// The cause.
    pub detail: String,
}
