//! The authorization endpoint (`OpenID` Connect Core §3.1.2) and the end of a session.

use super::fault::{Fault, MetadataFault, ResponseFault};
use super::{Grant, Provider, exchange};
use crate::message::{Answer, Message, Parameters};
use url::Url;

/// Seconds for which a code can be exchanged, as at Logto.
const CODE_LIVES: u64 = 60;

impl Provider {
    /// Sends the visitor through the authorization endpoint: they are signed in there and consent.
    /// Gives where the provider sends them.
    pub fn consent(&mut self, url: &str, now: u64) -> String {
        match self.answer(&Message::get(url), now) {
            Answer::Response(response) => {
                response.location.unwrap_or_else(|| panic!("the provider refused {url}: {}", response.body))
            }
            Answer::Failure(cause) => panic!("{cause} at {url}"),
        }
    }

    /// Judges an authorization request and answers it at once.
    pub(super) fn authorize(&mut self, message: &Message, now: u64) -> Answer {
        let asked = Parameters::parse(message.url.query().unwrap_or_default());
        if let Err((error, cause)) = self.judge(&asked) {
            return exchange::error(400, error, cause);
        }
        if asked.value("prompt") == "none" && !self.knows_browser {
            // Nobody is signed in where the request comes from.
            let mut url = Url::parse(asked.value("redirect_uri")).expect("a registered redirect_uri is a URL");
            url.query_pairs_mut().append_pair("error", "login_required").append_pair("state", asked.value("state"));
            return Answer::redirect(url.as_str());
        }
        self.last_request =
            asked.names().into_iter().map(|name| (name.to_owned(), asked.value(name).to_owned())).collect();
        let code = self.token("code");
        let grant = Grant {
            redirect_uri: asked.value("redirect_uri").to_owned(),
            challenge: asked.value("code_challenge").to_owned(),
            nonce: asked.value("nonce").to_owned(),
            scope: asked.value("scope").to_owned(),
            consents: asked.value("prompt").split(' ').any(|word| word == "consent"),
            expires: now + CODE_LIVES,
            claims: self.visitor.clone(),
        };
        self.grants.insert(code.clone(), grant);
        Answer::redirect(&self.response(asked.value("redirect_uri"), &code, asked.value("state")))
    }

    /// As at Logto, an error is JSON, with no way back.
    fn judge(&self, asked: &Parameters) -> Result<(), (&'static str, &'static str)> {
        let holds = |holds: bool, cause| if holds { Ok(()) } else { Err(("invalid_request", cause)) };
        let is_base64url = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        holds(asked.repeated.is_empty(), "a parameter stands twice (RFC 6749 §3.1)")?;
        holds(asked.value("response_type") == "code", "response_type is not code")?;
        if asked.value("client_id") != self.app_id {
            return Err(("invalid_client", "client is invalid"));
        }
        if !self.redirect_uris.iter().any(|uri| uri == asked.value("redirect_uri")) {
            return Err((
                "invalid_redirect_uri",
                "redirect_uri did not match any of the client's registered redirect_uris",
            ));
        }
        holds(asked.value("scope").split(' ').any(|word| word == "openid"), "scope lacks openid")?;
        holds(asked.value("code_challenge_method") == "S256", "no PKCE with S256")?;
        let challenge = asked.value("code_challenge");
        holds(challenge.len() == 43 && is_base64url(challenge), "code_challenge is not a SHA-256")?;
        for name in ["state", "nonce"] {
            // RFC 9700 §4.7 wants what cannot be guessed: 128 bits are 22 characters.
            holds(asked.value(name).len() >= 22, "state or nonce can be guessed")?;
        }
        holds(asked.value("state") != asked.value("nonce"), "state and nonce are the same")?;
        for name in ["client_secret", "code_verifier", "id_token_hint", "response_mode"] {
            holds(!asked.has(name), "a parameter that does not belong into the request")?;
        }
        Ok(())
    }

    fn response(&self, redirect_uri: &str, code: &str, state: &str) -> String {
        use ResponseFault as F;
        let issuer = self.issuer();
        let fault = if let Some(Fault::Response(fault)) = self.fault { Some(fault) } else { None };
        let unannounced = self.fault == Some(Fault::Metadata(MetadataFault::ResponseIssuerUnannounced));
        let error = match fault {
            Some(F::AccessDenied | F::IssuerOtherWithError | F::ErrorTwice) => Some("access_denied"),
            Some(F::LoginRequired) => Some("login_required"),
            Some(F::ConsentRequired) => Some("consent_required"),
            Some(F::InteractionRequired) => Some("interaction_required"),
            Some(F::ServerError) => Some("server_error"),
            Some(F::TemporarilyUnavailable) => Some("temporarily_unavailable"),
            _ => None,
        };
        let mut params: Vec<(&str, &str)> = Vec::new();
        match (error, fault) {
            (Some(error), _) => {
                params.push(("error", error));
                params.push(("error_description", "<script>alert(document.cookie)</script>\r\nSet-Cookie: a=b"));
            }
            (None, Some(F::CodeMissing)) => {}
            (None, Some(F::CodeEmpty)) => params.push(("code", "")),
            (None, _) => params.push(("code", code)),
        }
        match fault {
            Some(F::StateMissing) => {}
            Some(F::StateEmpty) => params.push(("state", "")),
            Some(F::StateOther) => params.push(("state", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
            _ => params.push(("state", state)),
        }
        match fault {
            Some(F::IssuerMissing) => {}
            Some(F::IssuerOther | F::IssuerOtherWithError) => params.push(("iss", "https://other.example/oidc")),
            _ if unannounced => {}
            _ => params.push(("iss", &issuer)),
        }
        match fault {
            Some(F::ErrorBesideCode) => params.push(("error", "access_denied")),
            Some(F::ErrorTwice) => params.push(("error", "server_error")),
            Some(F::IssuerTwice) => params.push(("iss", "https://other.example/oidc")),
            Some(F::CodeTwice) => params.push(("code", "another")),
            Some(F::StateTwice) => params.push(("state", "another")),
            Some(F::ExtraParameters) => {
                params.extend([("session_state", "x.y"), ("utm_source", "a b"), ("session_state", "z")]);
            }
            _ => {}
        }
        let mut url = Url::parse(redirect_uri).expect("a registered redirect_uri is a URL");
        url.query_pairs_mut().extend_pairs(params);
        url.into()
    }

    /// RP-initiated logout: with a client and a registered URI, the visitor is sent back.
    pub(super) fn end_session(&self, message: &Message) -> Answer {
        let asked = Parameters::parse(message.url.query().unwrap_or_default());
        let back = asked.value("post_logout_redirect_uri");
        let registered = self.post_logout_redirect_uris.iter().any(|uri| uri == back);
        if !asked.repeated.is_empty() || asked.value("client_id") != self.app_id || !registered {
            return exchange::error(400, "invalid_request", "post_logout_redirect_uri not registered");
        }
        let mut url = Url::parse(back).expect("a registered post_logout_redirect_uri is a URL");
        if asked.has("state") {
            url.query_pairs_mut().append_pair("state", asked.value("state"));
        }
        Answer::redirect(url.as_str())
    }
}
