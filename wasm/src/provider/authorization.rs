//! The authorization request (OpenID Connect Core §3.1.2.1).

use super::discovery::Metadata;
use crate::codes::{ErrorCode, Refused};
use crate::crypto::pkce;
use crate::protocol::Site;
use crate::settings::{Logto, is_direct_sign_in};
use url::Url;

/// The parameters that differ from request to request.
#[derive(Debug)]
pub struct AuthorizationParams<'a> {
    /// `state`
    pub state: &'a str,
    /// `nonce`
    pub nonce: &'a str,
    /// The secret half of PKCE; only its challenge is sent.
    pub code_verifier: &'a str,
    /// Logto's `first_screen`; empty for the tenant's default.
    pub first_screen: &'a str,
    /// Logto's `direct_sign_in`; empty for the sign-in page.
    pub direct_sign_in: &'a str,
    /// Who the visitor may be; empty when nobody said so.
    pub login_hint: &'a str,
    /// Logto's `organization_id`, whose branding the sign-in page has; may be empty.
    pub organization_id: &'a str,
    /// Whether the provider asks, although it may know the visitor already, or not at all.
    pub prompt: Prompt,
}

/// `prompt` of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Left out: the provider asks if it has to.
    IfNeeded,
    /// `login`: the visitor signs in even if the provider knows them already.
    Login,
    /// `none`: the provider shows nothing, and answers with an error where it would have to.
    Never,
}

impl Prompt {
    /// A refresh token needs the visitor's consent (Core §11).
    fn as_str(self, logto: &Logto) -> &'static str {
        match (self, logto.wants_offline_access()) {
            (Self::IfNeeded, false) => "",
            (Self::IfNeeded, true) => "consent",
            (Self::Login, false) => "login",
            (Self::Login, true) => "login consent",
            (Self::Never, _) => "none",
        }
    }
}

/// The URL that the visitor is sent to.
///
/// # Errors
/// [`ErrorCode::MetadataUnusable`] when the authorization endpoint is not a URL.
pub fn url(metadata: &Metadata, logto: &Logto, site: &Site, own: &AuthorizationParams<'_>) -> Result<String, Refused> {
    let mut url = Url::parse(&metadata.authorization_endpoint)
        .map_err(|_| Refused::new(ErrorCode::MetadataUnusable, "authorization_endpoint is not a URL"))?;
    let mut params = vec![
        ("response_type", "code"),
        ("client_id", &logto.app_id),
        ("redirect_uri", &site.redirect_uri),
        ("scope", &logto.scope),
        ("state", own.state),
        ("nonce", own.nonce),
    ];
    let challenge = pkce::challenge(own.code_verifier);
    params.extend([("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")]);
    let locale = site.locale.replace('_', "-");
    let is_logtos = |valid: bool| valid && logto.is_tenant;
    let optional = [
        ("first_screen", if is_logtos(is_first_screen(own.first_screen)) { own.first_screen } else { "" }),
        ("prompt", own.prompt.as_str(logto)),
        ("direct_sign_in", if is_logtos(is_direct_sign_in(own.direct_sign_in)) { own.direct_sign_in } else { "" }),
        ("organization_id", if is_logtos(true) { own.organization_id } else { "" }),
        ("login_hint", if is_login_hint(own.login_hint) { own.login_hint } else { "" }),
        ("ui_locales", if is_language(&locale) { locale.as_str() } else { "" }),
    ];
    for (name, value) in optional {
        let overridden = name == "ui_locales" && logto.extra_params.iter().any(|(extra, _)| extra == name);
        if !value.is_empty() && !overridden {
            params.push((name, value));
        }
    }
    // What a link asks for wins over what the admin set for all; neither wins over the protocol.
    let extra = logto.extra_params.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let taken: Vec<&str> = params.iter().map(|(name, _)| *name).collect();
    params.extend(extra.filter(|(name, _)| !taken.contains(name)));
    url.query_pairs_mut().extend_pairs(params);
    Ok(url.into())
}

/// Logto's `first_screen`: a word, perhaps with a qualifier (`identifier:sign_in`).
fn is_first_screen(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b':')
}

/// An email address, a phone number, a username: one line, and no longer than any of them.
fn is_login_hint(text: &str) -> bool {
    text.len() <= 256 && !text.chars().any(char::is_control)
}

/// A language tag by its alphabet (RFC 5646 §2.1).
fn is_language(text: &str) -> bool {
    (2..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_logtos_own_words_are_passed_on() {
        for yes in ["sign_in", "identifier:register", "reset_password", "single_sign_on"] {
            assert!(is_first_screen(yes), "{yes}");
        }
        for no in ["sign in", "a&b", "<script>", "Sign_In"] {
            assert!(!is_first_screen(no), "{no}");
        }
        assert!(is_login_hint("李四@example.com") && !is_login_hint("a\nb") && !is_login_hint(&"x".repeat(257)));
        assert!(is_language("zh-CN") && !is_language("z") && !is_language("zh CN"));
    }
}
