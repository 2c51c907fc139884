//! Judging an HTTP answer before anything in it is believed.

use crate::error::{Refusal, Refused};
use crate::protocol::Fetched;
use serde_json::Value;

/// An answer that arrived: its status and its JSON object.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

/// Reads `fetched` as a JSON object; `what` names the endpoint for the log.
///
/// # Errors
/// A refusal of the kind `Provider…` by cause: nothing arrived, a server error, or no JSON object.
pub fn json(fetched: &Fetched, what: &str) -> Result<Answer, Refused> {
    if let Some(error) = &fetched.error {
        let refusal = match error.as_str() {
            "timeout" => Refusal::ProviderTimeout,
            "tls" => Refusal::ProviderTls,
            "too_large" => Refusal::ProviderTooLarge,
            _ => Refusal::ProviderUnreachable,
        };
        return Err(Refused::new(refusal, format_args!("{what}: {}", excerpt(error))));
    }
    let refuse = |refusal, cause: &str| {
        Refused::new(
            refusal,
            format_args!("{what}: {cause} (HTTP {}, {})", fetched.status, excerpt(&fetched.content_type)),
        )
    };
    if fetched.body.len() as u64 > super::LONGEST_ANSWER {
        return Err(refuse(Refusal::ProviderTooLarge, "the answer is longer than the limit"));
    }
    match fetched.status {
        200..=299 | 400..=499 => {}
        500..=599 => return Err(refuse(Refusal::ProviderError, "server error")),
        0 => return Err(refuse(Refusal::ProviderUnreachable, "no answer")),
        _ => return Err(refuse(Refusal::ProviderAnswer, "redirects are not followed")),
    }
    match serde_json::from_str(&fetched.body) {
        Ok(body @ Value::Object(_)) => Ok(Answer { status: fetched.status, body }),
        _ if fetched.status >= 400 => Err(refuse(Refusal::ProviderAnswer, "an error without a JSON object")),
        _ => Err(refuse(Refusal::ProviderAnswer, "not a JSON object")),
    }
}

/// A provider's text, short enough for a log line.
pub fn excerpt(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}

/// `error` and `error_description` of an OAuth error (RFC 6749 §5.2), for the log.
pub fn oauth_error(body: &Value) -> (String, String) {
    let field = |name| excerpt(body.get(name).and_then(Value::as_str).unwrap_or_default());
    (field("error"), field("error_description"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetched(status: u16, body: &str) -> Fetched {
        Fetched { status, content_type: "text/html".into(), body: body.into(), error: None }
    }

    #[test]
    fn each_cause_has_its_refusal() {
        let error = |word: &str| Fetched { error: Some(word.into()), ..Fetched::default() };
        for (answer, refusal) in [
            (error("timeout"), Refusal::ProviderTimeout),
            (error("tls"), Refusal::ProviderTls),
            (error("too_large"), Refusal::ProviderTooLarge),
            (error("connection"), Refusal::ProviderUnreachable),
            (error("blocked"), Refusal::ProviderUnreachable),
            (Fetched::default(), Refusal::ProviderUnreachable),
            (fetched(503, "{}"), Refusal::ProviderError),
            (fetched(302, "{}"), Refusal::ProviderAnswer),
            (fetched(200, "<html>"), Refusal::ProviderAnswer),
            (fetched(404, "<html>"), Refusal::ProviderAnswer),
            (fetched(200, "[]"), Refusal::ProviderAnswer),
        ] {
            assert_eq!(json(&answer, "metadata").expect_err("refused").refusal, refusal, "{answer:?}");
        }
        assert_eq!(json(&fetched(400, "{\"error\":\"x\"}"), "token").expect("read").status, 400);
    }
}
