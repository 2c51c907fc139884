//! HTTP requests to providers: what all of them have in common, and what may go into a header field.

use crate::crypto::secret::Secret;
use crate::protocol::{HttpRequest, Site};
use crate::settings::Logto;
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

/// Milliseconds until a request counts as failed: the visitor waits for it.
const TIMEOUT_MS: u64 = 5000;
/// Longest response that is read, in bytes.
pub const MAX_RESPONSE_BYTES: u64 = 1024 * 1024;
/// Longest token that is taken, in bytes: far more than a header field of common servers carries.
pub const MAX_TOKEN_BYTES: usize = 64 * 1024;

/// An access token that may go into a header field. A provider's bytes get there in no other way.
#[derive(Debug, Clone)]
pub struct AccessToken(Secret);

impl AccessToken {
    /// Takes visible ASCII (RFC 6749 appendix A.12, without the space that a header field could lose).
    ///
    /// # Errors
    /// What is wrong with `text`, for the log.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.len() > MAX_TOKEN_BYTES {
            return Err("the access token is longer than the limit");
        }
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err("the access token is not visible ASCII (RFC 6749 appendix A.12)");
        }
        Ok(Self(Secret::new(text)))
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// Whether an admin named the host of a URL: it is the tenant's, or the site trusts it. Metadata may name others, which
/// then get no secret inside the server's own network.
pub fn is_trusted(url: &str, logto: &Logto, site: &Site) -> bool {
    Url::parse(url).is_ok_and(|url| logto.has_host(&url) || site.trusts(&url))
}

/// A GET for JSON.
pub fn get(url: &str) -> HttpRequest {
    request("GET", url.to_owned(), None)
}

/// A GET for JSON with an access token in the header field `name`, after `scheme`.
pub fn get_with_token(url: &str, name: &'static str, scheme: &'static str, token: &AccessToken) -> HttpRequest {
    let mut request = get(url);
    request.headers.insert(name, format!("{scheme}{}", token.expose()));
    request.carrying(&[token.expose()])
}

/// A POST of JSON.
pub fn post_json(url: String, body: &Value) -> HttpRequest {
    request("POST", url, Some(("application/json", body.to_string())))
}

/// A POST of a form.
pub fn post_form(url: String, body: String) -> HttpRequest {
    request("POST", url, Some(("application/x-www-form-urlencoded", body)))
}

fn request(method: &'static str, url: String, body: Option<(&'static str, String)>) -> HttpRequest {
    let mut headers = BTreeMap::from([("accept", "application/json".to_owned())]);
    headers.extend(body.as_ref().map(|(content_type, _)| ("content-type", (*content_type).to_owned())));
    let body = body.map(|(_, body)| body);
    HttpRequest {
        method,
        url,
        headers,
        body,
        timeout_ms: TIMEOUT_MS,
        max_bytes: MAX_RESPONSE_BYTES,
        trusted_host: false,
        exclusive: false,
        secrets: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fault S18: an access token with CR LF went into a header field as it was.
    #[test]
    fn fault_s18_an_access_token_is_visible_ascii() {
        for text in ["", "a b", "a\r\nx-injected: 1", "a\n", "a\0", "tökén", "\u{7f}", &"x".repeat(MAX_TOKEN_BYTES + 1)]
        {
            assert!(AccessToken::parse(text).is_err(), "{text:.40?}");
        }
        for text in ["a", "eyJ.eyJ.sig-_~+/=", &"x".repeat(MAX_TOKEN_BYTES)] {
            assert_eq!(AccessToken::parse(text).expect("a token").expose(), text);
        }
    }

    #[test]
    fn an_access_token_is_never_printed() {
        assert!(!format!("{:?}", AccessToken::parse("secret-token").expect("a token")).contains("secret-token"));
    }
}
