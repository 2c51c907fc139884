//! The token endpoint (RFC 6749 §4.1.3).

use super::fault::{Fault, MetadataFault, TokenFault};
use super::keys::base64url;
use super::{Application, Grant, Provider};
use crate::message::{Answer, Message, Parameters};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

impl Provider {
    /// Exchanges a code.
    pub(super) fn exchange(&mut self, message: &Message, now: u64) -> Answer {
        let form = Parameters::parse(&message.body);
        if let Err(refusal) = self.authenticate(message, &form) {
            return refusal;
        }
        match self.fault {
            Some(Fault::Token(TokenFault::InvalidGrant)) => return invalid_grant("grant request is invalid"),
            Some(Fault::Token(TokenFault::InvalidClient)) => {
                return error(401, "invalid_client", "client authentication failed");
            }
            Some(Fault::Token(TokenFault::UnknownClient)) => {
                return error(400, "invalid_client", "invalid client oidc.invalid_client");
            }
            Some(Fault::Token(TokenFault::ErrorWithScript)) => {
                return error(400, "invalid_scope", "<script>alert(1)</script>\r\n\u{1b}[31mred");
            }
            _ => {}
        }
        if form.value("grant_type") == "refresh_token" {
            return self.refresh(form.value("refresh_token"), now);
        }
        if !form.repeated.is_empty() || form.value("grant_type") != "authorization_code" {
            return error(400, "unsupported_grant_type", "not an authorization_code");
        }
        // As at Logto, only a successful exchange consumes the code.
        let Some(grant) = self.grants.get(form.value("code")).cloned() else {
            return invalid_grant("no such code, or used");
        };
        let verifier = form.value("code_verifier");
        let speakable = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(speakable) {
            return invalid_grant("code_verifier is not one (RFC 7636 §4.1)");
        }
        if base64url(&Sha256::digest(verifier)) != grant.challenge {
            return invalid_grant("code_verifier does not fit");
        }
        if form.value("redirect_uri") != grant.redirect_uri || now >= grant.expires {
            return invalid_grant("another redirect_uri, or too late");
        }
        self.grants.remove(form.value("code"));
        self.grant(grant, now)
    }

    /// Exchanges a refresh token (Core §12), which works once (RFC 9700 §4.14.2): the claims are those of now.
    fn refresh(&mut self, token: &str, now: u64) -> Answer {
        if self.suspended {
            return invalid_grant("the account is suspended");
        }
        let Some(grant) = self.refresh_tokens.remove(token) else {
            return invalid_grant("no such refresh token, or used");
        };
        self.grant(Grant { nonce: String::new(), claims: self.visitor.clone(), ..grant }, now)
    }

    fn grant(&mut self, grant: Grant, now: u64) -> Answer {
        let access_token = self.token("access token");
        let id_token = self.mint(&grant, &access_token, now);
        self.given_out.push(id_token.clone());
        let mut body = json!({
            "access_token": access_token, "expires_in": 3600, "id_token": id_token,
            "scope": grant.scope, "token_type": "Bearer",
        });
        if grant.consents && grant.scope.split(' ').any(|word| word == "offline_access") {
            let token = self.token("refresh token");
            body["refresh_token"] = json!(token);
            self.refresh_tokens.insert(token, grant.clone());
        }
        self.access_tokens.insert(access_token, grant);
        if let Some(Fault::Token(fault)) = self.fault {
            spoil(&mut body, fault);
        }
        Answer::json(200, &body)
    }

    fn authenticate(&self, message: &Message, form: &Parameters) -> Result<(), Answer> {
        let post_only = self.fault == Some(Fault::Metadata(MetadataFault::SecretPostOnly));
        let basic = message.header("authorization").strip_prefix("Basic ");
        if basic.is_some() && form.has("client_secret") {
            return Err(error(
                400,
                "invalid_request",
                "client authentication must only be provided using one mechanism",
            ));
        }
        if message.header("content-type") != "application/x-www-form-urlencoded" {
            return Err(error(400, "invalid_request", "only application/x-www-form-urlencoded is supported"));
        }
        let (id, secret) = match basic {
            Some(encoded) if !post_only => {
                let decoded = STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                let decoded = decoded.unwrap_or_default();
                let (id, secret) = decoded.split_once(':').unwrap_or_default();
                // RFC 6749 §2.3.1: each half is form-encoded.
                let plain = |half: &str| Parameters::parse(&format!("half={half}")).value("half").to_owned();
                (plain(id), plain(secret))
            }
            _ => (form.value("client_id").to_owned(), form.value("client_secret").to_owned()),
        };
        if id != self.app_id {
            return Err(error(400, "invalid_client", "client is invalid"));
        }
        // A client without a secret is known by its ID alone, and refused with one.
        let public = self.application == Application::Public;
        if secret != if public { "" } else { self.app_secret.as_str() } {
            return Err(error(401, "invalid_client", "client authentication failed"));
        }
        if self.application == Application::MachineToMachine {
            return Err(error(400, "invalid_request", "requested grant type is not allowed for this client"));
        }
        Ok(())
    }
}

fn spoil(body: &mut Value, fault: TokenFault) {
    let mut remove = |member: &str| {
        body.as_object_mut().map(|members| members.remove(member));
    };
    match fault {
        TokenFault::IdTokenMissing => remove("id_token"),
        TokenFault::AccessTokenMissing => remove("access_token"),
        TokenFault::IdTokenNull => body["id_token"] = Value::Null,
        TokenFault::IdTokenNumber => body["id_token"] = json!(42),
        TokenFault::TokenTypeOther => body["token_type"] = json!("mac"),
        TokenFault::TokenTypeLowerCase => body["token_type"] = json!("bearer"),
        TokenFault::InvalidGrant
        | TokenFault::InvalidClient
        | TokenFault::UnknownClient
        | TokenFault::ErrorWithScript => {}
    }
}

fn invalid_grant(description: &str) -> Answer {
    error(400, "invalid_grant", description)
}

/// An error in Logto's words: RFC 6749 §5.2 and members of its own.
pub(super) fn error(status: u16, error: &str, description: &str) -> Answer {
    let code = format!("oidc.{error}");
    Answer::json(
        status,
        &json!({"error": error, "error_description": description, "code": code, "message": description}),
    )
}
