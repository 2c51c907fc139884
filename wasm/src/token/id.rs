//! ID tokens (OpenID Connect Core 1.0 §2) and their validation (§3.1.3.7).

use super::claims::{Wanted, is_used};
use super::verified::Verified;
use crate::codes::{ErrorCode, Refused};
use crate::crypto::base64url;
use crate::jose::{Algorithm, Jws, KeySet};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq as _;

/// Longest `sub`, in characters (§2).
const LONGEST_SUBJECT: usize = 255;
/// The last second of the year 9999: what lies behind it is not a time in seconds. Milliseconds do.
const LAST_SECOND: u64 = 253_402_300_799;

/// Claims that a rule is about, besides `sub`.
const RULED: &[&str] = &["at_hash", "aud", "azp", "exp", "iat", "iss", "nbf", "nonce", "sid"];

/// What the provider says about the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdToken {
    /// `iss`: the provider's issuer identifier.
    pub issuer: String,
    /// `sub`: the visitor, unique and never reassigned within the issuer.
    pub subject: String,
    /// `sid`: the visitor's session at the provider, if it names one (OpenID Connect Back-Channel Logout §2.1).
    pub sid: Option<String>,
    /// The claims that somebody uses, those two included.
    pub claims: Map<String, Value>,
}

/// Which claims stand for a scope (OpenID Connect Core §5.4, and Logto's own scopes). A token that has one of a scope's
/// claims, even with the value null, has all of them that the provider knows.
const CLAIMS_OF_SCOPES: &[(&str, &[&str])] = &[
    (
        "profile",
        &[
            "name",
            "family_name",
            "given_name",
            "nickname",
            "preferred_username",
            "username",
            "picture",
            "website",
            "locale",
        ],
    ),
    ("email", &["email"]),
    ("phone", &["phone_number"]),
    ("roles", &["roles"]),
    ("identities", &["identities"]),
    ("urn:logto:scope:organizations", &["organizations"]),
    ("urn:logto:scope:organization_roles", &["organization_roles"]),
];

impl IdToken {
    /// Whether the token says everything that is used of what `scope` asks for, and what is `wanted` besides. Otherwise
    /// userinfo has the rest.
    pub fn is_complete(&self, scope: &str, wanted: Wanted<'_>) -> bool {
        let asked = |name: &str| scope.split(' ').any(|word| word == name);
        let has = |claims: &[&str]| claims.iter().any(|claim| self.claims.contains_key(*claim));
        // An address and its verification come from one source.
        let has_email_alone = self.claims.get("email").is_some_and(Value::is_string) && !has(&["email_verified"]);
        let is_told = |(name, claims): &(&str, &[&str])| !asked(name) || has(claims);
        let is_mapped = wanted.mapped.iter().all(|row| has(&[row.claim.as_str(), row.root()]));
        CLAIMS_OF_SCOPES.iter().all(is_told) && !(asked("email") && has_email_alone) && is_mapped && !wanted.all
    }
}

/// What the token must be about.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The issuer identifier of the provider that was asked.
    pub issuer: &'a str,
    /// The client that asked.
    pub client_id: &'a str,
    /// The `nonce` of the authorization request.
    pub nonce: &'a str,
    /// Whether the token came with a refresh: then it may lack the nonce, and has no other (§12.2).
    pub refreshed: bool,
    /// The access token that came with the ID token, for `at_hash`.
    pub access_token: Option<&'a str>,
    /// Unix time, in seconds.
    pub now: u64,
    /// Seconds by which the provider's clock and ours may differ.
    pub leeway: u64,
    /// Claims that are read for others than accounts.
    pub wanted: Wanted<'a>,
}

