//! Signatures: JSON Web Signature (RFC 7515), keys (RFC 7517) and algorithms (RFC 7518, RFC 8037).
//!
//! Compact serialization, public keys and a closed list of asymmetric algorithms, and nothing else:
//! no `none`, no HMAC, no encryption, no `crit`, no key that a token brings with it.
//!
//! ```text
//! KeySet::parse(JWKS) ──┐
//!                       ├── KeySet::verify ── Payload (exists only if a signature was right)
//! Jws::parse(token) ────┘
//! ```

mod algorithm;
#[cfg(feature = "arithmetic")]
mod arithmetic;
#[cfg(not(feature = "arithmetic"))]
mod imported;
mod jwk;
mod jws;
mod roca;
mod verify;

#[cfg(test)]
mod tests;

pub use algorithm::Algorithm;
pub use jwk::{Key, KeySet};
pub use jws::{Jws, Payload, claimed_issuer};

use crate::codes::{ErrorCode, Refused};
use crate::json::ObjectError;
use std::fmt;

/// Why a JWS or a JWK Set is not accepted. Texts never contain the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoseError {
    /// Not a JWS in compact form (RFC 7515 §7.1), or one that asks for something that is not supported.
    Malformed(&'static str),
    /// The JSON inside is none, or a member that counts cannot be read.
    Unreadable(ObjectError),
    /// `alg` is missing, `none`, symmetric, or not known; the name as the token spells it.
    AlgorithmRefused(String),
    /// There are keys with the token's `kid`, and none is for the token's algorithm.
    AlgorithmNotOfKey(Algorithm),
    /// No key has the token's `kid`, or none is for its algorithm. Fetching the keys again may help.
    KeyUnknown(Option<String>),
    /// No candidate key made this signature.
    Signature,
    /// The keys are not a JWK Set (RFC 7517 §5).
    KeySetMalformed(&'static str),
    /// The JWK Set is longer than the limit, or has more keys.
    KeySetTooLarge,
    /// The JWK Set has no key that can verify a signature.
    NoUsableKey,
}

impl fmt::Display for JoseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(cause) => write!(f, "not an acceptable JWS: {cause}"),
            Self::Unreadable(cause) => write!(f, "not an acceptable JWS: {cause}"),
            Self::AlgorithmRefused(name) => write!(f, "signature algorithm \"{name}\" is not accepted"),
            Self::AlgorithmNotOfKey(algorithm) => write!(f, "the key is not for {}", algorithm.name()),
            Self::KeyUnknown(Some(kid)) => write!(f, "the provider has no key \"{kid}\""),
            Self::KeyUnknown(None) => f.write_str("the provider has no key for the algorithm"),
            Self::Signature => f.write_str("the signature is wrong"),
            Self::KeySetMalformed(cause) => write!(f, "not a JWK Set: {cause}"),
            Self::KeySetTooLarge => f.write_str("the JWK Set is too large"),
            Self::NoUsableKey => f.write_str("the JWK Set has no key that can verify a signature"),
        }
    }
}

impl std::error::Error for JoseError {}

impl From<JoseError> for Refused {
    fn from(error: JoseError) -> Self {
        let refusal = match error {
            JoseError::Malformed(_) | JoseError::Unreadable(_) => ErrorCode::TokenMalformed,
            JoseError::AlgorithmRefused(_) | JoseError::AlgorithmNotOfKey(_) => ErrorCode::TokenAlgorithm,
            JoseError::KeyUnknown(_) => ErrorCode::TokenKeyUnknown,
            JoseError::Signature => ErrorCode::TokenSignature,
            JoseError::KeySetMalformed(_) => ErrorCode::ProviderAnswer,
            JoseError::KeySetTooLarge => ErrorCode::ProviderTooLarge,
            JoseError::NoUsableKey => ErrorCode::KeysUnusable,
        };
        Self::new(refusal, error)
    }
}

/// The beginning of a text from outside, long enough to recognize it in a log.
fn truncate_for_log(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(64).collect()
}

/// Bytes of a base64url text without padding (RFC 7515 §2): other alphabets, padding, whitespace
/// and unused bits that are not zero are refused, so each byte string has one spelling.
fn decode_base64url(text: &str) -> Option<Vec<u8>> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.decode(text).ok()
}
