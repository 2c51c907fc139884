//! What a provider tells about the application without a visitor: each request asks for something that cannot be had, and
//! the error says what was wrong first.

use super::answer::{self, is_error, oauth_error};
use super::discovery::Metadata;
use super::{end_session, http, token};
use crate::codes::{ErrorCode, Refused};
use crate::crypto::pkce;
use crate::json;
use crate::protocol::{Finding, HttpRequest, HttpResponse, Site};
use crate::settings::Logto;
use serde_json::Value;
use url::Url;

/// A code that no provider has issued.
const CODE: &str = "connection-check";
/// Stands for `state`, and for the PKCE verifier (RFC 7636 §4.1); no visitor comes back with it.
const UNUSED: &str = "connection-check-of-the-logto-sign-in-plugin";

/// The request that exchanges a code that does not exist, as a sign-in would.
pub fn application_request(metadata: &Metadata, logto: &Logto, site: &Site) -> HttpRequest {
    token::request(metadata, logto, site, CODE, UNUSED)
}

/// The same request of a client without a secret, which a web application must not be.
pub fn public_request(metadata: &Metadata, logto: &Logto, site: &Site) -> HttpRequest {
    token::public_request(metadata, logto, site, CODE, UNUSED)
}

/// Judges the answer to either request (RFC 6749 §5.2): a client is authenticated before its code is looked at. Logto
/// answers 400 for a client that it does not know, and 401 for a wrong secret.
///
/// # Errors
/// A refusal of the kind `Provider…`.
pub fn application(response: &HttpResponse) -> Result<(Finding, String), Refused> {
    let answer = answer::json(response, "token endpoint", is_error)?;
    let (error, description) = oauth_error(&answer.body);
    let finding = match (error.as_str(), answer.status) {
        ("invalid_grant", _) => Finding::ApplicationAccepted,
        ("unauthorized_client", _) => Finding::ApplicationType,
        // Logto's word for it; the request itself is that of a sign-in.
        ("invalid_request", _) if description.contains("grant type") => Finding::ApplicationType,
        ("invalid_client", 400) => Finding::ApplicationUnknown,
        ("invalid_client", _) | (_, 401) => Finding::ApplicationSecret,
        _ => Finding::CheckUnclear,
    };
    Ok((finding, describe(answer.status, &error)))
}

/// The authentication request of nobody: `prompt=none` ends without a page (OpenID Connect Core §3.1.2.1).
///
/// # Errors
/// [`ErrorCode::MetadataUnusable`] when the authorization endpoint is not a URL.
pub fn redirect_uri_request(metadata: &Metadata, logto: &Logto, site: &Site) -> Result<HttpRequest, Refused> {
    let mut url = Url::parse(&metadata.authorization_endpoint)
        .map_err(|_| Refused::new(ErrorCode::MetadataUnusable, "authorization_endpoint is not a URL"))?;
    url.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("client_id", &logto.app_id),
        ("redirect_uri", &site.redirect_uri),
        ("scope", "openid"),
        ("state", UNUSED),
        ("nonce", &format!("{UNUSED}-nonce")),
        ("code_challenge", &pkce::challenge(UNUSED)),
        ("code_challenge_method", "S256"),
        ("prompt", "none"),
    ]);
    Ok(get(url.as_str(), logto, site))
}

/// Judges the answer to [`redirect_uri_request`]: an error goes to the redirect URI only if that is registered
/// (RFC 6749 §4.1.2.1).
///
/// # Errors
/// A refusal of the kind `Provider…`.
pub fn redirect_uri(response: &HttpResponse) -> Result<(Finding, String), Refused> {
    answer::arrived(response, "authorization endpoint")?;
    let error = error_of(response);
    let finding = match (response.status, error.as_str()) {
        (300..=399, _) => Finding::RedirectUriRegistered,
        (_, "invalid_redirect_uri") => Finding::RedirectUriUnregistered,
        (_, "invalid_client") => Finding::ApplicationUnknown,
        (_, "unauthorized_client") => Finding::ApplicationType,
        _ => Finding::CheckUnclear,
    };
    Ok((finding, describe(response.status, &error)))
}

