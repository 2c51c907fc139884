//! The provider's keys (OpenID Connect Core §10.1): fetched once, remembered, and fetched again
//! when a token names a key that is not among them.

use super::answer;
use crate::error::{Refusal, Refused};
use crate::jose::KeySet;
use crate::protocol::{Fetch, Fetched, Remember};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Seconds for which remembered keys count as fresh.
const FRESH: u64 = 3600;
/// Within one window of this many seconds …
const WINDOW: u64 = 60;
/// … so many early fetches are made. Only a token that the provider itself issued asks for one, so
/// this bounds what a faulty provider costs; it does not slow a key rotation down.
const EARLY_FETCHES: u32 = 6;

/// Keys with the age and the number of early fetches that they carry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Keys {
    jwks_uri: String,
    fetched_at: u64,
    window_began: u64,
    early_fetches: u32,
    set: Value,
}

/// The request for the keys.
pub fn request(jwks_uri: &str) -> Fetch {
    super::get(jwks_uri, None)
}

/// Judges the answer to [`request`]; `before` are the keys that it replaces.
///
/// # Errors
/// [`Refusal::KeysUnusable`], or a refusal of the kind `Provider…`.
pub fn process(fetched: &Fetched, jwks_uri: &str, before: Option<&Keys>, now: u64) -> Result<(Keys, KeySet), Refused> {
    let answer = answer::json(fetched, "keys")?;
    if answer.status != 200 {
        return Err(Refused::new(Refusal::ProviderAnswer, format_args!("keys: HTTP {}", answer.status)));
    }
    let set = KeySet::parse(fetched.body.as_bytes()).map_err(|cause| Refused::new(Refusal::KeysUnusable, cause))?;
    let window = before.filter(|keys| keys.window_began <= now && now - keys.window_began < WINDOW);
    let keys = Keys {
        jwks_uri: jwks_uri.to_owned(),
        fetched_at: now,
        window_began: window.map_or(now, |keys| keys.window_began),
        early_fetches: window.map_or(0, |keys| keys.early_fetches + 1),
        set: set.to_value(),
    };
    Ok((keys, set))
}

impl Keys {
    /// Remembered keys, if they are of this address and fresh.
    pub fn remembered(value: Option<&Value>, jwks_uri: &str, now: u64) -> Option<Self> {
        let keys = Self::deserialize(value?).ok()?;
        let fresh = keys.fetched_at <= now && now - keys.fetched_at < FRESH;
        (fresh && keys.jwks_uri == jwks_uri).then_some(keys)
    }

    /// The keys themselves; `None` when what was remembered is not a key set any more.
    pub fn set(&self) -> Option<KeySet> {
        KeySet::from_value(&self.set).ok()
    }

    /// Whether a key that is not among these may be looked for at the provider now.
    pub fn may_fetch_again(&self, now: u64) -> bool {
        now < self.window_began || now - self.window_began >= WINDOW || self.early_fetches < EARLY_FETCHES
    }

    /// What to remember.
    pub fn remember(&self) -> Remember {
        Remember { key: "jwks", value: serde_json::to_value(self).unwrap_or_default(), ttl: FRESH }
    }
}
