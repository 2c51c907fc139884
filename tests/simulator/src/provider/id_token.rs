//! ID tokens (`OpenID` Connect Core §2), right and wrong.

use super::fault::{Fault, IdTokenFault};
use super::keys::{Algorithm, Key, base64url};
use super::{Grant, Provider};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// Seconds for which an ID token is valid, as at Logto.
const LIVES: u64 = 3600;

impl Provider {
    /// The ID token of `grant`, in compact form.
    pub(super) fn mint(&self, grant: &Grant, access_token: &str, now: u64) -> String {
        let now = now.saturating_add_signed(self.clock_ahead);
        let mut claims = Value::Object(grant.claims.within(&grant.scope, false));
        if self.claims_at_userinfo_alone {
            claims = json!({"sub": grant.claims.subject});
        }
        claims["iss"] = json!(self.issuer());
        claims["aud"] = json!(self.app_id);
        claims["iat"] = json!(now);
        claims["exp"] = json!(now + LIVES);
        // A refreshed token has none (Core §12.2).
        if !grant.nonce.is_empty() {
            claims["nonce"] = json!(grant.nonce);
        }
        if let Some(sid) = &self.sid {
            claims["sid"] = json!(sid);
        }
        let key = self.signer();
        let mut header = json!({"alg": key.algorithm().name(), "kid": key.kid});
        let Some(Fault::IdToken(fault)) = self.fault else {
            return compact(&header, &claims, |message| key.sign(message));
        };
        self.spoil_claims(&mut claims, fault, access_token, now);
        self.spoil_header(&mut header, fault);
        self.sign_wrongly(&header, &claims, fault)
    }

    fn spoil_claims(&self, claims: &mut Value, fault: IdTokenFault, access_token: &str, now: u64) {
        use IdTokenFault as F;
        let (us, issuer) = (self.app_id.clone(), self.issuer());
        let mut remove = |claim: &str| {
            claims.as_object_mut().map(|claims| claims.remove(claim));
        };
        match fault {
            F::IssuerMissing => remove("iss"),
            F::AudienceMissing => remove("aud"),
            F::ExpiryMissing => remove("exp"),
            F::IssuedMissing => remove("iat"),
            F::NonceMissing => remove("nonce"),
            F::SubjectMissing => remove("sub"),
            F::IssuerOther => claims["iss"] = json!("https://other.example/oidc"),
            F::IssuerSlash => claims["iss"] = json!(format!("{issuer}/")),
            F::IssuerArray => claims["iss"] = json!([issuer]),
            F::AudienceOther => claims["aud"] = json!("another-app"),
            F::AudiencePrefix => claims["aud"] = json!(format!("{us}-more")),
            F::AudienceNull => claims["aud"] = Value::Null,
            F::AudienceEmpty => claims["aud"] = json!([]),
            F::AudienceListOfOne => claims["aud"] = json!([us]),
            F::AudienceListWithoutAuthorizedParty => claims["aud"] = json!([us, "another-app"]),
            F::AudienceListWithAuthorizedParty => {
                claims["aud"] = json!(["another-app", us]);
                claims["azp"] = json!(us);
            }
            F::AuthorizedPartyOther => claims["azp"] = json!("another-app"),
            F::ExpiryPast => {
                claims["exp"] = json!(now - 3600);
                claims["iat"] = json!(now - 7200);
            }
            F::ExpiryText => claims["exp"] = json!((now + LIVES).to_string()),
            F::ExpiryLast => claims["exp"] = json!(253_402_300_799_u64),
            F::ExpiryMilliseconds => claims["exp"] = json!((now + LIVES) * 1000),
            F::ExpiryNegative => claims["exp"] = json!(-1),
            F::ExpiryAtTheEdge => claims["exp"] = json!(now - 60),
            F::SubjectWithControls => claims["sub"] = json!(subject_with_controls()),
            F::NotBeforeFuture => claims["nbf"] = json!(now + 3600),
            F::IssuedInFuture => {
                claims["iat"] = json!(now + 3600);
                claims["exp"] = json!(now + 7200);
            }
            F::IssuedSlightlyAhead => claims["iat"] = json!(now + 10),
            F::NonceOther => claims["nonce"] = json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            F::NonceNull => claims["nonce"] = Value::Null,
            F::AccessTokenHashWrong => claims["at_hash"] = json!(self.at_hash("another token")),
            F::AccessTokenHashRight => claims["at_hash"] = json!(self.at_hash(access_token)),
            F::SubjectEmpty => claims["sub"] = json!(""),
            F::SubjectNumber => claims["sub"] = json!(7),
            F::SubjectTooLong => claims["sub"] = json!("s".repeat(256)),
            F::SubjectTooManyBytes => claims["sub"] = json!("李".repeat(100)),
            F::SubjectLongest => claims["sub"] = json!(longest_subject()),
            F::Long => claims["padding"] = json!("x".repeat(680 * 1024)),
            _ => {}
        }
    }

