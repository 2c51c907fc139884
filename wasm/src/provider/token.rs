//! The token endpoint (RFC 6749 §4.1.3, OpenID Connect Core §3.1.3).

use super::answer::{self, is_error, oauth_error};
use super::discovery::{ClientAuthentication, Metadata};
use super::http::{self, AccessToken, MAX_TOKEN_BYTES};
use crate::codes::{ErrorCode, Refused};
use crate::crypto::secret::Secret;
use crate::protocol::{HttpRequest, HttpResponse, Site};
use crate::settings::Logto;
use crate::text::string_member;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use url::form_urlencoded::{Serializer, byte_serialize};

/// Members of the response that count (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
const MEMBERS: &[&str] = &["access_token", "id_token", "refresh_token", "token_type"];
/// Longest refresh token that is kept with a session, in bytes.
const MAX_REFRESH_TOKEN_BYTES: usize = 2048;

/// What the code was exchanged for. Nothing in it has been verified.
#[derive(Clone)]
pub struct Tokens {
    /// The ID token, in compact form.
    pub id_token: String,
    /// The access token.
    pub access_token: AccessToken,
    /// The refresh token, if there is one that can be kept.
    pub refresh_token: Option<Secret>,
}

/// What a refresh token was exchanged for. Nothing in it has been verified.
pub struct Refresh {
    /// The tokens; `None` without an ID token, which the provider may leave out (OpenID Connect Core §12.2).
    pub tokens: Option<Tokens>,
    /// The refresh token that takes the place of the one that was sent (RFC 6749 §6); `None` leaves that in place.
    pub refresh_token: Option<Secret>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens([redacted])")
    }
}

/// The request that exchanges `code`.
pub fn request(metadata: &Metadata, logto: &Logto, site: &Site, code: &str, verifier: &str) -> HttpRequest {
    authenticated(form(site, code, verifier), metadata, logto, site).carrying(&[code, verifier])
}

/// The request that exchanges a refresh token (RFC 6749 §6).
pub fn refresh_request(metadata: &Metadata, logto: &Logto, site: &Site, refresh_token: &str) -> HttpRequest {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "refresh_token").append_pair("refresh_token", refresh_token);
    authenticated(form, metadata, logto, site).carrying(&[refresh_token])
}

/// The request with the client's authentication (RFC 6749 §2.3).
fn authenticated(
    mut form: Serializer<'static, String>,
    metadata: &Metadata,
    logto: &Logto,
    site: &Site,
) -> HttpRequest {
    let (id, secret) = (&logto.app_id, logto.app_secret.expose());
    let request = match metadata.client_authentication {
        ClientAuthentication::Basic => {
            // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
            let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let credentials = STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret)));
            let mut request = http::post_form(metadata.token_endpoint.clone(), form.finish());
            request.headers.insert("authorization", format!("Basic {credentials}"));
            request.carrying(&[&credentials])
        }
        ClientAuthentication::Post => {
            form.append_pair("client_id", id).append_pair("client_secret", secret);
            http::post_form(metadata.token_endpoint.clone(), form.finish())
        }
    };
    let trusted = http::is_trusted(&metadata.token_endpoint, logto, site);
    request.carrying(&[secret]).to_trusted_host(trusted)
}

/// The request of a client that has no secret.
pub fn public_request(metadata: &Metadata, logto: &Logto, site: &Site, code: &str, verifier: &str) -> HttpRequest {
    let mut form = form(site, code, verifier);
    form.append_pair("client_id", &logto.app_id);
    let trusted = http::is_trusted(&metadata.token_endpoint, logto, site);
    http::post_form(metadata.token_endpoint.clone(), form.finish()).to_trusted_host(trusted)
}

/// What both send.
fn form(site: &Site, code: &str, verifier: &str) -> Serializer<'static, String> {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", &site.redirect_uri)
        .append_pair("code_verifier", verifier);
    form
}

/// Judges the answer to [`request`].
///
/// # Errors
/// [`ErrorCode::CodeRejected`], [`ErrorCode::ClientRejected`], [`ErrorCode::TokenError`],
/// [`ErrorCode::IdTokenMissing`], or a refusal of the kind `Provider…`.
pub fn process(response: &HttpResponse) -> Result<Tokens, Refused> {
    let body = granted(response)?;
    tokens(&body)?.ok_or_else(|| Refused::new(ErrorCode::IdTokenMissing, "token endpoint: no id_token"))
}

