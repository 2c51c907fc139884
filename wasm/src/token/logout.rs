//! Logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.4) and their validation (§2.6).

use super::id::{Claims, check_audience, check_issuer, check_subject, check_times, session};
use super::verified::Verified;
use crate::codes::{ErrorCode, Refused};
use crate::crypto::sha256_hex;
use crate::jose::{Jws, KeySet};
use serde_json::Value;

/// The member of `events` that makes a logout token of a JWT.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Longest `jti`, in bytes.
const LONGEST_JTI: usize = 255;

/// The claims that a rule is about.
const RULED: &[&str] = &["aud", "azp", "events", "exp", "iat", "iss", "jti", "nbf", "nonce", "sid", "sub"];

/// Whose sessions the provider has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutToken {
    /// `iss`: the provider's issuer identifier.
    pub issuer: String,
    /// `sub`: whose sessions. Without it, `sid` is there.
    pub subject: Option<String>,
    /// `sid`: which session. Without it, all of `sub`.
    pub sid: Option<String>,
    /// `jti`: unique among the issuer's tokens.
    pub jti: String,
    /// `exp`, in Unix time.
    pub expires_at: u64,
}

/// What the token must be about.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The issuer identifier of the provider.
    pub issuer: &'a str,
    /// The client.
    pub client_id: &'a str,
    /// Unix time, in seconds.
    pub now: u64,
    /// Seconds by which the provider's clock and ours may differ.
    pub leeway: u64,
}

/// The key of a session in WordPress: the SHA-256 of issuer and `sid`, which are two words.
pub fn session_key(issuer: &str, sid: &str) -> String {
    sha256_hex(&format!("{issuer} {sid}"))
}

/// Verifies a logout token: signature first, then every rule of §2.6 but the one about `jti`, which takes a memory.
///
/// # Errors
/// A [`Refused`] with one of the `Token…` refusals, or [`ErrorCode::LogoutTokenInvalid`].
pub fn verify(compact: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Verified<LogoutToken>, Refused> {
    let jws = parse(compact)?;
    let payload = keys.verify(&jws)?;
    let claims = Claims(payload.claims(|name| RULED.contains(&name))?);

    let issuer = check_issuer(&claims, expected.issuer)?; // rule 3
    check_audience(&claims, expected.client_id)?;
    check_times(&claims, expected.now, expected.leeway)?;
    let subject = match claims.present("sub") {
        None => None,
        Some(_) => Some(check_subject(&claims)?),
    };
    let sid = session(&claims).map(str::to_owned);
    if subject.is_none() && sid.is_none() {
        return Err(invalid("neither sub nor sid")); // rule 4
    }
    check_event(&claims)?; // rule 5
    if claims.0.contains_key("nonce") {
        return Err(invalid("a nonce: it may be an ID token")); // rule 6
    }
    let jti = claims.text("jti", ErrorCode::LogoutTokenInvalid)?.filter(|jti| (1..=LONGEST_JTI).contains(&jti.len()));
    let jti = jti.ok_or_else(|| invalid("jti is missing or too long"))?.to_owned();
    let expires_at = claims.time("exp", ErrorCode::TokenExpired)?.unwrap_or_default();
    Ok(Verified::new(LogoutToken { issuer, subject, sid, jti, expires_at }))
}

/// Takes a token apart, and refuses one that says it is of another type (RFC 8725 §3.11).
///
/// # Errors
/// [`ErrorCode::TokenMalformed`] or [`ErrorCode::TokenAlgorithm`].
pub fn parse(compact: &str) -> Result<Jws<'_>, Refused> {
    let jws = Jws::parse(compact)?;
    let is_one =
        |typ: &str| ["logout+jwt", "application/logout+jwt", "JWT"].iter().any(|own| typ.eq_ignore_ascii_case(own));
    if jws.typ().is_some_and(|typ| !is_one(typ)) {
        return Err(Refused::new(ErrorCode::TokenMalformed, "the token is not of type logout+jwt"));
    }
    Ok(jws)
}

fn check_event(claims: &Claims) -> Result<(), Refused> {
    match claims.present("events").and_then(|events| events.get(EVENT)) {
        Some(Value::Object(_)) => Ok(()),
        _ => Err(invalid("events lacks the back-channel logout event")),
    }
}

fn invalid(cause: &'static str) -> Refused {
    Refused::new(ErrorCode::LogoutTokenInvalid, format_args!("logout token: {cause}"))
}
