//! The end of an operation, as the wire gave it.

use serde_json::Value;

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome(pub Value);

impl Outcome {
    /// Its type: `redirect`, `signed_in`, `refused`, …
    pub fn kind(&self) -> &str {
        self.text("type")
    }

    /// A text member, or nothing.
    pub fn text(&self, member: &str) -> &str {
        self.0[member].as_str().unwrap_or_default()
    }

    /// The user who is signed in.
    pub fn user_id(&self) -> Option<u64> {
        (self.kind() == "signed_in").then(|| self.0["user_id"].as_u64()).flatten()
    }

    /// Status and code of a refusal.
    pub fn refusal(&self) -> Option<(u16, &str)> {
        let status = self.0["status"].as_u64().and_then(|status| u16::try_from(status).ok());
        (self.kind() == "refused").then(|| (status.unwrap_or(0), self.text("code")))
    }

    /// The URL of a redirect; panics with `what` for anything else.
    #[track_caller]
    pub fn url(&self, what: &str) -> String {
        assert_eq!(self.kind(), "redirect", "{what}: {}", self.0);
        self.text("url").to_owned()
    }

    /// Asserts that the visitor was refused with this status and code.
    #[track_caller]
    pub fn assert_refused(&self, status: u16, code: &str) {
        assert_eq!(self.refusal(), Some((status, code)), "{}", self.0);
    }

    /// Asserts that the visitor is asked about an account that exists, and that nobody is signed in.
    #[track_caller]
    pub fn assert_asked(&self) {
        let url = self.url("the question");
        assert!(url.ends_with("action=logto_connect") && self.0["external"] == false, "{}", self.0);
    }

    /// Asserts that somebody was signed in, and gives the user.
    #[track_caller]
    pub fn assert_signed_in(&self) -> u64 {
        self.user_id().unwrap_or_else(|| panic!("nobody was signed in: {}", self.0))
    }
}
