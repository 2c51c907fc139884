//! Provider metadata (OpenID Connect Discovery 1.0 §3 and §4).

use super::{answer, http};
use crate::codes::{ErrorCode, Refused};
use crate::jose::Algorithm;
use crate::protocol::{HttpRequest, HttpResponse, Site};
use crate::settings::{Logto, is_loopback};
use crate::text::truncate_for_log;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::net::Ipv4Addr;
use url::{Host, Url};

/// Seconds for which cached metadata count as fresh.
pub const METADATA_TTL_SECS: u64 = 3600;
/// Seconds for which they are kept: stale ones serve while another visitor's request fetches them again.
pub const METADATA_KEPT_SECS: u64 = 2 * METADATA_TTL_SECS;

/// Members of the metadata that count (Discovery §3, RFC 8414 §2, RFC 9207 §3, RP-Initiated Logout §2.1).
const MEMBERS: &[&str] = &[
    "authorization_endpoint",
    "authorization_response_iss_parameter_supported",
    "code_challenge_methods_supported",
    "end_session_endpoint",
    "id_token_signing_alg_values_supported",
    "issuer",
    "jwks_uri",
    "token_endpoint",
    "token_endpoint_auth_methods_supported",
    "userinfo_endpoint",
];

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
    /// Whether the metadata announce PKCE with S256 (RFC 8414 §2).
    pub announces_pkce: bool,
    /// Algorithms of ID tokens that the provider announces, of those that can be verified.
    pub signing_algorithms: Vec<String>,
}

/// The request for the metadata (Discovery §4.1).
pub fn request(logto: &Logto) -> HttpRequest {
    let issuer = logto.issuer.trim_end_matches('/');
    http::get(&format!("{issuer}/.well-known/openid-configuration")).to_trusted_host(true)
}

/// Judges the answer to [`request`].
///
/// # Errors
/// [`ErrorCode::IssuerMismatch`], [`ErrorCode::MetadataUnusable`], or a refusal of the kind `Provider…`.
pub fn process(response: &HttpResponse, logto: &Logto, site: &Site, now: u64) -> Result<Metadata, Refused> {
    let answer = answer::json(response, "metadata", |name| MEMBERS.contains(&name))?;
    if answer.status != 200 {
        return Err(Refused::new(ErrorCode::ProviderAnswer, format_args!("metadata: HTTP {}", answer.status)));
    }
    let document = Document { body: &answer.body, logto, site };
    let issuer = document.text("issuer").unwrap_or_default();
    if issuer != logto.issuer {
        let detail = format!("metadata names the issuer {:?}, not {:?}", truncate_for_log(issuer), logto.issuer);
        return Err(Refused::new(ErrorCode::IssuerMismatch, detail));
    }
    // RFC 9700 §2.1.1: support for PKCE is confirmed, never assumed. Where another provider does not say, the nonce alone
    // guards against injected codes, as that section allows; the check of the connection tells it.
    let pkce = "code_challenge_methods_supported";
    let is_unstated = !logto.is_tenant && answer.body.get(pkce).is_none();
    if !document.lists(pkce, "S256") && !is_unstated {
        return Err(unusable("no PKCE with S256"));
    }
    let methods = "token_endpoint_auth_methods_supported";
    let post = !document.lists(methods, "client_secret_basic") && document.lists(methods, "client_secret_post");
    Ok(Metadata {
        issuer: issuer.to_owned(),
        fetched_at: now,
        authorization_endpoint: document.required("authorization_endpoint")?,
        token_endpoint: document.required("token_endpoint")?,
        userinfo_endpoint: document.endpoint("userinfo_endpoint")?,
        jwks_uri: document.required("jwks_uri")?,
        end_session_endpoint: document.endpoint("end_session_endpoint")?,
        client_authentication: if post { ClientAuthentication::Post } else { ClientAuthentication::Basic },
        response_issuer: answer.body.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true)),
        announces_pkce: !is_unstated,
        signing_algorithms: (Algorithm::ALL.iter().map(|algorithm| algorithm.name()))
            .filter(|name| document.lists("id_token_signing_alg_values_supported", name))
            .map(str::to_owned)
            .collect(),
    })
}

