//! One attempt to sign in (or out), kept in the visitor's browser and nowhere else.
//!
//! The cookie holds a sealed seed; `state`, `nonce` and PKCE verifier are derived from it. So there
//! is nothing to store on the server, two tabs never meet, and any web node can finish what another
//! began (RFC 9700 §4.7.1: bound to the user agent).

use super::response::AuthorizationResponse;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::seal::{Purpose, Seal};
use crate::crypto::{base64url, draw, draw_until, expand, is_harmless, pkce, sha256_hex};
use crate::protocol::{CallbackInput, MarkStateUsed, SetCookie, StateUse};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq as _;
use url::Url;

/// Seconds within which the visitor must be back.
const ATTEMPT_TTL_SECS: u64 = 600;
/// Seconds for which the browser keeps the cookie: longer, so that a late visitor can be told that
/// it took too long and still ends up on the page they wanted.
const COOKIE_TTL_SECS: u64 = 3600;
/// Bytes that all our cookies may take in a request header, the new one included: common servers read 8 KiB in all.
const MAX_COOKIE_BYTES: usize = 3 * 1024;
/// Cookies of earlier attempts that are kept when a new one begins (tabs).
const MAX_LIVE_COOKIES: usize = 5;
/// Cookies that are cleared at once, for the same reason.
const MAX_CLEARED_COOKIES: usize = 20;
/// The cookie of a connection that waits for a proof. There is one of them in a browser.
pub const CONNECT_COOKIE: &str = "wordpress_logto_connect";
/// The prefix of every cookie's name. Hosts that strip unknown cookies let `wordpress_*` through.
const COOKIE_PREFIX: &str = "wordpress_logto_";
/// Longest `redirect_to` that is kept, in bytes: two such cookies fit into [`MAX_COOKIE_BYTES`].
const MAX_REDIRECT_BYTES: usize = 720;

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
    /// The user who wants to connect this sign-in method; `None` for a sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_to: Option<u64>,
    /// The administrator who only tests the sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_by: Option<u64>,
    /// Whether the visitor knows of an account with the same address, and wants another one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub separate: bool,
    /// Whether the visitor asked for nothing, and is to see nothing unless they are signed in.
    #[serde(default, skip_serializing_if = "is_false")]
    pub silent: bool,
}

/// What the content of every cookie of ours has.
#[derive(Deserialize)]
struct Stamp {
    created: u64,
}

impl Attempt {
    /// A new attempt.
    ///
    /// # Errors
    /// [`ErrorCode::ProtocolError`] when the host supplied no entropy.
    pub fn new(redirect_to: &str, issuer: &str, context: &Context) -> Result<Self, Refused> {
        let environment = context.environment()?;
        let fits = redirect_to.len() <= MAX_REDIRECT_BYTES && !redirect_to.chars().any(char::is_control);
        let from_seed = |label: &str| Self {
            seed: base64url(&draw::<32>(&environment, label)),
            issuer: issuer.to_owned(),
            redirect_to: if fits { redirect_to.to_owned() } else { String::new() },
            created: environment.now,
            link_to: None,
            test_by: None,
            separate: false,
            silent: false,
        };
        Ok(draw_until("attempt", from_seed, Self::is_harmless))
    }

    /// Whether firewalls before the site and before the provider let all of its values pass.
    fn is_harmless(&self) -> bool {
        let verifier = self.code_verifier();
        [self.state(), self.nonce(), pkce::challenge(&verifier), verifier].iter().all(|value| is_harmless(value))
    }

    /// The same attempt with another end: an identity for the account of `link_to`, or a `separate` account.
    #[must_use]
    pub fn to(self, link_to: Option<u64>, separate: bool) -> Self {
        Self { link_to, separate, ..self }
    }

    /// The same attempt as the test of an administrator, if there is one.
    #[must_use]
    pub fn tested_by(self, test_by: Option<u64>) -> Self {
        Self { test_by, ..self }
    }

    /// The same attempt as one that nobody asked for, or not.
    #[must_use]
    pub fn silently(self, silent: bool) -> Self {
        Self { silent, ..self }
    }

