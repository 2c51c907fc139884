//! What the provider publishes: metadata (`OpenID` Connect Discovery §3) and keys (RFC 7517).

use super::Provider;
use super::fault::{Fault, IdTokenFault, KeysFault, MetadataFault};
use super::keys::{Algorithm, Key};
use crate::message::Answer;
use serde_json::{Value, json};

impl Provider {
    /// The metadata.
    pub(super) fn metadata(&self) -> Answer {
        let issuer = self.issuer();
        let base = issuer.trim_end_matches('/');
        let mut document = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{base}/auth"),
            "token_endpoint": format!("{base}/token"),
            "userinfo_endpoint": format!("{base}/me"),
            "jwks_uri": format!("{base}/jwks"),
            "end_session_endpoint": format!("{base}/session/end"),
            "revocation_endpoint": format!("{base}/token/revocation"),
            "introspection_endpoint": format!("{base}/token/introspection"),
            "scopes_supported": ["openid", "offline_access", "profile", "email", "phone", "roles", "identities"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": self.signing_algorithms(),
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "claims_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "authorization_response_iss_parameter_supported": true,
            "backchannel_logout_supported": true,
            "backchannel_logout_session_supported": true,
        });
        if let Some(Fault::Metadata(fault)) = self.fault {
            spoil(&mut document, fault, &issuer);
        }
        Answer::json(200, &document)
    }

    /// What Logto announces: after a change from its first key to RSA, the old algorithm stays.
    fn signing_algorithms(&self) -> Vec<&'static str> {
        match self.signer().algorithm() {
            Algorithm::Rs256 => vec!["ES384", "PS256", "RS256"],
            other => vec![other.name()],
        }
    }

    /// The keys.
    pub(super) fn jwks(&self) -> Answer {
        let mut keys: Vec<Value> = self.more_keys.iter().cloned().chain(self.keys.iter().map(Key::jwk)).collect();
        match self.fault {
            Some(Fault::Keys(fault)) => {
                if let Some(answer) = self.spoil_keys(&mut keys, fault) {
                    return answer;
                }
            }
            Some(Fault::IdToken(IdTokenFault::KidAbsentManyKeys)) => {
                keys.insert(0, Key::new(Algorithm::Es384, 7).jwk());
                keys.push(Key::new(Algorithm::Rs256, 0).jwk());
            }
            _ => {}
        }
        set(&json!(keys))
    }

    fn spoil_keys(&self, keys: &mut Vec<Value>, fault: KeysFault) -> Option<Answer> {
        let name = self.signer().kid.clone();
        let each = |keys: &mut Vec<Value>, member: &str| {
            for key in keys.iter_mut() {
                key.as_object_mut().map(|key| key.remove(member));
            }
        };
        match fault {
            KeysFault::RotatedJustBefore => {
                if self.count("/token") == 0 {
                    *keys = vec![Key::new(self.signer().algorithm(), 6).jwk()];
                }
            }
            KeysFault::WithoutAlg => each(keys, "alg"),
            KeysFault::WithoutUse => each(keys, "use"),
            KeysFault::UnusableAmongThem => {
                keys.splice(0..0, unusable());
                keys.extend(unusable());
            }
            KeysFault::SymmetricAmongThem => {
                keys.insert(0, json!({"kty": "oct", "kid": "symmetric", "alg": "HS256", "k": "c2VjcmV0"}));
            }
            KeysFault::Empty => keys.clear(),
            KeysFault::NotASet => return Some(set(&json!(7))),
            KeysFault::OnlyUnusable => *keys = unusable(),
            KeysFault::OnlyForEncryption => keys.iter_mut().for_each(|key| key["use"] = json!("enc")),
            KeysFault::OffCurve => keys.iter_mut().for_each(|key| key["y"] = key["x"].clone()),
            KeysFault::TooShort => *keys = vec![Key::too_short().jwk()],
            KeysFault::OnlySymmetric => {
                *keys = vec![json!({"kty": "oct", "kid": name, "alg": "HS384", "k": "c2VjcmV0"})];
            }
            KeysFault::TenThousand => *keys = vec![json!({"kty": "oct"}); 10_000],
            KeysFault::Private => keys.iter_mut().for_each(|key| key["d"] = json!("AQAB")),
            KeysFault::OtherCurve => keys.iter_mut().for_each(|key| key["crv"] = json!("secp256k1")),
            KeysFault::AnotherKey => {
                *keys = vec![Key::new(self.signer().algorithm(), 5).jwk()];
                keys[0]["kid"] = json!(name);
            }
        }
        None
    }
}

