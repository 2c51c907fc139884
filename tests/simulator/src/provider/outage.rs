//! Endpoints in outage.

use super::fault::Outage;
use crate::message::Answer;

/// A page as proxies and captive portals send it.
const PAGE: &str = "<!DOCTYPE html><html><body><script>alert(1)</script>Something went wrong.</body></html>";

/// What an endpoint in outage answers.
pub(super) fn answer(outage: Outage) -> Answer {
    let json = "application/json; charset=utf-8";
    match outage {
        Outage::Html => Answer::text(200, "text/html; charset=utf-8", PAGE),
        Outage::Empty => Answer::text(200, json, ""),
        Outage::Array => Answer::text(200, json, "[{\"issuer\":\"https://tenant.example/oidc\"}]"),
        Outage::Truncated => Answer::text(200, json, "{\"issuer\":\"https://ten"),
        Outage::Redirect => Answer::redirect("https://elsewhere.example/oidc"),
        Outage::NotFound => Answer::text(404, "text/html; charset=utf-8", PAGE),
        Outage::ServerError => Answer::text(503, "text/html; charset=utf-8", PAGE),
        Outage::Timeout => Answer::Failure("timeout"),
        Outage::Connection => Answer::Failure("connection"),
        Outage::Blocked => Answer::Failure("blocked"),
        Outage::Tls => Answer::Failure("tls"),
        Outage::TooLarge => Answer::text(200, json, &format!("{{\"padding\":\"{}\"}}", "x".repeat(1024 * 1024))),
    }
}
