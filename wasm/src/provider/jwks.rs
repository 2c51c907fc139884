//! The provider's keys (OpenID Connect Core §10.1): fetched once, cached, and fetched again when a token names a key that is
//! not among them.

use super::{answer, http};
use crate::codes::{ErrorCode, Refused};
use crate::jose::KeySet;
use crate::protocol::{HttpRequest, HttpResponse, Site};
use crate::settings::Logto;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Seconds for which cached keys count as fresh.
pub const KEYS_TTL_SECS: u64 = 3600;
/// Length of a window, within which early fetches are counted.
const WINDOW_SECS: u64 = 60;
/// Early fetches of one window because of tokens from the provider's own token endpoint. This bounds what a faulty provider
/// costs, and does not slow a key rotation down.
const EARLY_FETCHES: u32 = 6;

/// Where a token comes from that none of the keys fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenSource {
    /// The provider's token endpoint.
    Provider,
    /// A request, which anybody can send.
    Anybody,
}

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
pub fn request(jwks_uri: &str, logto: &Logto, site: &Site) -> HttpRequest {
    http::get(jwks_uri).to_trusted_host(http::is_trusted(jwks_uri, logto, site))
}

/// Judges the answer to [`request`]; `before` are the keys that it replaces.
///
/// # Errors
/// [`ErrorCode::KeysUnusable`], or a refusal of the kind `Provider…`.
pub fn process(
    response: &HttpResponse,
    jwks_uri: &str,
    before: Option<&Keys>,
    now: u64,
) -> Result<(Keys, KeySet), Refused> {
    let answer = answer::json(response, "keys", |_| false)?;
    if answer.status != 200 {
        return Err(Refused::new(ErrorCode::ProviderAnswer, format_args!("keys: HTTP {}", answer.status)));
    }
    let set = KeySet::parse(response.body.as_bytes()).map_err(|cause| Refused::new(ErrorCode::KeysUnusable, cause))?;
    let window = before.filter(|keys| keys.is_in_window(now));
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
    /// Whether cached keys are those of this address and fresh.
    pub fn is_fresh(&self, jwks_uri: &str, now: u64) -> bool {
        let fresh = self.fetched_at <= now && now - self.fetched_at < KEYS_TTL_SECS;
        fresh && self.jwks_uri == jwks_uri
    }

    /// The keys themselves; `None` when what was cached is not a key set any more.
    pub fn set(&self) -> Option<KeySet> {
        KeySet::from_value(&self.set).ok()
    }

    /// Whether a key that is not among these may be looked for at the provider now: once in a window, and some times more for
    /// tokens that the provider itself issued.
    pub fn may_fetch_again(&self, source: TokenSource, now: u64) -> bool {
        !self.is_in_window(now) || (source == TokenSource::Provider && self.early_fetches < EARLY_FETCHES)
    }

    fn is_in_window(&self, now: u64) -> bool {
        self.window_began <= now && now - self.window_began < WINDOW_SECS
    }
}
