//! Provider metadata (OpenID Connect Discovery 1.0 §3 and §4).

use super::answer;
use crate::codes::{ErrorCode, Refused};
use crate::protocol::{CacheWrite, HttpRequest, HttpResponse};
use crate::settings::{Logto, is_loopback};
use crate::text::truncate_for_log;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

/// Seconds for which cached metadata count as fresh.
const METADATA_TTL_SECS: u64 = 3600;

/// How the client authenticates at the token endpoint (OpenID Connect Core §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// `client_secret_basic`, the default of the specification.
    Basic,
    /// `client_secret_post`, when the metadata offers it and not the default.
    Post,
}

/// The part of the metadata that a sign-in needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    issuer: String,
    fetched_at: u64,
    /// Where the visitor is sent.
    pub authorization_endpoint: String,
    /// Where the code is exchanged.
    pub token_endpoint: String,
    /// Where the claims are asked for.
    pub userinfo_endpoint: Option<String>,
    /// Where the keys are.
    pub jwks_uri: String,
    /// Where the visitor signs out.
    pub end_session_endpoint: Option<String>,
    /// How the client authenticates.
    pub client_authentication: ClientAuthentication,
    /// Whether authorization responses carry `iss` (RFC 9207 §3).
    pub response_issuer: bool,
}

/// The request for the metadata (Discovery §4.1).
pub fn request(logto: &Logto) -> HttpRequest {
    super::get(&format!("{}/.well-known/openid-configuration", logto.issuer), None)
}

/// Judges the answer to [`request`].
///
/// # Errors
/// [`ErrorCode::IssuerMismatch`], [`ErrorCode::MetadataUnusable`], or a refusal of the kind `Provider…`.
pub fn process(response: &HttpResponse, logto: &Logto, now: u64) -> Result<Metadata, Refused> {
    let answer = answer::json(response, "metadata")?;
    if answer.status != 200 {
        return Err(Refused::new(ErrorCode::ProviderAnswer, format_args!("metadata: HTTP {}", answer.status)));
    }
    let document = Document(&answer.body);
    let issuer = document.text("issuer").unwrap_or_default();
    if issuer != logto.issuer {
        let detail = format!("metadata names the issuer {:?}, not {:?}", truncate_for_log(issuer), logto.issuer);
        return Err(Refused::new(ErrorCode::IssuerMismatch, detail));
    }
    // RFC 9700 §2.1.1: support for PKCE is confirmed, never assumed.
    if !document.lists("code_challenge_methods_supported", "S256") {
        return Err(unusable("no PKCE with S256"));
    }
    let methods = "token_endpoint_auth_methods_supported";
    let post = !document.lists(methods, "client_secret_basic") && document.lists(methods, "client_secret_post");
    Ok(Metadata {
        issuer: issuer.to_owned(),
        fetched_at: now,
        authorization_endpoint: document.required("authorization_endpoint", logto)?,
        token_endpoint: document.required("token_endpoint", logto)?,
        userinfo_endpoint: document.endpoint("userinfo_endpoint", logto)?,
        jwks_uri: document.required("jwks_uri", logto)?,
        end_session_endpoint: document.endpoint("end_session_endpoint", logto)?,
        client_authentication: if post { ClientAuthentication::Post } else { ClientAuthentication::Basic },
        response_issuer: answer.body.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true)),
    })
}

impl Metadata {
    /// Whose metadata this is.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Cached metadata, if they are this issuer's and fresh.
    pub fn cached(value: Option<&Value>, logto: &Logto, now: u64) -> Option<Self> {
        let metadata = Self::deserialize(value?).ok()?;
        let fresh = metadata.fetched_at <= now && now - metadata.fetched_at < METADATA_TTL_SECS;
        (fresh && metadata.issuer == logto.issuer).then_some(metadata)
    }

    /// What to cache.
    pub fn cache_write(&self) -> CacheWrite {
        CacheWrite { key: "discovery", value: serde_json::to_value(self).unwrap_or_default(), ttl: METADATA_TTL_SECS }
    }
}

fn unusable(cause: impl std::fmt::Display) -> Refused {
    Refused::new(ErrorCode::MetadataUnusable, format_args!("metadata: {cause}"))
}

struct Document<'a>(&'a Value);