/// Judges the answer to [`refresh_request`].
///
/// # Errors
/// [`ErrorCode::SessionEnded`] when the provider refuses (RFC 6749 §5.2, `invalid_grant`), else those of [`process`].
pub fn process_refresh(response: &HttpResponse) -> Result<Refresh, Refused> {
    let body = granted(response).map_err(|refused| match refused.code {
        ErrorCode::CodeRejected => Refused::new(ErrorCode::SessionEnded, refused.detail),
        _ => refused,
    })?;
    Ok(Refresh { tokens: tokens(&body)?, refresh_token: refresh_token(&body) })
}

/// The members of a response that grants something.
fn granted(response: &HttpResponse) -> Result<Value, Refused> {
    let answer = answer::json(response, "token endpoint", |name| is_error(name) || MEMBERS.contains(&name))?;
    if answer.status != 200 {
        let (error, description) = oauth_error(&answer.body);
        let refusal = match (error.as_str(), answer.status) {
            ("invalid_grant", _) => ErrorCode::CodeRejected,
            ("invalid_client" | "unauthorized_client", _) | (_, 401) => ErrorCode::ClientRejected,
            _ => ErrorCode::TokenError,
        };
        let detail = format!("token endpoint: HTTP {} {error}: {description}", answer.status);
        return Err(Refused::new(refusal, detail));
    }
    Ok(answer.body)
}

/// The tokens; `None` without an ID token.
fn tokens(body: &Value) -> Result<Option<Tokens>, Refused> {
    let text = |name| string_member(body, name);
    let Some(id_token) = text("id_token") else { return Ok(None) };
    let bearer = text("token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("Bearer"));
    let access_token = text("access_token").filter(|_| bearer).ok_or_else(|| {
        Refused::new(ErrorCode::TokenError, "token endpoint: no access_token of the type Bearer (RFC 6749 §5.1)")
    })?;
    if id_token.len() > MAX_TOKEN_BYTES {
        return Err(Refused::new(ErrorCode::TokenMalformed, "token endpoint: the id_token is longer than the limit"));
    }
    let access_token = AccessToken::parse(access_token)
        .map_err(|cause| Refused::new(ErrorCode::TokenError, format_args!("token endpoint: {cause}")))?;
    Ok(Some(Tokens { id_token: id_token.to_owned(), access_token, refresh_token: refresh_token(body) }))
}

fn refresh_token(body: &Value) -> Option<Secret> {
    let token = string_member(body, "refresh_token")?;
    (1..=MAX_REFRESH_TOKEN_BYTES).contains(&token.len()).then(|| Secret::new(token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(status: u16, body: &Value) -> ErrorCode {
        process(&HttpResponse { status, body: body.to_string(), ..HttpResponse::default() }).expect_err("refused").code
    }

    #[test]
    fn each_error_has_its_refusal() {
        for (status, body, expected) in [
            (400, json!({"error": "invalid_grant"}), ErrorCode::CodeRejected),
            (401, json!({"error": "invalid_client"}), ErrorCode::ClientRejected),
            (400, json!({"error": "invalid_client"}), ErrorCode::ClientRejected),
            (401, json!({}), ErrorCode::ClientRejected),
            (400, json!({"error": "invalid_scope"}), ErrorCode::TokenError),
            (200, json!({"access_token": "a", "token_type": "Bearer"}), ErrorCode::IdTokenMissing),
            (200, json!({"id_token": "i", "access_token": "a", "token_type": "mac"}), ErrorCode::TokenError),
            (200, json!({"id_token": "i", "token_type": "Bearer"}), ErrorCode::TokenError),
            (200, json!({"id_token": null, "access_token": "a", "token_type": "Bearer"}), ErrorCode::IdTokenMissing),
        ] {
            assert_eq!(refusal(status, &body), expected, "{status} {body}");
        }
    }

    #[test]
    fn token_type_is_compared_without_case() {
        let body = json!({"id_token": "i", "access_token": "a", "token_type": "bearer"});
        let response = HttpResponse { status: 200, body: body.to_string(), ..HttpResponse::default() };
        assert_eq!(process(&response).expect("tokens").access_token.expose(), "a");
    }
}
