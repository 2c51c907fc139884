//! Signatures against fixed vectors; `tests/vectors/jose/README.md` says where they come from.

mod compact;
mod keys;
mod vectors;
mod wycheproof;

use super::{JoseError, Jws, KeySet};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Value, json};

const RFC: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/jose/rfc.json"));
const ACCEPTED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/jose/accepted.json"));
const REFUSED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/jose/refused.json"));
const RFC_REFUSED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/jose/rfc_refused.json"));
const RFC_KEYS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/jose/rfc_keys.json"));
const KEYS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/jose/keys.json"));

#[derive(Deserialize)]
struct Vector {
    name: String,
    #[serde(default)]
    keys: Vec<Value>,
    #[serde(default)]
    token: String,
    #[serde(default)]
    algorithms: Vec<String>,
    #[serde(default)]
    payload: String,
    #[serde(default)]
    error: String,
}

fn vectors(json: &str) -> Vec<Vector> {
    serde_json::from_str(json).expect("vectors")
}

/// The vector of that name.
fn accepted(name: &str) -> Vector {
    vectors(ACCEPTED).into_iter().find(|vector| vector.name == name).expect("a vector of that name")
}

/// A public key of `tests/vectors/jose/keys.json`.
fn jwk(name: &str) -> Value {
    serde_json::from_str::<Value>(KEYS).expect("keys")[name].clone()
}

fn key_set(keys: &[Value]) -> Result<KeySet, JoseError> {
    KeySet::parse(json!({ "keys": keys }).to_string().as_bytes())
}

/// Parses and verifies; gives the payload.
fn verify(keys: &KeySet, token: &str) -> Result<Vec<u8>, JoseError> {
    Ok(keys.verify(&Jws::parse(token)?)?.bytes().to_vec())
}

/// The name of an error in the vectors.
fn kind(error: &JoseError) -> &'static str {
    match error {
        JoseError::Malformed(_) | JoseError::Unreadable(_) => "malformed",
        JoseError::AlgorithmRefused(_) | JoseError::AlgorithmNotOfKey(_) => "algorithm",
        JoseError::KeyUnknown(_) => "key unknown",
        JoseError::Signature => "signature",
        JoseError::KeySetMalformed(_) | JoseError::KeySetTooLarge | JoseError::NoUsableKey => "key set",
    }
}

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