impl Metadata {
    /// Whose metadata this is.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether cached metadata are this issuer's and fresh.
    pub fn is_fresh(&self, logto: &Logto, now: u64) -> bool {
        self.is_younger_than(METADATA_TTL_SECS, logto, now)
    }

    /// Whether cached metadata are this issuer's and may serve while fresh ones are on their way.
    pub fn is_usable(&self, logto: &Logto, now: u64) -> bool {
        self.is_younger_than(METADATA_KEPT_SECS, logto, now)
    }

    fn is_younger_than(&self, seconds: u64, logto: &Logto, now: u64) -> bool {
        self.fetched_at <= now && now - self.fetched_at < seconds && self.issuer == logto.issuer
    }
}

fn unusable(cause: impl std::fmt::Display) -> Refused {
    Refused::new(ErrorCode::MetadataUnusable, format_args!("metadata: {cause}"))
}

/// What an issuer said, and whom it may name.
struct Document<'a> {
    body: &'a Value,
    logto: &'a Logto,
    site: &'a Site,
}

impl<'a> Document<'a> {
    fn text(&self, name: &str) -> Option<&'a str> {
        self.body.get(name).and_then(Value::as_str)
    }

    fn lists(&self, name: &str, wanted: &str) -> bool {
        self.body.get(name).and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == wanted))
    }

    fn required(&self, name: &str) -> Result<String, Refused> {
        self.endpoint(name)?.ok_or_else(|| unusable(format_args!("no {name}")))
    }

    /// An endpoint's URL: https, or http where the issuer itself is on this machine.
    fn endpoint(&self, name: &str) -> Result<Option<String>, Refused> {
        let Self { logto, site, .. } = self;
        let Some(text) = self.text(name) else { return Ok(None) };
        let url = Url::parse(text).map_err(|_| unusable(format_args!("{name} is not a URL")))?;
        let safe = url.scheme() == "https" || (url.scheme() == "http" && logto.is_loopback() && is_loopback(&url));
        let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        if !safe || !plain || url.host_str().is_none_or(str::is_empty) {
            return Err(unusable(format_args!("{name} is not https")));
        }
        // An admin entered the endpoint and the trusted hosts. Nobody vouches for another address of the server's own
        // network; names that lead there are the HTTP client's affair (`HttpRequest::trusted_host`).
        if !(logto.has_host(&url) || logto.is_loopback() || site.trusts(&url)) && is_internal(&url) {
            return Err(unusable(format_args!("{name} is an address of an internal network")));
        }
        Ok(Some(url.into()))
    }
}

/// Whether the host is the literal of an address that is not publicly reachable (RFC 6890).
fn is_internal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_internal_v4(ip),
        Some(Host::Ipv6(ip)) => match ip.to_ipv4_mapped() {
            Some(ip) => is_internal_v4(ip),
            None => {
                ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_unique_local()
                    || ip.is_unicast_link_local()
                    || ip.is_multicast()
            }
        },
        _ => false,
    }
}

