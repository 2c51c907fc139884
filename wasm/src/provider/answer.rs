//! Judging an HTTP answer before anything in it is believed.

use crate::codes::{ErrorCode, Refused};
use crate::json::{self, ObjectError};
use crate::protocol::{HttpError, HttpResponse};
use crate::text::{string_member, truncate_for_log};
use serde_json::Value;

/// An answer that arrived: its status and its JSON object.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The members of the body that were asked for.
    pub body: Value,
}

/// Reads the members `wanted` of `response`, a JSON object; `what` names the endpoint for the log.
///
/// # Errors
/// A refusal of the kind `Provider…` by cause: nothing arrived, a server error, or no JSON object.
pub fn json(response: &HttpResponse, what: &str, wanted: impl Fn(&str) -> bool) -> Result<Answer, Refused> {
    json_and_more(response, what, wanted, |_| false)
}

/// As [`json()`], with those members of `more` that can be read.
///
/// # Errors
/// As [`json()`].
pub fn json_and_more(
    response: &HttpResponse,
    what: &str,
    wanted: impl Fn(&str) -> bool,
    more: impl Fn(&str) -> bool,
) -> Result<Answer, Refused> {
    arrived(response, what)?;
    if !matches!(response.status, 200..=299 | 400..=499) {
        return Err(refused(response, what, ErrorCode::ProviderAnswer, "redirects are not followed"));
    }
    match json::members_and_more(response.body.as_bytes(), wanted, more) {
        Ok(members) => Ok(Answer { status: response.status, body: Value::Object(members) }),
        Err(ObjectError::NotAnObject) if response.status >= 400 => {
            Err(refused(response, what, ErrorCode::ProviderAnswer, "an error without a JSON object"))
        }
        Err(cause) => Err(refused(response, what, ErrorCode::ProviderAnswer, &cause.to_string())),
    }
}

/// Refuses a response that did not arrive, or is a server error.
///
/// # Errors
/// A refusal of the kind `Provider…`.
pub fn arrived(response: &HttpResponse, what: &str) -> Result<(), Refused> {
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
    if response.body.len() as u64 > super::http::MAX_RESPONSE_BYTES {
        return Err(refused(response, what, ErrorCode::ProviderTooLarge, "the answer is longer than the limit"));
    }
    match response.status {
        200..=499 => Ok(()),
        500..=599 => Err(refused(response, what, ErrorCode::ProviderError, "server error")),
        0 => Err(refused(response, what, ErrorCode::ProviderUnreachable, "no answer")),
        _ => Err(refused(response, what, ErrorCode::ProviderAnswer, "not an HTTP status of an answer")),
    }
}

fn refused(response: &HttpResponse, what: &str, code: ErrorCode, cause: &str) -> Refused {
    let content_type = truncate_for_log(&response.content_type);
    Refused::new(code, format_args!("{what}: {cause} (HTTP {}, {content_type})", response.status))
}

/// Whether a member says what went wrong (RFC 6749 §5.2).
pub fn is_error(member: &str) -> bool {
    matches!(member, "error" | "error_description")
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
        HttpResponse { status, content_type: "text/html".into(), body: body.into(), ..HttpResponse::default() }
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
            assert_eq!(json(&answer, "metadata", |_| true).expect_err("refused").code, refusal, "{answer:?}");
        }
        assert_eq!(json(&response(400, "{\"error\":\"x\"}"), "token", is_error).expect("read").status, 400);
    }
}