    /// The attempt that a callback ends. From here on its cookie is cleared, whatever follows.
    ///
    /// # Errors
    /// [`ErrorCode::StateMissing`], [`ErrorCode::StateUnknown`], [`ErrorCode::StateExpired`],
    /// [`ErrorCode::LinkUserChanged`], [`ErrorCode::AccessDenied`] when the visitor brings nothing back
    pub fn of(
        response: &AuthorizationResponse,
        callback: &CallbackInput,
        purpose: Purpose,
        issuer: &str,
        context: &Context,
    ) -> Result<Self, Refused> {
        if purpose == Purpose::SignIn && response.is_bare() {
            return Err(Self::canceled(callback, issuer, context));
        }
        let attempt = Self::find(&response.state()?, &callback.cookies, purpose, issuer, context)?;
        context.on_refusal(&attempt.redirect_to, vec![attempt.clear_cookie(&context.site.redirect_uri, context)]);
        if attempt.silent {
            context.go_on_if_refused();
        }
        if attempt.is_expired(context.now()) {
            return Err(attempt.expired(context.now()));
        }
        // Otherwise the user who is signed in now would get the identity that somebody else began to link (CVE-2015-9284).
        let owner = attempt.link_to.or(attempt.test_by);
        if owner.is_some() && owner != callback.user_id {
            let detail = "another user is signed in than when the link or the test began";
            return Err(Refused::new(ErrorCode::LinkUserChanged, detail));
        }
        Ok(attempt)
    }

    /// The refusal of a visitor who brings nothing back. Another try ends where the newest attempt of this browser wanted
    /// to be; its cookie stays, since the attempt that ended may be another tab's.
    fn canceled(callback: &CallbackInput, issuer: &str, context: &Context) -> Refused {
        let open = |(name, value): (&String, &String)| {
            Seal::new(&context.site.salt, Purpose::SignIn).ok()?.open::<Self>(value, name)
        };
        let attempts = callback.cookies.iter().filter_map(open);
        let pending = attempts.filter(|attempt| attempt.issuer == issuer && !attempt.is_expired(context.now()));
        if let Some(newest) = pending.max_by_key(|attempt| attempt.created) {
            context.on_refusal(&newest.redirect_to, Vec::new());
        }
        Refused::new(ErrorCode::AccessDenied, "the visitor came back with neither code nor error nor state")
    }

    /// Marks the state as used: one response is good for one exchange of its code (RFC 9700 §4.7.1).
    ///
    /// # Errors
    /// [`ErrorCode::StateUsed`], [`ErrorCode::DatabaseError`]
    pub async fn mark_used(&self, context: &Context) -> Result<(), Refused> {
        let key = sha256_hex(&format!("state {}", self.state()));
        let expires_at = self.created.saturating_add(2 * ATTEMPT_TTL_SECS);
        match context.perform(MarkStateUsed { key, expires_at }).await?.state_use {
            StateUse::First => Ok(()),
            StateUse::Repeated => Err(Refused::new(ErrorCode::StateUsed, "this callback was opened before")),
            StateUse::Failed => Err(Refused::new(ErrorCode::DatabaseError, "the state could not be marked as used")),
        }
    }

    /// The `state` parameter: 43 base64url characters derived from the seed (RFC 6749 §10.12).
    pub fn state(&self) -> String {
        self.derive("state")
    }

    /// The `nonce` parameter: as long, and independent of `state` (OpenID Connect Core §15.5.2).
    pub fn nonce(&self) -> String {
        self.derive("nonce")
    }

    /// The `code_verifier`: 43 characters, the length that RFC 7636 §4.1 recommends.
    pub fn code_verifier(&self) -> String {
        self.derive("code_verifier")
    }

    /// The cookie that keeps this attempt; `uri` is where it will be needed.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`] when the site has no salt.
    pub fn to_cookie(&self, purpose: Purpose, uri: &str, context: &Context) -> Result<SetCookie, Refused> {
        let name = cookie_name(&self.state());
        let value = Seal::new(&context.site.salt, purpose)?.seal(self, &name, &context.environment()?)?;
        Ok(cookie(name, value, COOKIE_TTL_SECS, uri, context))
    }

    /// The cookie that clears this attempt's.
    pub fn clear_cookie(&self, uri: &str, context: &Context) -> SetCookie {
        cookie(cookie_name(&self.state()), String::new(), 0, uri, context)
    }

    /// The attempt that `state` belongs to, however old.
    pub fn find(
        state: &str,
        cookies: &BTreeMap<String, String>,
        purpose: Purpose,
        issuer: &str,
        context: &Context,
    ) -> Result<Self, Refused> {
        let unknown = |cause: &str| Refused::new(ErrorCode::StateUnknown, cause);
        let name = cookie_name(state);
        let value = cookies.get(&name).ok_or_else(|| unknown("no cookie belongs to this state"))?;
        let attempt: Self = Seal::new(&context.site.salt, purpose)?.open(value, &name).ok_or_else(|| {
            unknown("the cookie of this state was altered or is another way's, or the site's salts changed")
        })?;
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
        is_expired(self.created, now)
    }

