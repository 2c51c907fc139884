//! Judging an HTTP answer before anything in it is believed.

use crate::codes::{ErrorCode, Refused};
use crate::protocol::{HttpError, HttpResponse};
use crate::text::{string_member, truncate_for_log};
use serde_json::Value;

/// An answer that arrived: its status and its JSON object.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

/// Reads `response` as a JSON object; `what` names the endpoint for the log.
///
/// # Errors
/// A refusal of the kind `Provider…` by cause: nothing arrived, a server error, or no JSON object.
pub fn json(response: &HttpResponse, what: &str) -> Result<Answer, Refused> {
    if let Some(error) = response.error {
        let (code, cause) = match error {
            HttpError::Timeout => (ErrorCode::ProviderTimeout, "no response in time"),
            HttpError::Tls => (ErrorCode::ProviderTls, "the certificate is not trusted"),
            HttpError::TooLarge => (ErrorCode::ProviderTooLarge, "the response is longer than the limit"),
            HttpError::Connection => (ErrorCode::ProviderUnreachable, "no connection"),
            HttpError::Blocked => (ErrorCode::ProviderBlocked, "WordPress sends no request to this address"),
            HttpError::Busy => (ErrorCode::ProviderUnreachable, "another visitor's request is still waiting"),
        };
        return Err(Refused::new(code, format_args!("{what}: {cause}")));
    }
    let refuse = |refusal, cause: &str| {
        Refused::new(
            refusal,
            format_args!("{what}: {cause} (HTTP {}, {})", response.status, truncate_for_log(&response.content_type)),
        )
    };
    if response.body.len() as u64 > super::http::MAX_RESPONSE_BYTES {
        return Err(refuse(ErrorCode::ProviderTooLarge, "the answer is longer than the limit"));
    }
    match response.status {
        200..=299 | 400..=499 => {}
        500..=599 => return Err(refuse(ErrorCode::ProviderError, "server error")),
        0 => return Err(refuse(ErrorCode::ProviderUnreachable, "no answer")),
        _ => return Err(refuse(ErrorCode::ProviderAnswer, "redirects are not followed")),
    }
    match serde_json::from_str(&response.body) {
        Ok(body @ Value::Object(_)) => Ok(Answer { status: response.status, body }),
        _ if response.status >= 400 => Err(refuse(ErrorCode::ProviderAnswer, "an error without a JSON object")),
        _ => Err(refuse(ErrorCode::ProviderAnswer, "not a JSON object")),
    }
}

/// `error` and `error_description` of an OAuth error (RFC 6749 §5.2), for the log.
pub fn oauth_error(body: &Value) -> (String, String) {
    let field = |name| truncate_for_log(string_member(body, name).unwrap_or_default());
    (field("error"), field("error_description"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> HttpResponse {
        HttpResponse { status, content_type: "text/html".into(), body: body.into(), error: None }
    }

    #[test]
    fn each_cause_has_its_refusal() {
        let error = |error| HttpResponse { error: Some(error), ..HttpResponse::default() };
        for (answer, refusal) in [
            (error(HttpError::Timeout), ErrorCode::ProviderTimeout),
            (error(HttpError::Tls), ErrorCode::ProviderTls),
            (error(HttpError::TooLarge), ErrorCode::ProviderTooLarge),
            (error(HttpError::Connection), ErrorCode::ProviderUnreachable),
            (error(HttpError::Blocked), ErrorCode::ProviderBlocked),
            (error(HttpError::Busy), ErrorCode::ProviderUnreachable),
            (HttpResponse::default(), ErrorCode::ProviderUnreachable),
            (response(503, "{}"), ErrorCode::ProviderError),
            (response(302, "{}"), ErrorCode::ProviderAnswer),
            (response(200, "<html>"), ErrorCode::ProviderAnswer),
            (response(404, "<html>"), ErrorCode::ProviderAnswer),
            (response(200, "[]"), ErrorCode::ProviderAnswer),
        ] {
            assert_eq!(json(&answer, "metadata").expect_err("refused").code, refusal, "{answer:?}");
        }
        assert_eq!(json(&response(400, "{\"error\":\"x\"}"), "token").expect("read").status, 400);
    }
}
