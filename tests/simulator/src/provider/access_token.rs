//! Access tokens for an API (RFC 9068) as Logto makes them, right and wrong.

use super::Provider;
use super::fault::AccessTokenFault;
use super::id_token::{compact, hs256, sign_text};
use super::keys::{Algorithm, Key, base64url};
use serde_json::{Value, json};

/// Seconds for which an access token is valid, as at Logto.
const LIVES: u64 = 3600;

impl Provider {
    /// An access token for `resource` with this scope, for the visitor, with other claims in place of these.
    pub fn access_token(&self, resource: &str, scope: &str, others: &Value, now: u64) -> String {
        let key = self.signer();
        let header = json!({"alg": key.algorithm().name(), "kid": key.kid, "typ": "at+jwt"});
        compact(&header, &self.access_claims(resource, scope, others, now), |message| key.sign(message))
    }

    fn access_claims(&self, resource: &str, scope: &str, others: &Value, now: u64) -> Value {
        let mut claims = json!({
            "iss": self.issuer(), "aud": resource, "sub": self.visitor.subject, "client_id": "another-app", "scope": scope,
            "jti": "a number", "iat": now, "exp": now + LIVES,
        });
        for (name, value) in others.as_object().into_iter().flatten() {
            claims[name.as_str()] = value.clone();
        }
        claims
    }

    /// An access token that is wrong in one way.
    pub fn wrong_access_token(&self, resource: &str, scope: &str, fault: AccessTokenFault, now: u64) -> String {
        use AccessTokenFault as F;
        let key = self.signer();
        let mut header = json!({"alg": key.algorithm().name(), "kid": key.kid, "typ": "at+jwt"});
        let mut claims = self.access_claims(resource, scope, &json!({}), now);
        let mut remove = |claim: &str| {
            claims.as_object_mut().map(|claims| claims.remove(claim));
        };
        match fault {
            F::AlgNone => header["alg"] = json!("none"),
            F::Hs256WithSecret | F::Hs256WithPublicKey => header["alg"] = json!("HS256"),
            F::AlgOfAnotherKeyType => header["alg"] = json!("RS256"),
            F::KidUnknown => header["kid"] = json!("unknown"),
            F::TypeOfALogoutToken => header["typ"] = json!("logout+jwt"),
            F::TypeMissing => drop(header.as_object_mut().map(|members| members.remove("typ"))),
            F::TypeJwt => header["typ"] = json!("JWT"),
            F::TypeWithPrefix => header["typ"] = json!("application/at+JWT"),
            F::EmbeddedKey => header["jwk"] = self.another_key().jwk(),
            F::Critical => {
                header["crit"] = json!(["exp"]);
                header["exp"] = json!(now + LIVES);
            }
            F::IssuerMissing => remove("iss"),
            F::AudienceMissing => remove("aud"),
            F::ExpiryMissing => remove("exp"),
            F::IssuedMissing => remove("iat"),
            F::SubjectMissing => remove("sub"),
            F::ClientMissing => remove("client_id"),
            F::ScopeMissing => remove("scope"),
            F::IssuerArray => claims["iss"] = json!([self.issuer()]),
            F::AudienceOther => claims["aud"] = json!("https://other.example/api"),
            F::AudiencePrefix => claims["aud"] = json!(format!("{resource}/more")),
            F::AudienceListWithoutUs => claims["aud"] = json!(["https://other.example/api", "https://third.example"]),
            F::AudienceListWithUs => claims["aud"] = json!(["https://other.example/api", resource]),
            F::AudienceListWithTheAppId => claims["aud"] = json!([self.app_id, resource]),
            F::AudienceNull => claims["aud"] = Value::Null,
            F::ExpiryPast => {
                claims["iat"] = json!(now - 7200);
                claims["exp"] = json!(now - 3600);
            }
            F::ExpiryText => claims["exp"] = json!((now + LIVES).to_string()),
            F::NotBeforeFuture => claims["nbf"] = json!(now + 3600),
            F::IssuedInFuture => claims["iat"] = json!(now + 1800),
            F::SubjectEmpty => claims["sub"] = json!(""),
            F::SubjectNumber => claims["sub"] = json!(7),
            F::ScopeEmpty => claims["scope"] = json!(""),
            F::ScopeUnmapped => claims["scope"] = json!("openid offline_access"),
            F::ScopeList => claims["scope"] = json!([scope]),
            F::Nonce => claims["nonce"] = json!("a nonce"),
            F::TwoOrganizations => {
                claims["aud"] = json!(["urn:logto:organization:a", "urn:logto:organization:b", resource]);
            }
            F::OrganizationWithoutName => claims["organization_id"] = json!(""),
            F::Huge => claims["padding"] = json!("x".repeat(60 * 1024)),
            _ => {}
        }
        let right = || compact(&header, &claims, |message| key.sign(message));
        match fault {
            F::AlgNone | F::SignatureEmpty => compact(&header, &claims, |_| Vec::new()),
            F::Hs256WithSecret => compact(&header, &claims, |message| hs256(self.app_secret.as_bytes(), message)),
            F::Hs256WithPublicKey => {
                compact(&header, &claims, |message| hs256(key.jwk().to_string().as_bytes(), message))
            }
            F::AlgOfAnotherKeyType => compact(&header, &claims, |message| Key::new(Algorithm::Rs256, 0).sign(message)),
            F::SignatureOfAnotherKey | F::EmbeddedKey => {
                compact(&header, &claims, |message| self.another_key().sign(message))
            }
            F::SignatureZero => compact(&header, &claims, |message| vec![0; key.sign(message).len()]),
            F::PayloadAltered => {
                let signed = right();
                let parts: Vec<&str> = signed.split('.').collect();
                claims["sub"] = json!("admin");
                format!("{}.{}.{}", parts[0], base64url(claims.to_string().as_bytes()), parts[2])
            }
            F::Nested => {
                let inner = right();
                header["cty"] = json!("JWT");
                sign_text(&header, inner.as_bytes(), key)
            }
            F::Opaque => "4mEa9lcMS5mbCqiWmOuBPYFrPvXzUBZ0PVMUFVmRbqr".to_owned(),
            F::TwoParts => right().rsplit_once('.').map(|(head, _)| head.to_owned()).unwrap_or_default(),
            F::FiveParts => format!("{}.AAAA.AAAA", right()),
            _ => right(),
        }
    }
}