impl<'a> Document<'a> {
    fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str)
    }

    fn lists(&self, name: &str, wanted: &str) -> bool {
        self.0.get(name).and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == wanted))
    }

    fn required(&self, name: &str, logto: &Logto) -> Result<String, Refused> {
        self.endpoint(name, logto)?.ok_or_else(|| unusable(format_args!("no {name}")))
    }

    /// An endpoint's URL: https, or http where the issuer itself is on this machine.
    fn endpoint(&self, name: &str, logto: &Logto) -> Result<Option<String>, Refused> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let url = Url::parse(text).map_err(|_| unusable(format_args!("{name} is not a URL")))?;
        let safe = url.scheme() == "https" || (url.scheme() == "http" && logto.is_loopback() && is_loopback(&url));
        let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        if !safe || !plain || url.host_str().is_none_or(str::is_empty) {
            return Err(unusable(format_args!("{name} is not https")));
        }
        Ok(Some(url.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use serde_json::json;

    fn settings(endpoint: &str) -> Settings {
        Settings::read(&json!({"endpoint": endpoint, "app_id": "app", "app_secret": "secret"}))
    }

    fn document() -> Value {
        json!({
            "issuer": "https://t.example/oidc",
            "authorization_endpoint": "https://t.example/oidc/auth",
            "token_endpoint": "https://t.example/oidc/token",
            "userinfo_endpoint": "https://t.example/oidc/me",
            "jwks_uri": "https://t.example/oidc/jwks",
            "end_session_endpoint": "https://t.example/oidc/session/end",
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": true
        })
    }

    fn judged(document: &Value) -> Result<Metadata, Refused> {
        let response = HttpResponse { status: 200, body: document.to_string(), ..HttpResponse::default() };
        process(&response, settings("https://t.example").logto()?, 1000)
    }

    #[test]
    fn metadata_of_logto_are_accepted_and_cached_for_their_issuer_alone() {
        let metadata = judged(&document()).expect("metadata");
        assert_eq!(metadata.client_authentication, ClientAuthentication::Basic);
        assert!(metadata.response_issuer);
        let value = metadata.cache_write().value;
        let cached =
            |endpoint: &str, now| Metadata::cached(Some(&value), settings(endpoint).logto().expect("logto"), now);
        assert_eq!(cached("https://t.example", 1000 + METADATA_TTL_SECS - 1), Some(metadata));
        assert_eq!(cached("https://t.example", 1000 + METADATA_TTL_SECS), None);
        assert_eq!(cached("https://t.example", 999), None);
        assert_eq!(cached("https://other.example", 1001), None);
        assert_eq!(
            Metadata::cached(Some(&json!("junk")), settings("https://t.example").logto().expect("logto"), 1001),
            None
        );
    }

    #[test]
    fn the_issuer_must_match_to_the_letter() {
        for issuer in [json!("https://t.example/oidc/"), json!("https://T.example/oidc"), json!(null), json!(["x"])] {
            let mut changed = document();
            changed["issuer"] = issuer;
            assert_eq!(judged(&changed).expect_err("refused").code, ErrorCode::IssuerMismatch);
        }
    }

    #[test]
    fn endpoints_must_be_there_and_https() {
        for name in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
            for value in [json!(null), json!("http://t.example/x"), json!("//x"), json!("http://127.0.0.1/x")] {
                let mut changed = document();
                changed[name] = value;
                assert_eq!(judged(&changed).expect_err(name).code, ErrorCode::MetadataUnusable);
            }
        }
        let mut changed = document();
        changed["end_session_endpoint"] = json!("javascript:alert(1)");
        assert_eq!(judged(&changed).expect_err("scheme").code, ErrorCode::MetadataUnusable);
    }

    #[test]
    fn pkce_is_confirmed() {
        for methods in [json!(null), json!([]), json!(["plain"]), json!("S256")] {
            let mut changed = document();
            changed["code_challenge_methods_supported"] = methods;
            assert_eq!(judged(&changed).expect_err("refused").code, ErrorCode::MetadataUnusable);
        }
    }

    #[test]
    fn post_is_used_only_where_basic_is_not_offered() {
        for (methods, expected) in [
            (json!(["client_secret_post"]), ClientAuthentication::Post),
            (json!(["client_secret_post", "client_secret_basic"]), ClientAuthentication::Basic),
            (json!(null), ClientAuthentication::Basic),
        ] {
            let mut changed = document();
            changed["token_endpoint_auth_methods_supported"] = methods;
            assert_eq!(judged(&changed).expect("metadata").client_authentication, expected);
        }
    }
}
