//! One attempt to sign in (or out), kept in the visitor's browser and nowhere else.
//!
//! The cookie holds a sealed seed; `state`, `nonce` and PKCE verifier are derived from it. So there
//! is nothing to store on the server, two tabs never meet, and any web node can finish what another
//! began (RFC 9700 §4.7.1: bound to the user agent).

use super::Context;
use crate::entropy::{base64url, expand, sha256_hex};
use crate::error::{Refusal, Refused};
use crate::protocol::SetCookie;
use crate::seal::{Purpose, Seal};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq as _;
use url::Url;

/// Seconds within which the visitor must be back.
pub const LIFE: u64 = 600;
/// Seconds for which the browser keeps the cookie: longer, so that a late visitor can be told that
/// it took too long and still ends up on the page they wanted.
const COOKIE_LIFE: u64 = 3600;
/// Cookies of earlier attempts that are kept when a new one begins (tabs); more would make the
/// request header too long for common servers.
const KEPT: usize = 5;
/// Cookies that are cleared at once, for the same reason.
const CLEARED: usize = 20;
/// What every cookie's name begins with. Hosts that strip unknown cookies let `wordpress_*` through.
const PREFIX: &str = "wordpress_logto_";
/// Longest `redirect_to` that is kept, in bytes.
const LONGEST_REDIRECT: usize = 1024;

/// An attempt.
#[derive(Clone, Serialize, Deserialize)]
pub struct Attempt {
    seed: String,
    /// Where the visitor was sent: an answer of any other issuer is refused (RFC 9700 §4.4).
    pub issuer: String,
    /// Where the visitor wanted to be.
    pub redirect_to: String,
    /// Unix time.
    pub created: u64,
    /// The user who wants to add this way to sign in; `None` for a sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_to: Option<u64>,
}

impl Attempt {
    /// A new attempt.
    pub fn new(redirect_to: &str, issuer: &str, context: &Context<'_>) -> Self {
        let seed: [u8; 32] = context.here.draw("attempt");
        let fits = redirect_to.len() <= LONGEST_REDIRECT && !redirect_to.chars().any(char::is_control);
        Self {
            seed: base64url(&seed),
            issuer: issuer.to_owned(),
            redirect_to: if fits { redirect_to.to_owned() } else { String::new() },
            created: context.here.now,
            link_to: None,
        }
    }

    /// The same attempt, to add a way to sign in to an account that exists.
    #[must_use]
    pub fn linking(self, user: Option<u64>) -> Self {
        Self { link_to: user, ..self }
    }

    /// `state`
    pub fn state(&self) -> String {
        self.derive("state")
    }

    /// `nonce`
    pub fn nonce(&self) -> String {
        self.derive("nonce")
    }

    /// `code_verifier`: 43 characters, the length that RFC 7636 §4.1 recommends.
    pub fn verifier(&self) -> String {
        self.derive("code_verifier")
    }

    /// Key of the row that burns the state.
    pub fn spent_key(&self) -> String {
        sha256_hex(&format!("state {}", self.state()))
    }

    /// Unix time after which the burnt state need not be remembered.
    pub fn forget_at(&self) -> u64 {
        self.created.saturating_add(2 * LIFE)
    }

    /// The cookie that keeps this attempt; `uri` is where it will be needed.
    ///
    /// # Errors
    /// [`Refusal::NotConfigured`] when the site has no salt.
    pub fn keep(&self, purpose: Purpose, uri: &str, context: &Context<'_>) -> Result<SetCookie, Refused> {
        let name = cookie_name(&self.state());
        let value = Seal::new(&context.site.salt, purpose)?.seal(self, &name, context.here)?;
        Ok(cookie(name, value, COOKIE_LIFE, uri))
    }

    /// The cookie that clears this attempt's.
    pub fn clear(&self, uri: &str) -> SetCookie {
        cookie(cookie_name(&self.state()), String::new(), 0, uri)
    }

    /// The attempt that `state` belongs to, however old.
    pub fn find(
        state: &str,
        cookies: &BTreeMap<String, String>,
        purpose: Purpose,
        issuer: &str,
        context: &Context<'_>,
    ) -> Result<Self, Refused> {
        let unknown = |cause: &str| Refused::new(Refusal::StateUnknown, cause);
        let name = cookie_name(state);
        let value = cookies.get(&name).ok_or_else(|| unknown("no cookie belongs to this state"))?;
        let attempt: Self = Seal::new(&context.site.salt, purpose)?
            .open::<Self>(value, &name)
            .ok_or_else(|| {
                unknown("the cookie of this state was altered or is another way's, or the site's salts changed")
            })?
            .into_inner();
        if !bool::from(attempt.state().as_bytes().ct_eq(state.as_bytes())) {
            return Err(unknown("the cookie is another state's"));
        }
        if attempt.issuer != issuer {
            return Err(unknown("the sign-in was started with another issuer"));
        }
        Ok(attempt)
    }

    /// Whether the visitor took too long.
    pub fn is_expired(&self, now: u64) -> bool {
        now > self.created.saturating_add(LIFE) || self.created > now.saturating_add(LIFE)
    }

    fn derive(&self, label: &str) -> String {
        let seed = URL_SAFE_NO_PAD.decode(&self.seed).unwrap_or_default();
        base64url(&expand::<32>(&seed, label))
    }
}

/// Cookies to clear before one more is set: unreadable and expired ones, then the oldest.
pub fn prune(cookies: &BTreeMap<String, String>, context: &Context<'_>) -> Result<Vec<SetCookie>, Refused> {
    let seal = |purpose| Seal::new(&context.site.salt, purpose);
    let seals = [seal(Purpose::SignIn)?, seal(Purpose::SignInApp)?, seal(Purpose::SignOut)?];
    let (mut alive, mut dead) = (Vec::new(), Vec::new());
    for (name, value) in cookies.iter().filter(|(name, _)| is_cookie_name(name)) {
        let attempt =
            seals.iter().find_map(|seal| seal.open::<Attempt>(value, name)).map(crate::seal::Opened::into_inner);
        match attempt {
            Some(attempt) if !attempt.is_expired(context.here.now) => alive.push((attempt.created, name)),
            _ => dead.push(name),
        }
    }
    alive.sort_unstable_by_key(|(created, _)| std::cmp::Reverse(*created));
    dead.extend(alive.into_iter().skip(KEPT).map(|(_, name)| name));
    dead.truncate(CLEARED);
    Ok(dead.into_iter().map(|name| cookie(name.clone(), String::new(), 0, &context.site.redirect_uri)).collect())
}

fn cookie_name(state: &str) -> String {
    let mut hash = sha256_hex(state);
    hash.truncate(16);
    format!("{PREFIX}{hash}")
}

fn is_cookie_name(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|id| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn cookie(name: String, value: String, max_age: u64, uri: &str) -> SetCookie {
    let url = Url::parse(uri).ok();
    let path = url.as_ref().map_or("/", Url::path).to_owned();
    SetCookie { name, value, max_age, path, secure: url.is_some_and(|url| url.scheme() == "https") }
}
