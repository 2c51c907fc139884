//! What is asked of a provider and what its answers must be: one file per endpoint.

pub mod answer;
pub mod authorization;
pub mod dingtalk;
pub mod discovery;
pub mod end_session;
pub mod jwks;
pub mod token;
pub mod userinfo;

use crate::protocol::HttpRequest;
use std::collections::BTreeMap;

/// Milliseconds until a request counts as failed: the visitor waits for it.
pub const TIMEOUT_MS: u64 = 5000;
/// Longest response that is read, in bytes.
pub const MAX_RESPONSE_BYTES: u64 = 1024 * 1024;

/// A GET for JSON.
fn get(url: &str, authorization: Option<String>) -> HttpRequest {
    let mut headers = BTreeMap::from([("accept", "application/json".to_owned())]);
    if let Some(authorization) = authorization {
        headers.insert("authorization", authorization);
    }
    HttpRequest {
        method: "GET",
        url: url.to_owned(),
        headers,
        body: None,
        timeout_ms: TIMEOUT_MS,
        max_bytes: MAX_RESPONSE_BYTES,
    }
}
