//! Endpoints in trouble.

use super::fault::Trouble;
use crate::message::Answer;

/// A page as proxies and captive portals send it.
const PAGE: &str = "<!DOCTYPE html><html><body><script>alert(1)</script>Something went wrong.</body></html>";

/// What an endpoint in trouble answers.
pub(super) fn answer(trouble: Trouble) -> Answer {
    let json = "application/json; charset=utf-8";
    match trouble {
        Trouble::Html => Answer::text(200, "text/html; charset=utf-8", PAGE),
        Trouble::Empty => Answer::text(200, json, ""),
        Trouble::Array => Answer::text(200, json, "[{\"issuer\":\"https://tenant.example/oidc\"}]"),
        Trouble::Truncated => Answer::text(200, json, "{\"issuer\":\"https://ten"),
        Trouble::Redirect => Answer::redirect("https://elsewhere.example/oidc"),
        Trouble::NotFound => Answer::text(404, "text/html; charset=utf-8", PAGE),
        Trouble::ServerError => Answer::text(503, "text/html; charset=utf-8", PAGE),
        Trouble::Timeout => Answer::Failure("timeout"),
        Trouble::Connection => Answer::Failure("connection"),
        Trouble::Blocked => Answer::Failure("blocked"),
        Trouble::Tls => Answer::Failure("tls"),
        Trouble::TooLarge => Answer::text(200, json, &format!("{{\"padding\":\"{}\"}}", "x".repeat(1024 * 1024))),
    }
}