/// Logto's own media type for keys.
fn set(keys: &Value) -> Answer {
    Answer::text(200, "application/jwk-set+json; charset=utf-8", &json!({"keys": keys}).to_string())
}

/// Keys that no client can use.
fn unusable() -> Vec<Value> {
    vec![
        json!({"kty": "FUTURE", "kid": "future", "use": "sig", "alg": "FX1"}),
        json!({"kty": "EC", "crv": "P-384", "kid": "broken", "use": "sig", "alg": "ES384", "x": "AA", "y": "!"}),
        json!({"kty": "RSA", "kid": "incomplete", "use": "sig", "alg": "RS256", "e": "AQAB"}),
        json!("not even an object"),
    ]
}

fn spoil(document: &mut Value, fault: MetadataFault, issuer: &str) {
    let plain = issuer.replacen("https://", "http://", 1);
    let mut remove = |member: &str| {
        document.as_object_mut().map(|members| members.remove(member));
    };
    match fault {
        MetadataFault::IssuerMissing => remove("issuer"),
        MetadataFault::TokenEndpointMissing => remove("token_endpoint"),
        MetadataFault::AuthorizationEndpointMissing => remove("authorization_endpoint"),
        MetadataFault::JwksUriMissing => remove("jwks_uri"),
        MetadataFault::EndSessionEndpointMissing => remove("end_session_endpoint"),
        MetadataFault::UserinfoEndpointMissing => remove("userinfo_endpoint"),
        MetadataFault::PkceMissing => remove("code_challenge_methods_supported"),
        MetadataFault::AuthenticationUnstated => remove("token_endpoint_auth_methods_supported"),
        MetadataFault::ResponseIssuerUnannounced => remove("authorization_response_iss_parameter_supported"),
        MetadataFault::IssuerOther => document["issuer"] = json!("https://other.example/oidc"),
        MetadataFault::IssuerSlash => document["issuer"] = json!(format!("{issuer}/")),
        MetadataFault::TokenEndpointHttp => {
            document["token_endpoint"] = json!(format!("{plain}/token").replace("127.0.0.1", "192.0.2.1"));
        }
        MetadataFault::UserinfoEndpointHttp => {
            document["userinfo_endpoint"] = json!(format!("{plain}/me").replace("127.0.0.1", "192.0.2.1"));
        }
        MetadataFault::AuthorizationEndpointScript => {
            document["authorization_endpoint"] = json!("javascript:alert(document.domain)");
        }
        MetadataFault::JwksUriElsewhere => document["jwks_uri"] = json!(format!("{issuer}/elsewhere/keys?set=1")),
        MetadataFault::JwksUriFile => document["jwks_uri"] = json!("file:///etc/passwd"),
        MetadataFault::TokenEndpointFile => document["token_endpoint"] = json!("file:///dev/tcp"),
        MetadataFault::TokenEndpointWithPassword => {
            document["token_endpoint"] = json!(format!("{issuer}/token").replacen("://", "://user:password@", 1));
        }
        MetadataFault::EndpointsSwapped => {
            document["token_endpoint"] = json!(format!("{issuer}/jwks"));
            document["jwks_uri"] = json!(format!("{issuer}/token"));
        }
        MetadataFault::JwksUriLoopback => document["jwks_uri"] = json!("http://127.0.0.1:6379/jwks"),
        MetadataFault::EndSessionEndpointScript => document["end_session_endpoint"] = json!("javascript:alert(1)"),
        MetadataFault::PkcePlain => document["code_challenge_methods_supported"] = json!(["plain"]),
        MetadataFault::SecretPostOnly => {
            document["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
        }
        MetadataFault::Unknown => {
            document["x_unknown"] = json!({"deep": [[[{"er": null}]]]});
            document["issuer_aliases"] = json!(["https://other.example"]);
        }
    }
}
