//! Access tokens for the REST API: JWTs of the profile that RFC 9068 defines, and their validation (§4).

use super::id::{Claims, check_issuer, check_subject, check_times};
use super::verified::Verified;
use crate::codes::{ErrorCode, Refused};
use crate::jose::{Jws, KeySet};
use serde_json::Value;

/// Claims that a rule is about.
const RULED: &[&str] =
    &["at_hash", "aud", "client_id", "exp", "iat", "iss", "nbf", "nonce", "organization_id", "scope", "sub"];
/// Begins the audience of an organization token at Logto.
const ORGANIZATION: &str = "urn:logto:organization:";

/// What the provider allows the bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// `sub`: the user, or the client itself where no user takes part.
    pub subject: String,
    /// `client_id`: the application that asked for the token (RFC 8693 §4.3).
    pub client_id: String,
    /// The words of `scope` (RFC 8693 §4.2).
    pub scopes: Vec<String>,
    /// The organization that the token is limited to.
    pub organization: Option<String>,
}

impl AccessToken {
    /// Whether no user takes part: a client got the token for itself (RFC 9068 §2.2).
    pub fn is_of_a_client(&self) -> bool {
        self.subject == self.client_id
    }
}

/// What the token must be about.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The issuer identifier of the provider.
    pub issuer: &'a str,
    /// The API's resource indicator (RFC 8707 §2).
    pub resource: &'a str,
    /// The client that signs visitors in: a token for it is an ID token.
    pub client_id: &'a str,
    /// Unix time, in seconds.
    pub now: u64,
    /// Seconds by which the provider's clock and ours may differ.
    pub leeway: u64,
}

/// Verifies an access token: signature first, then every rule of RFC 9068 §4.
///
/// # Errors
/// A [`Refused`] with one of the `Token…` refusals. [`ErrorCode::TokenKeyUnknown`] is the one that is worth a second try
/// with fresh keys.
pub fn verify(compact: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Verified<AccessToken>, Refused> {
    let jws = Jws::parse(compact)?;
    check_type(jws.typ())?;
    let payload = keys.verify(&jws)?;
    let claims = Claims(payload.claims(|name| RULED.contains(&name))?);

    check_issuer(&claims, expected.issuer)?;
    let organization = check_audience(&claims, expected)?;
    check_times(&claims, expected.now, expected.leeway)?;
    refuse_id_tokens(&claims)?;
    let subject = check_subject(&claims)?;
    let client_id = claims.text("client_id", ErrorCode::TokenAuthorizedParty)?.unwrap_or_default().to_owned();
    if client_id.is_empty() {
        return Err(Refused::new(ErrorCode::TokenAuthorizedParty, "client_id is missing"));
    }
    let scope = claims.text("scope", ErrorCode::TokenMalformed)?.unwrap_or_default();
    let scopes = scope.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Ok(Verified::new(AccessToken { subject, client_id, scopes, organization }))
}

/// RFC 9068 §4 wants `at+jwt`. Some versions of Logto write `JWT` or nothing: then the audience and [`refuse_id_tokens`]
/// tell an access token from others of the same signer (RFC 8725 §3.12).
fn check_type(typ: Option<&str>) -> Result<(), Refused> {
    let Some(typ) = typ else { return Ok(()) };
    let name = typ.to_ascii_lowercase();
    match name.strip_prefix("application/").unwrap_or(&name) {
        "at+jwt" | "jwt" => Ok(()),
        _ => Err(Refused::new(ErrorCode::TokenMalformed, "the token is of another type than at+jwt")),
    }
}

/// The API is among the audiences (RFC 7519 §4.1.3), or one organization at Logto is; gives the organization, if the token
/// is limited to one. Two organizations cannot both be meant.
fn check_audience(claims: &Claims, expected: &Expected<'_>) -> Result<Option<String>, Refused> {
    let refused = |cause| Refused::new(ErrorCode::TokenAudience, cause);
    let audiences = match claims.present("aud") {
        None => return Err(refused("aud is missing")),
        Some(Value::Array(audiences)) => audiences.iter().map(Value::as_str).collect::<Option<Vec<_>>>(),
        Some(audience) => audience.as_str().map(|audience| vec![audience]),
    };
    let audiences = audiences.ok_or_else(|| refused("aud is neither a string nor an array of strings"))?;
    if audiences.contains(&expected.client_id) {
        return Err(refused("aud is the App ID, as in an ID token"));
    }
    let named = claims.text("organization_id", ErrorCode::TokenAudience)?;
    let mut organizations: Vec<&str> = audiences.iter().filter_map(|name| name.strip_prefix(ORGANIZATION)).collect();
    organizations.extend(named);
    organizations.sort_unstable();
    organizations.dedup();
    if !audiences.contains(&expected.resource) && !audiences.iter().any(|name| name.starts_with(ORGANIZATION)) {
        return Err(refused("aud lacks the API identifier"));
    }
    match organizations.as_slice() {
        [] => Ok(None),
        [organization] if !organization.is_empty() => Ok(Some((*organization).to_owned())),
        _ => Err(refused("the token is limited to more than one organization, or to one without a name")),
    }
}

/// Claims that only ID tokens have (OpenID Connect Core §2, §3.1.3.6).
fn refuse_id_tokens(claims: &Claims) -> Result<(), Refused> {
    if ["nonce", "at_hash"].iter().any(|name| claims.present(name).is_some()) {
        return Err(Refused::new(ErrorCode::TokenMalformed, "the token has claims of an ID token"));
    }
    Ok(())
}