/// The logout request of nobody; `None` when the provider has no such endpoint.
pub fn post_logout_uri_request(metadata: &Metadata, logto: &Logto, site: &Site) -> Option<HttpRequest> {
    Some(get(&end_session::url(metadata, logto, site, UNUSED)?, logto, site))
}

/// Judges the answer to [`post_logout_uri_request`]: a URI that is not registered is an error
/// (RP-Initiated Logout §3).
///
/// # Errors
/// A refusal of the kind `Provider…`.
pub fn post_logout_uri(response: &HttpResponse) -> Result<(Finding, String), Refused> {
    answer::arrived(response, "end-session endpoint")?;
    let error = error_of(response);
    let finding = match (response.status, error.as_str()) {
        (200..=399, _) => Finding::PostLogoutUriRegistered,
        (_, "invalid_client") => Finding::ApplicationUnknown,
        (400, _) => Finding::PostLogoutUriUnregistered,
        _ => Finding::CheckUnclear,
    };
    Ok((finding, describe(response.status, &error)))
}

fn get(url: &str, logto: &Logto, site: &Site) -> HttpRequest {
    http::get(url).to_trusted_host(http::is_trusted(url, logto, site))
}

/// The `error` of a body that may be a page.
fn error_of(response: &HttpResponse) -> String {
    json::members(response.body.as_bytes(), is_error)
        .map(|body| oauth_error(&Value::Object(body)).0)
        .unwrap_or_default()
}

/// The status, and the error if it is a word (RFC 6749 §5.2).
fn describe(status: u16, error: &str) -> String {
    let is_word = !error.is_empty() && error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if is_word { format!("HTTP {status} {error}") } else { format!("HTTP {status}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn response(status: u16, error: &str) -> HttpResponse {
        HttpResponse { status, body: json!({ "error": error }).to_string(), ..HttpResponse::default() }
    }

    #[test]
    fn the_first_thing_that_is_wrong_is_named() {
        for (status, error, finding) in [
            (400, "invalid_grant", Finding::ApplicationAccepted),
            (401, "invalid_client", Finding::ApplicationSecret),
            (400, "invalid_client", Finding::ApplicationUnknown),
            (400, "unauthorized_client", Finding::ApplicationType),
            (200, "", Finding::CheckUnclear),
            (400, "invalid_scope", Finding::CheckUnclear),
        ] {
            assert_eq!(application(&response(status, error)).expect("a finding").0, finding, "{status} {error}");
        }
    }

    #[test]
    fn a_page_says_less_than_an_error() {
        let page = |status| HttpResponse { status, body: "<html>".into(), ..HttpResponse::default() };

        assert_eq!(redirect_uri(&page(303)).expect("a finding").0, Finding::RedirectUriRegistered);
        assert_eq!(redirect_uri(&page(400)).expect("a finding").0, Finding::CheckUnclear);
        assert_eq!(
            redirect_uri(&response(400, "invalid_redirect_uri")).expect("a finding").0,
            Finding::RedirectUriUnregistered
        );
        assert_eq!(post_logout_uri(&page(200)).expect("a finding").0, Finding::PostLogoutUriRegistered);
        assert_eq!(post_logout_uri(&page(400)).expect("a finding").0, Finding::PostLogoutUriUnregistered);
        assert_eq!(redirect_uri(&page(503)).expect_err("refused").code, ErrorCode::ProviderError);
    }

    #[test]
    fn only_a_word_is_repeated() {
        assert_eq!(describe(400, "invalid_grant"), "HTTP 400 invalid_grant");
        assert_eq!(describe(400, "<script>"), "HTTP 400");
    }

    #[test]
    fn an_application_that_signs_nobody_in_is_of_another_type() {
        let body = json!({"error": "invalid_request", "error_description": "requested grant type is not allowed"});
        let response = HttpResponse { status: 400, body: body.to_string(), ..HttpResponse::default() };

        assert_eq!(application(&response).expect("a finding").0, Finding::ApplicationType);
    }
}