/// Verifies an ID token: signature first, then every rule of §3.1.3.7.
///
/// # Errors
/// A [`Refused`] with one of the `Token…` refusals. [`ErrorCode::TokenKeyUnknown`] is the one that is worth a
/// second try with keys that are fetched again.
pub fn verify(compact: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Verified<IdToken>, Refused> {
    let jws = Jws::parse(compact)?;
    check_type(jws.typ())?;
    let payload = keys.verify(&jws)?;
    let is_ruled = |name: &str| RULED.contains(&name) || is_used(name);
    let claims = Claims(payload.claims_and_more(is_ruled, |name| expected.wanted.has(name))?);

    let issuer = check_issuer(&claims, expected.issuer)?;
    check_audience(&claims, expected.client_id)?;
    check_times(&claims, expected.now, expected.leeway)?;
    if !expected.refreshed || claims.present("nonce").is_some() {
        check_nonce(&claims, expected.nonce)?;
    }
    check_access_token(&claims, payload.algorithm(), expected.access_token)?;
    let subject = check_subject(&claims)?;
    Ok(Verified::new(IdToken { issuer, subject, sid: session(&claims).map(str::to_owned), claims: claims.0 }))
}

/// `at_hash` of an access token: base64url of the left half of its digest (§3.1.3.6).
pub fn at_hash(algorithm: Algorithm, access_token: &str) -> String {
    let digest = algorithm.digest(access_token.as_bytes());
    base64url(&digest[..digest.len() / 2])
}

/// The claims of a token that a key of the provider signed.
pub(super) struct Claims(pub(super) Map<String, Value>);

impl Claims {
    /// A claim that is there. Logto writes null for what it does not have.
    pub(super) fn present(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A claim that is a string, or nothing; another type is refused.
    pub(super) fn text(&self, name: &str, refusal: ErrorCode) -> Result<Option<&str>, Refused> {
        let Some(value) = self.present(name) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| Refused::new(refusal, format_args!("{name} is not a string")))
    }

    /// A claim that is a `NumericDate` (RFC 7519 §2) since 1970 and before the year 10000, in whole seconds.
    pub(super) fn time(&self, name: &str, refusal: ErrorCode) -> Result<Option<u64>, Refused> {
        let Some(value) = self.present(name) else { return Ok(None) };
        seconds(value).map(Some).ok_or_else(|| Refused::new(refusal, format_args!("{name} is not a time in seconds")))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
#[expect(clippy::cast_precision_loss, reason = "the bound is exact in a double")]
fn seconds(value: &Value) -> Option<u64> {
    let whole = value.as_u64();
    let fractional = || value.as_f64().filter(|s| (0.0..=LAST_SECOND as f64).contains(s)).map(|s| s as u64);
    whole.or_else(fractional).filter(|seconds| *seconds <= LAST_SECOND)
}

/// A token of another type (RFC 9068 `at+jwt`, Back-Channel Logout `logout+jwt`) has the same signer and must
/// never pass for an ID token (RFC 8725 §3.11).
fn check_type(typ: Option<&str>) -> Result<(), Refused> {
    match typ {
        Some(typ) if !typ.eq_ignore_ascii_case("JWT") && !typ.eq_ignore_ascii_case("application/jwt") => {
            Err(Refused::new(ErrorCode::TokenMalformed, "the token is not of type JWT"))
        }
        _ => Ok(()),
    }
}

/// `sid`, of a length that is kept. One of another type or a longer one names no session.
pub(super) fn session(claims: &Claims) -> Option<&str> {
    let sid = claims.present("sid").and_then(Value::as_str);
    sid.filter(|sid| (1..=LONGEST_SUBJECT).contains(&sid.len()))
}

/// Rule 2.
pub(super) fn check_issuer(claims: &Claims, expected: &str) -> Result<String, Refused> {
    let refused = |cause| Refused::new(ErrorCode::TokenIssuer, cause);
    let issuer = claims.text("iss", ErrorCode::TokenIssuer)?.ok_or_else(|| refused("iss is missing"))?;
    if issuer != expected || issuer.is_empty() {
        return Err(refused("iss is another issuer"));
    }
    Ok(issuer.to_owned())
}

/// Rules 3 to 5.
pub(super) fn check_audience(claims: &Claims, client_id: &str) -> Result<(), Refused> {
    let refused = |cause| Refused::new(ErrorCode::TokenAudience, cause);
    let audiences = match claims.present("aud") {
        None => return Err(refused("aud is missing")),
        Some(Value::Array(audiences)) => audiences.as_slice(),
        Some(audience) => std::slice::from_ref(audience),
    };
    if !audiences.iter().all(Value::is_string) {
        return Err(refused("aud is neither a string nor an array of strings"));
    }
    if client_id.is_empty() || !audiences.iter().any(|audience| audience == client_id) {
        return Err(refused("aud lacks the App ID"));
    }
    match claims.text("azp", ErrorCode::TokenAuthorizedParty)? {
        Some(party) if party != client_id => {
            Err(Refused::new(ErrorCode::TokenAuthorizedParty, "azp is another client"))
        }
        None if audiences.len() > 1 => {
            Err(Refused::new(ErrorCode::TokenAuthorizedParty, "several audiences and no azp"))
        }
        _ => Ok(()),
    }
}

/// Rules 9 and 10, and `nbf` (RFC 7519 §4.1.5).
pub(super) fn check_times(claims: &Claims, now: u64, leeway: u64) -> Result<(), Refused> {
    let expires = claims
        .time("exp", ErrorCode::TokenExpired)?
        .ok_or_else(|| Refused::new(ErrorCode::TokenExpired, "exp is missing"))?;
    if now >= expires.saturating_add(leeway) {
        // A token that was issued this moment tells the difference of the clocks.
        let issued = claims.time("iat", ErrorCode::TokenExpired).ok().flatten().unwrap_or(expires);
        let [exp, iat] = [expires, issued].map(|time| now.saturating_sub(time));
        let detail = format_args!("exp was {exp} s ago, iat {iat} s ago, by this server's clock");
        return Err(Refused::new(ErrorCode::TokenExpired, detail));
    }
    let latest = now.saturating_add(leeway);
    let early = |name, time: u64| {
        let ahead = time.saturating_sub(now);
        Refused::new(ErrorCode::TokenNotYetValid, format_args!("{name} is {ahead} s ahead of this server's clock"))
    };
    if let Some(time) = claims.time("nbf", ErrorCode::TokenNotYetValid)?.filter(|time| *time > latest) {
        return Err(early("nbf", time));
    }
    match claims.time("iat", ErrorCode::TokenNotYetValid)? {
        None => Err(Refused::new(ErrorCode::TokenNotYetValid, "iat is missing")),
        Some(time) if time > latest => Err(early("iat", time)),
        Some(_) => Ok(()),
    }
}

/// Rule 11.
fn check_nonce(claims: &Claims, expected: &str) -> Result<(), Refused> {
    let refused = |cause| Refused::new(ErrorCode::TokenNonce, cause);
    let nonce = claims.text("nonce", ErrorCode::TokenNonce)?.ok_or_else(|| refused("nonce is missing"))?;
    // An empty nonce binds nothing, whoever expects it.
    if expected.is_empty() || !bool::from(nonce.as_bytes().ct_eq(expected.as_bytes())) {
        return Err(refused("nonce is another"));
    }
    Ok(())
}

/// §3.1.3.8: optional in the code flow, binding when it is there.
fn check_access_token(claims: &Claims, algorithm: Algorithm, access_token: Option<&str>) -> Result<(), Refused> {
    let stated = claims.text("at_hash", ErrorCode::TokenAccessTokenHash)?;
    let (Some(stated), Some(access_token)) = (stated, access_token) else { return Ok(()) };
    if bool::from(stated.as_bytes().ct_eq(at_hash(algorithm, access_token).as_bytes())) {
        Ok(())
    } else {
        Err(Refused::new(ErrorCode::TokenAccessTokenHash, "at_hash is of another access token"))
    }
}

/// §2: locally unique, at most 255 ASCII characters; other alphabets are let through within as many bytes.
pub(super) fn check_subject(claims: &Claims) -> Result<String, Refused> {
    let refused = |cause| Refused::new(ErrorCode::TokenSubject, cause);
    let subject = claims.text("sub", ErrorCode::TokenSubject)?.ok_or_else(|| refused("sub is missing"))?;
    if subject.is_empty() {
        return Err(refused("sub is empty"));
    }
    if subject.len() > LONGEST_SUBJECT {
        return Err(refused("sub is longer than 255 bytes"));
    }
    Ok(subject.to_owned())
}
