//! The userinfo endpoint (OpenID Connect Core §5.3).

use super::answer;
use super::http::{self, AccessToken};
use crate::codes::{ErrorCode, Refused};
use crate::protocol::{HttpRequest, HttpResponse, Site};
use crate::settings::Logto;
use crate::token::{Verified, claims, claims::Wanted, id::IdToken};
use serde_json::{Map, Value};

/// The request for the claims.
pub fn request(endpoint: &str, access_token: &AccessToken, logto: &Logto, site: &Site) -> HttpRequest {
    let trusted = http::is_trusted(endpoint, logto, site);
    http::get_with_token(endpoint, "authorization", "Bearer ", access_token).to_trusted_host(trusted)
}

/// Judges the answer to [`request`]: claims about the same subject as the ID token's, or nothing.
///
/// # Errors
/// [`ErrorCode::UserinfoSubject`], [`ErrorCode::UserinfoError`], or a refusal of the kind `Provider…`.
pub fn process(
    response: &HttpResponse,
    id_token: &Verified<IdToken>,
    wanted: Wanted<'_>,
) -> Result<Map<String, Value>, Refused> {
    // A signed or encrypted answer is only ever sent to a client that registered for it (§5.3.2).
    if response.content_type.to_ascii_lowercase().starts_with("application/jwt") {
        return Err(Refused::new(ErrorCode::UserinfoError, "userinfo: a signed answer was not asked for"));
    }
    // RFC 6750 §3: a refused access token is answered with a header field; a body is not needed.
    if response.error.is_none() && matches!(response.status, 401 | 403) {
        return Err(Refused::new(ErrorCode::UserinfoError, format_args!("userinfo: HTTP {}", response.status)));
    }
    let answer = answer::json_and_more(response, "userinfo", claims::is_used, |name| wanted.has(name))?;
    if answer.status != 200 {
        return Err(Refused::new(ErrorCode::UserinfoError, format_args!("userinfo: HTTP {}", answer.status)));
    }
    match answer.body {
        Value::Object(claims) if claims.get("sub").and_then(Value::as_str) == Some(&id_token.subject) => Ok(claims),
        _ => Err(Refused::new(ErrorCode::UserinfoSubject, "userinfo: sub is not the ID token's")),
    }
}