fn is_internal_v4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let reserved = first == 0 || first >= 224 || (first == 198 && matches!(second, 18 | 19));
    ip.is_private() || ip.is_loopback() || ip.is_link_local() || shared || reserved
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
        process(&response, settings("https://t.example").logto()?, &Site::default(), 1000)
    }

    #[test]
    fn metadata_of_logto_are_accepted_and_cached_for_their_issuer_alone() {
        let metadata = judged(&document()).expect("metadata");
        assert_eq!(metadata.client_authentication, ClientAuthentication::Basic);
        assert!(metadata.response_issuer);
        let fresh = |endpoint: &str, now| metadata.is_fresh(settings(endpoint).logto().expect("logto"), now);
        assert!(fresh("https://t.example", 1000) && fresh("https://t.example", 1000 + METADATA_TTL_SECS - 1));
        assert!(!fresh("https://t.example", 1000 + METADATA_TTL_SECS) && !fresh("https://t.example", 999));
        assert!(!fresh("https://other.example", 1001));
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

    /// Fault R7: metadata could name addresses of the server's own network, and the secret was posted there.
    #[test]
    fn fault_r7_metadata_choose_no_internal_address() {
        let named = |name: &str, value: &str| {
            let mut changed = document();
            changed[name] = json!(value);
            judged(&changed).map(drop).map_err(|refused| refused.code)
        };
        for host in [
            "169.254.169.254",
            "10.0.0.5:8443",
            "172.16.0.1",
            "192.168.1.1",
            "127.0.0.1",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "240.0.0.1",
            "[::1]",
            "[::]",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
        ] {
            for name in ["token_endpoint", "jwks_uri", "userinfo_endpoint"] {
                let refused = named(name, &format!("https://{host}/x"));
                assert_eq!(refused, Err(ErrorCode::MetadataUnusable), "{name} {host}");
            }
        }
        assert_eq!(named("jwks_uri", "https://keys.example/jwks"), Ok(()), "another public host");
        assert_eq!(named("jwks_uri", "https://93.184.215.14/jwks"), Ok(()), "a public address");
    }

    #[test]
    fn fault_r7_an_admin_may_name_internal_hosts() {
        let site = Site { trusted_hosts: vec!["10.0.0.5:8443".into(), "keys.internal".into()], ..Site::default() };
        for (url, expected) in [
            ("https://10.0.0.5:8443/jwks", Ok(())),
            ("https://keys.internal/jwks", Ok(())),
            ("https://10.0.0.5/jwks", Err(ErrorCode::MetadataUnusable)),
            ("https://10.0.0.6:8443/jwks", Err(ErrorCode::MetadataUnusable)),
        ] {
            let mut changed = document();
            changed["jwks_uri"] = json!(url);
            let response = HttpResponse { status: 200, body: changed.to_string(), ..HttpResponse::default() };
            let settings = settings("https://t.example");

            let judged = process(&response, settings.logto().expect("logto"), &site, 1000);

            assert_eq!(judged.map(drop).map_err(|refused| refused.code), expected, "{url}");
        }
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
    fn another_provider_may_leave_pkce_unsaid_and_never_deny_it() {
        let other = Settings::read(&json!({"issuer": "https://t.example/oidc", "app_id": "app", "app_secret": "s"}));
        let judged = |methods: Value| {
            let mut changed = document();
            changed["code_challenge_methods_supported"] = methods;
            changed.as_object_mut().expect("an object").retain(|_, value| value != "unsaid");
            let response = HttpResponse { status: 200, body: changed.to_string(), ..HttpResponse::default() };
            process(&response, other.logto().expect("ready"), &Site::default(), 1000).map(|found| found.announces_pkce)
        };

        assert_eq!((judged(json!("unsaid")), judged(json!(["plain", "S256"]))), (Ok(false), Ok(true)));
        for methods in [json!([]), json!(["plain"]), json!(null)] {
            assert_eq!(judged(methods).expect_err("refused").code, ErrorCode::MetadataUnusable);
        }
    }

    #[test]
    fn the_metadata_are_below_the_issuer_whatever_its_shape() {
        for (issuer, url) in [
            ("https://id.example", "https://id.example/.well-known/openid-configuration"),
            ("https://id.example/", "https://id.example/.well-known/openid-configuration"),
            ("https://id.example/a/b", "https://id.example/a/b/.well-known/openid-configuration"),
            ("https://id.example/a/b/", "https://id.example/a/b/.well-known/openid-configuration"),
        ] {
            let settings = Settings::read(&json!({"issuer": issuer, "app_id": "app", "app_secret": "s"}));
            assert_eq!(request(settings.logto().expect("ready")).url, url);
            assert_eq!(settings.logto().expect("ready").issuer, issuer, "compared to the letter");
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
