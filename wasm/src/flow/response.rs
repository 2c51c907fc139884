//! The authorization response (RFC 6749 §4.1.2): the parameters of a callback.

use crate::codes::{ErrorCode, Refused};
use crate::provider::discovery::Metadata;
use crate::text::truncate_for_log;
use url::form_urlencoded;

/// Longest query string that is read, in bytes.
const MAX_QUERY_BYTES: usize = 16 * 1024;

/// The parameters as they came. What they say counts only once an [`Attempt`](super::attempt::Attempt) belongs to them.
pub struct AuthorizationResponse(Vec<(String, String)>);

impl AuthorizationResponse {
    /// Reads the query of the redirect URI.
    ///
    /// # Errors
    /// [`ErrorCode::StateMissing`] when it is longer than any response of ours.
    pub fn parse(query: &str) -> Result<Self, Refused> {
        if query.len() > MAX_QUERY_BYTES {
            return Err(Refused::new(ErrorCode::StateMissing, "the callback's query string is longer than the limit"));
        }
        let query = query.strip_prefix('?').unwrap_or(query);
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }

    /// The `state` parameter.
    ///
    /// # Errors
    /// [`ErrorCode::StateMissing`], [`ErrorCode::ParameterRepeated`]
    pub fn state(&self) -> Result<String, Refused> {
        self.single("state")?.ok_or_else(|| Refused::new(ErrorCode::StateMissing, "no state in the callback"))
    }

    /// Whether it says nothing at all: a provider's page whose Cancel leads to the bare redirect URI, as Logto's consent
    /// page of a third-party application does.
    pub fn is_bare(&self) -> bool {
        let says = |name: &str| matches!(name, "code" | "authCode" | "state" | "error" | "iss");
        !self.0.iter().any(|(name, _)| says(name))
    }

    /// Refuses a response of another issuer (RFC 9207 §2.4), and an error response (RFC 6749 §4.1.2.1).
    ///
    /// # Errors
    /// [`ErrorCode::ResponseIssuer`], [`ErrorCode::AccessDenied`], [`ErrorCode::InteractionRequired`],
    /// [`ErrorCode::AuthorizationError`], [`ErrorCode::ParameterRepeated`]
    pub fn refuse_errors(&self, expected_issuer: &str) -> Result<(), Refused> {
        let (_, issuer, error) = (self.single("code")?, self.single("iss")?, self.single("error")?);
        if let Some(issuer) = issuer.filter(|issuer| issuer != expected_issuer) {
            let detail = format!("the callback names the issuer {:?}", truncate_for_log(&issuer));
            return Err(Refused::new(ErrorCode::ResponseIssuer, detail));
        }
        let Some(error) = error else { return Ok(()) };
        let description = self.single("error_description")?.unwrap_or_default();
        let code = match error.as_str() {
            "access_denied" => ErrorCode::AccessDenied,
            "login_required" | "consent_required" | "interaction_required" | "account_selection_required" => {
                ErrorCode::InteractionRequired
            }
            _ => ErrorCode::AuthorizationError,
        };
        let (error, description) = (truncate_for_log(&error), truncate_for_log(&description));
        Err(Refused::new(code, format_args!("the provider says {error:?}: {description:?}")))
    }

    /// The authorization code.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMissing`], [`ErrorCode::ParameterRepeated`]
    pub fn code(&self) -> Result<String, Refused> {
        let missing = || Refused::new(ErrorCode::CodeMissing, "neither code nor error in the callback");
        self.single("code")?.ok_or_else(missing)
    }

    /// The code of a response of DingTalk, which calls it `authCode`, at times `code`, at times both.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMissing`], [`ErrorCode::ParameterRepeated`] when the two differ
    pub fn dingtalk_code(&self) -> Result<String, Refused> {
        match (self.single("authCode")?, self.single("code")?) {
            (Some(one), Some(other)) if one != other => {
                Err(Refused::new(ErrorCode::ParameterRepeated, "authCode and code differ in the callback"))
            }
            (Some(code), _) | (None, Some(code)) => Ok(code),
            (None, None) => Err(Refused::new(ErrorCode::CodeMissing, "neither authCode nor error in the callback")),
        }
    }

    /// Refuses a response without `iss` when the metadata announce it (RFC 9207 §2.4).
    ///
    /// # Errors
    /// [`ErrorCode::ResponseIssuer`]
    pub fn require_issuer(&self, metadata: &Metadata) -> Result<(), Refused> {
        if metadata.response_issuer && self.single("iss")?.is_none() {
            let detail = "the callback lacks iss, which the metadata announce";
            return Err(Refused::new(ErrorCode::ResponseIssuer, detail));
        }
        Ok(())
    }

    /// A parameter that may be there once; an empty value counts as absent (RFC 6749 §3.1).
    fn single(&self, name: &str) -> Result<Option<String>, Refused> {
        let mut values = self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value);
        let first = values.next();
        if values.next().is_some() {
            return Err(Refused::new(ErrorCode::ParameterRepeated, format_args!("the callback has {name} twice")));
        }
        Ok(first.filter(|value| !value.is_empty()).cloned())
    }
}