    /// The refusal of a visitor who took too long, or whose sign-in began on a web server with another clock.
    fn expired(&self, now: u64) -> Refused {
        let detail = match self.created.checked_sub(now) {
            Some(ahead) => format!("the sign-in began {ahead} s ahead of this web server's clock: clocks differ"),
            None => format!("the sign-in began {} s ago, longer than ten minutes", now - self.created),
        };
        Refused::new(ErrorCode::StateExpired, detail)
    }

    fn derive(&self, label: &str) -> String {
        let seed = URL_SAFE_NO_PAD.decode(&self.seed).unwrap_or_default();
        base64url(&expand::<32>(&seed, label))
    }
}

/// Whether what was begun at `created` is over.
pub fn is_expired(created: u64, now: u64) -> bool {
    now > created.saturating_add(ATTEMPT_TTL_SECS) || created > now.saturating_add(ATTEMPT_TTL_SECS)
}

/// A new cookie, and those that it pushes out: unreadable and expired ones, then the oldest, until all that
/// remain fit into [`MAX_COOKIE_BYTES`]. A new attempt also ends a connection that waits: whoever begins again may be
/// somebody else at the same browser.
pub fn cookies(
    new: SetCookie,
    present: &BTreeMap<String, String>,
    context: &Context,
) -> Result<Vec<SetCookie>, Refused> {
    let seal = |purpose| Seal::new(&context.site.salt, purpose);
    let seals = [seal(Purpose::SignIn)?, seal(Purpose::SignInApp)?, seal(Purpose::SignOut)?, seal(Purpose::Connect)?];
    let (mut alive, mut stale) = (Vec::new(), Vec::new());
    for (name, value) in present.iter().filter(|(name, _)| is_cookie_name(name) && **name != new.name) {
        match seals.iter().find_map(|seal| seal.open::<Stamp>(value, name)) {
            Some(Stamp { created }) if name != CONNECT_COOKIE && !is_expired(created, context.now()) => {
                alive.push((created, name, value));
            }
            _ => stale.push(name),
        }
    }
    alive.sort_unstable_by_key(|(created, ..)| std::cmp::Reverse(*created));
    let mut bytes = cookie_bytes(&new.name, &new.value);
    for (index, (_, name, value)) in alive.into_iter().enumerate() {
        bytes += cookie_bytes(name, value);
        if index >= MAX_LIVE_COOKIES || bytes > MAX_COOKIE_BYTES {
            stale.push(name);
        }
    }
    stale.truncate(MAX_CLEARED_COOKIES);
    let clear = |name: &String| match name.as_str() {
        CONNECT_COOKIE => connect_cookie(String::new(), 0, context),
        _ => cookie(name.clone(), String::new(), 0, &context.site.redirect_uri, context),
    };
    Ok(stale.into_iter().map(clear).chain([new]).collect())
}

/// Bytes in the header field `Cookie`: `name=value; `.
fn cookie_bytes(name: &str, value: &str) -> usize {
    name.len() + value.len() + 3
}

fn cookie_name(state: &str) -> String {
    let mut hash = sha256_hex(state);
    hash.truncate(16);
    format!("{COOKIE_PREFIX}{hash}")
}

fn is_cookie_name(name: &str) -> bool {
    let is_id = |id: &str| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
    name == CONNECT_COOKIE || name.strip_prefix(COOKIE_PREFIX).is_some_and(is_id)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// A cookie that is needed at `uri`, and at the start URL, which counts the cookies: for their path if they share one, else
/// for the whole site.
fn cookie(name: String, value: String, max_age: u64, uri: &str, context: &Context) -> SetCookie {
    let path = path_of(uri);
    let is_shared = path == path_of(&context.site.start_uri);
    let path = if is_shared { path } else { site_path(&path, context) };
    SetCookie { name, value, max_age, path, secure: uri.starts_with("https:") }
}

/// The cookie of a connection that waits, for the whole site: its owner logs in wherever the site has its login page.
pub fn connect_cookie(value: String, max_age: u64, context: &Context) -> SetCookie {
    let uri = &context.site.connect_uri;
    let path = site_path(&path_of(uri), context);
    SetCookie { name: CONNECT_COOKIE.to_owned(), value, max_age, path, secure: uri.starts_with("https:") }
}

/// The path of the home page, if `path` lies below it.
fn site_path(path: &str, context: &Context) -> String {
    let home = path_of(&context.site.home);
    if path.starts_with(&home) { home } else { "/".to_owned() }
}

fn path_of(uri: &str) -> String {
    Url::parse(uri).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
}