    fn spoil_header(&self, header: &mut Value, fault: IdTokenFault) {
        use IdTokenFault as F;
        let mut remove = |member: &str| {
            header.as_object_mut().map(|members| members.remove(member));
        };
        match fault {
            F::AlgMissing => remove("alg"),
            F::KidAbsent | F::KidAbsentManyKeys => remove("kid"),
            F::AlgNone => header["alg"] = json!("none"),
            F::AlgNoneInAnotherCase => header["alg"] = json!("nOnE"),
            F::Hs256WithSecret | F::Hs256WithPublicKey => header["alg"] = json!("HS256"),
            F::AlgOfAnotherKeyType => header["alg"] = json!("RS256"),
            F::KidUnknown => header["kid"] = json!("unknown"),
            F::EmbeddedKey => {
                header["jwk"] = self.another_key().jwk();
                header["jku"] = json!("https://attacker.example/jwks");
            }
            F::KeyByAddress => header["jku"] = json!("https://attacker.example/jwks"),
            F::CertificateByAddress => header["x5u"] = json!("https://attacker.example/key.pem"),
            F::AlgOfAnotherCurve => header["alg"] = json!("ES256"),
            F::Unencoded => {
                header["b64"] = json!(false);
                header["crit"] = json!(["b64"]);
            }
            F::Critical => {
                header["crit"] = json!(["http://example.com/must-understand"]);
                header["http://example.com/must-understand"] = json!(true);
            }
            F::AccessTokenHashRight => header["typ"] = json!("JWT"),
            _ => {}
        }
    }

    fn sign_wrongly(&self, header: &Value, claims: &Value, fault: IdTokenFault) -> String {
        use IdTokenFault as F;
        let key = self.signer();
        let right = || compact(header, claims, |message| key.sign(message));
        match fault {
            F::AlgNone | F::AlgNoneInAnotherCase | F::SignatureEmpty => compact(header, claims, |_| Vec::new()),
            F::Hs256WithSecret => compact(header, claims, |message| hs256(self.app_secret.as_bytes(), message)),
            F::Hs256WithPublicKey => {
                compact(header, claims, |message| hs256(key.jwk().to_string().as_bytes(), message))
            }
            F::AlgOfAnotherKeyType => compact(header, claims, |message| Key::new(Algorithm::Rs256, 0).sign(message)),
            F::SignatureZero => compact(header, claims, |message| vec![0; key.sign(message).len()]),
            F::SignatureDer => compact(header, claims, |message| key.sign_as_der(message)),
            F::SignatureOversized => compact(header, claims, |message| [key.sign(message), vec![0; 1000]].concat()),
            F::SignatureOfAnotherCurve | F::AlgOfAnotherCurve => {
                compact(header, claims, |message| Key::new(Algorithm::Es256, 0).sign(message))
            }
            F::AlgTwice => {
                let twice = header.to_string().replacen('{', r#"{"alg":"none","#, 1);
                sign_parts(&twice, claims.to_string().as_bytes(), key)
            }
            F::SubjectTwice => {
                sign_text(header, claims.to_string().replacen('{', r#"{"sub":"admin","#, 1).as_bytes(), key)
            }
            F::ExpiryHuge => {
                let right = format!(r#""exp":{}"#, claims["exp"]);
                sign_text(header, claims.to_string().replacen(&right, r#""exp":1e999"#, 1).as_bytes(), key)
            }
            F::SignatureOfAnotherKey | F::EmbeddedKey | F::KeyByAddress | F::CertificateByAddress => {
                compact(header, claims, |message| self.another_key().sign(message))
            }
            F::SignatureAltered => compact(header, claims, |message| {
                let mut signature = key.sign(message);
                signature[7] ^= 1;
                signature
            }),
            F::PayloadAltered => {
                let signed = right();
                let parts: Vec<&str> = signed.split('.').collect();
                let mut altered = claims.clone();
                altered["sub"] = json!("admin");
                format!("{}.{}.{}", parts[0], base64url(altered.to_string().as_bytes()), parts[2])
            }
            F::TwoParts => right().rsplit_once('.').map(|(head, _)| head.to_owned()).unwrap_or_default(),
            F::FiveParts => format!("{}.AAAA.AAAA", right()),
            F::Padded => format!("{}==", right()),
            F::NotJson => sign_text(header, b"not JSON at all", key),
            F::PayloadArray => sign_text(header, format!("[{claims}]").as_bytes(), key),
            _ => right(),
        }
    }

    pub(super) fn another_key(&self) -> Key {
        Key::new(self.signer().algorithm(), 9)
    }

    /// `at_hash` of `OpenID` Connect Core §3.1.3.6: the left half of the hash that the algorithm uses.
    fn at_hash(&self, access_token: &str) -> String {
        let name = self.signer().algorithm().name();
        let hash = if name.ends_with("256") {
            Sha256::digest(access_token).to_vec()
        } else if name.ends_with("384") {
            Sha384::digest(access_token).to_vec()
        } else {
            Sha512::digest(access_token).to_vec()
        };
        base64url(&hash[..hash.len() / 2])
    }
}

/// A subject of the greatest length that `OpenID` Connect Core §2 allows.
pub(super) fn longest_subject() -> String {
    "s".repeat(255)
}

/// A subject with NUL and bidirectional controls: an identifier as good as any other, and the same each time.
pub(super) fn subject_with_controls() -> String {
    "ali\0ce\u{202e}nimda\u{2066}".to_owned()
}

pub(super) fn compact(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()));
    format!("{message}.{}", base64url(&sign(message.as_bytes())))
}

pub(super) fn sign_text(header: &Value, payload: &[u8], key: &Key) -> String {
    sign_parts(&header.to_string(), payload, key)
}

fn sign_parts(header: &str, payload: &[u8], key: &Key) -> String {
    let message = format!("{}.{}", base64url(header.as_bytes()), base64url(payload));
    format!("{message}.{}", base64url(&key.sign(message.as_bytes())))
}

pub(super) fn hs256(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}
