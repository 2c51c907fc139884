//! Real signing keys, the same in every run: what is signed with them can be pinned in a file.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use p384::ecdsa::signature::Signer as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::signature::SignatureEncoding as _;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

/// An algorithm that a provider signs with (RFC 7518 §3.1, RFC 8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// P-384, Logto's default.
    Es384,
    /// P-256.
    Es256,
    /// P-521.
    Es512,
    /// RSA, PKCS #1 v1.5.
    Rs256,
    /// The same with SHA-384.
    Rs384,
    /// The same with SHA-512.
    Rs512,
    /// RSA-PSS.
    Ps256,
    /// The same with SHA-384.
    Ps384,
    /// The same with SHA-512.
    Ps512,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 10] = [
        Self::Es384,
        Self::Es256,
        Self::Es512,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::EdDsa,
    ];

    /// The registered name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es384 => "ES384",
            Self::Es256 => "ES256",
            Self::Es512 => "ES512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::EdDsa => "EdDSA",
        }
    }
}

enum Secret {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Rsa(Box<rsa::PrivateKey>),
    Ed25519(ed25519_dalek::SigningKey),
}

/// One key of the provider.
pub struct Key {
    /// The key's name.
    pub kid: String,
    algorithm: Algorithm,
    secret: Secret,
}

impl Key {
    /// The key number `serial` for `algorithm`. All RSA algorithms and serials share one key pair.
    pub fn new(algorithm: Algorithm, serial: u8) -> Self {
        let seed = |length: usize| {
            // P-521 scalars are 521 bits in 66 bytes: the first byte stays zero.
            let mut bytes = vec![serial.wrapping_add(1); length];
            bytes[0] = 0;
            bytes
        };
        let secret = match algorithm {
            Algorithm::Es256 => Secret::P256(p256::ecdsa::SigningKey::from_slice(&seed(32)).expect("a scalar")),
            Algorithm::Es384 => Secret::P384(p384::ecdsa::SigningKey::from_slice(&seed(48)).expect("a scalar")),
            Algorithm::Es512 => Secret::P521(p521::ecdsa::SigningKey::from_slice(&seed(66)).expect("a scalar")),
            Algorithm::EdDsa => Secret::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[serial.wrapping_add(1); 32])),
            _ => Secret::Rsa(Box::new(rsa_key(include_str!("../../keys/rsa.pem")))),
        };
        Self { kid: format!("{}-{serial}", algorithm.name().to_ascii_lowercase()), algorithm, secret }
    }

    /// An RSA key of 1024 bits: too short for RFC 7518 §3.3.
    pub fn too_short() -> Self {
        let secret = Secret::Rsa(Box::new(rsa_key(include_str!("../../keys/rsa-short.pem"))));
        Self { kid: "short".to_owned(), algorithm: Algorithm::Rs256, secret }
    }

    /// An RSA key of 4096 bits: the longest that is accepted.
    pub fn longest() -> Self {
        let secret = Secret::Rsa(Box::new(rsa_key(include_str!("../../keys/rsa-long.pem"))));
        Self { kid: "long".to_owned(), algorithm: Algorithm::Rs256, secret }
    }

    /// What the key signs with.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The public half (RFC 7517), with `alg` and `use` as a complete provider states them.
    pub fn jwk(&self) -> Value {
        let ec = |crv: &str, point: &[u8]| {
            let (x, y) = point[1..].split_at((point.len() - 1) / 2);
            json!({"kty": "EC", "crv": crv, "x": base64url(x), "y": base64url(y)})
        };
        let mut jwk = match &self.secret {
            Secret::P256(key) => ec("P-256", key.verifying_key().to_sec1_point(false).as_bytes()),
            Secret::P384(key) => ec("P-384", key.verifying_key().to_sec1_point(false).as_bytes()),
            Secret::P521(key) => ec("P-521", key.verifying_key().to_sec1_point(false).as_bytes()),
            Secret::Rsa(key) => json!({"kty": "RSA", "n": base64url(&key.n_bytes()), "e": base64url(&key.e_bytes())}),
            Secret::Ed25519(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": base64url(key.verifying_key().as_bytes())})
            }
        };
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(self.algorithm.name());
        jwk
    }

    /// The JWS signature of `message` (RFC 7518 §3: fixed-length `r || s` for ECDSA).
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.secret {
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_vec()
            }
            Secret::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_vec()
            }
            Secret::P521(key) => {
                let signature: p521::ecdsa::Signature = key.sign(message);
                signature.to_vec()
            }
            Secret::Ed25519(key) => key.sign(message).to_vec(),
            Secret::Rsa(key) => self.sign_rsa(key, message),
        }
    }

    /// The same as ASN.1 DER, which a JWS must not be; the plain signature for other keys than P-384.
    pub fn sign_as_der(&self, message: &[u8]) -> Vec<u8> {
        match &self.secret {
            Secret::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_der().as_bytes().to_vec()
            }
            _ => self.sign(message),
        }
    }

    fn sign_rsa(&self, key: &rsa::PrivateKey, message: &[u8]) -> Vec<u8> {
        use rsa::sha2::{Sha256, Sha384, Sha512};
        use rsa::{pkcs1v15, pss};
        let key = key.clone();
        match self.algorithm {
            Algorithm::Rs384 => pkcs1v15::SigningKey::<Sha384>::new(key).sign(message).to_vec(),
            Algorithm::Rs512 => pkcs1v15::SigningKey::<Sha512>::new(key).sign(message).to_vec(),
            Algorithm::Ps256 => pss::SigningKey::<Sha256>::new(key).sign(message).to_vec(),
            Algorithm::Ps384 => pss::SigningKey::<Sha384>::new(key).sign(message).to_vec(),
            Algorithm::Ps512 => pss::SigningKey::<Sha512>::new(key).sign(message).to_vec(),
            _ => pkcs1v15::SigningKey::<Sha256>::new(key).sign(message).to_vec(),
        }
    }
}

fn rsa_key(pem: &str) -> rsa::PrivateKey {
    rsa::PrivateKey::from_pkcs8_pem(pem).expect("a committed key")
}

/// base64url without padding (RFC 7515 §2).
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
