//! Public keys of a provider: JSON Web Key Sets (RFC 7517).

use super::{Algorithm, JoseError, decode_base64url};
use crate::json;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

/// Longest JWK Set, in bytes.
const LONGEST: usize = 1024 * 1024;
/// Most keys in a JWK Set.
const MOST_KEYS: usize = 100;
/// Bits of an RSA modulus: RFC 7518 §3.3 wants 2048 or more. Providers stop at 4096, and the cost of a verification grows
/// with the square: a set of longer keys could exhaust an operation's fuel.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;
/// Longest RSA exponent, in bytes; the `rsa` crate ends at 2^33 - 1.
const RSA_EXPONENT_LENGTH: usize = 5;

/// Members of a JWK that count (RFC 7517 §4, RFC 7518 §6); what else is there is not read.
const JWK_MEMBERS: &[&str] = &["alg", "crv", "d", "e", "key_ops", "kid", "kty", "n", "use", "x", "y"];

/// A public key that can verify signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    kid: Option<String>,
    /// The only algorithm of this key, if the provider bound it to one.
    bound_to: Option<Algorithm>,
    pub(super) material: Material,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Material {
    /// Modulus and exponent, big-endian, without leading zeros.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// An uncompressed point (SEC 1 §2.3.3): 4, x, y.
    Ec { curve: Curve, point: Vec<u8> },
    /// RFC 8032 §5.1.5.
    Ed25519 { x: [u8; 32] },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
        }
    }

    /// Length of a coordinate, in bytes.
    pub(super) const fn length(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    const fn algorithm(self) -> Algorithm {
        match self {
            Self::P256 => Algorithm::Es256,
            Self::P384 => Algorithm::Es384,
            Self::P521 => Algorithm::Es512,
        }
    }
}

impl Key {
    /// `kid` (RFC 7517 §4.5).
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Whether a signature by `algorithm` may be verified with this key.
    pub fn is_for(&self, algorithm: Algorithm) -> bool {
        self.bound_to.is_none_or(|bound| bound == algorithm) && self.material.fits(algorithm)
    }

    /// Reads one JWK; `None` when it is not a public signature key of a known kind.
    ///
    /// Lengths are checked here; whether a point is on its curve is [`Key::is_sound`]'s to say.
    fn read(jwk: &Value) -> Option<Self> {
        let jwk = jwk.as_object()?;
        // A published private key is anybody's key.
        if present(jwk, "d").is_some() {
            return None;
        }
        let is_for_signatures = present(jwk, "use").is_none_or(|usage| usage == "sig");
        let verifies = |operations: &Value| operations.as_array().is_some_and(|all| all.iter().any(|o| o == "verify"));
        if !is_for_signatures || !present(jwk, "key_ops").is_none_or(verifies) {
            return None;
        }
        let material = Material::read(jwk)?;
        let bound_to = match present(jwk, "alg") {
            None => None,
            Some(name) => Some(Algorithm::from_name(name.as_str()?).filter(|algorithm| material.fits(*algorithm))?),
        };
        let kid = match present(jwk, "kid") {
            None => None,
            Some(kid) => Some(kid.as_str()?.to_owned()),
        };
        Some(Self { kid, bound_to, material })
    }

    fn to_value(&self) -> Value {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let mut jwk = match &self.material {
            Material::Rsa { n, e } => json!({"kty": "RSA", "n": encode(n), "e": encode(e)}),
            Material::Ec { curve, point } => {
                let (x, y) = point.get(1..).unwrap_or_default().split_at(curve.length());
                json!({"kty": "EC", "crv": curve.name(), "x": encode(x), "y": encode(y)})
            }
            Material::Ed25519 { x } => json!({"kty": "OKP", "crv": "Ed25519", "x": encode(x)}),
        };
        if let Some(kid) = &self.kid {
            jwk["kid"] = json!(kid);
        }
        if let Some(algorithm) = self.bound_to {
            jwk["alg"] = json!(algorithm.name());
        }
        jwk
    }
}

/// A member that is there; some providers write null for what they do not have.
fn present<'a>(jwk: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    jwk.get(name).filter(|value| !value.is_null())
}

impl Material {
    fn read(jwk: &Map<String, Value>) -> Option<Self> {
        let text = |name| jwk.get(name).and_then(Value::as_str);
        let bytes = |name| text(name).and_then(decode_base64url);
        match text("kty")? {
            "RSA" => {
                let n = without_leading_zeros(bytes("n")?);
                let e = without_leading_zeros(bytes("e")?);
                let bits = n.len() * 8 - usize::try_from(n.first()?.leading_zeros()).ok()?;
                (RSA_BITS.contains(&bits) && e.len() <= RSA_EXPONENT_LENGTH).then_some(Self::Rsa { n, e })
            }
            "EC" => {
                let name = text("crv")?;
                let curve = Curve::ALL.into_iter().find(|curve| curve.name() == name)?;
                // Both at full length, leading zeros included (RFC 7518 §6.2.1.2).
                let coordinate = |name| bytes(name).filter(|bytes| bytes.len() == curve.length());
                let point = [vec![4], coordinate("x")?, coordinate("y")?].concat();
                Some(Self::Ec { curve, point })
            }
            "OKP" if text("crv") == Some("Ed25519") => Some(Self::Ed25519 { x: bytes("x")?.try_into().ok()? }),
            _ => None,
        }
    }

    const fn fits(&self, algorithm: Algorithm) -> bool {
        use Algorithm::{EdDsa, Es256, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
        match self {
            Self::Rsa { .. } => matches!(algorithm, Rs256 | Rs384 | Rs512 | Ps256 | Ps384 | Ps512),
            Self::Ec { curve, .. } => {
                matches!((curve.algorithm(), algorithm), (Es256, Es256) | (Es384, Es384) | (Es512, Es512))
            }
            Self::Ed25519 { .. } => matches!(algorithm, EdDsa),
        }
    }
}

/// RFC 7518 §6.3.1.1 wants none, but some issuers write the sign octet of ASN.1.
fn without_leading_zeros(bytes: Vec<u8>) -> Vec<u8> {
    match bytes.iter().position(|byte| *byte != 0) {
        Some(0) => bytes,
        Some(first) => bytes[first..].to_vec(),
        None => Vec::new(),
    }
}

/// A JWK Set whose keys have not been read.
#[derive(Deserialize)]
struct RawKeySet<'a> {
    #[serde(borrow)]
    keys: Vec<&'a RawValue>,
}

/// The usable keys of a provider; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySet {
    keys: Vec<Key>,
}

impl KeySet {
    /// Reads a JWK Set as the provider sent it. Keys that cannot verify a signature are passed over, so one
    /// key of an unknown kind does not take the others with it (RFC 7517 §5).
    ///
    /// # Errors
    /// [`JoseError::KeySetTooLarge`], [`JoseError::KeySetMalformed`] or [`JoseError::NoUsableKey`].
    pub fn parse(json: &[u8]) -> Result<Self, JoseError> {
        if json.len() > LONGEST {
            return Err(JoseError::KeySetTooLarge);
        }
        let RawKeySet { keys } =
            serde_json::from_slice(json).map_err(|_| JoseError::KeySetMalformed("no list of keys"))?;
        if keys.len() > MOST_KEYS {
            return Err(JoseError::KeySetTooLarge);
        }
        let read = |key: &RawValue| {
            let members = json::members(key.get().as_bytes(), |name| JWK_MEMBERS.contains(&name)).ok()?;
            Key::read(&Value::Object(members))
        };
        Self::of(keys.into_iter().filter_map(read).filter(Key::is_sound).collect())
    }

    /// Reads what [`KeySet::to_value`] wrote. The arithmetic of [`KeySet::parse`] is not repeated: the key that
    /// verifies a token is checked when it is used, and the others do not matter.
    ///
    /// # Errors
    /// As [`KeySet::parse`].
    pub fn from_value(value: &Value) -> Result<Self, JoseError> {
        let keys = value.get("keys").and_then(Value::as_array).ok_or(JoseError::KeySetMalformed("no keys"))?;
        Self::of(keys.iter().take(MOST_KEYS).filter_map(Key::read).collect())
    }

    fn of(keys: Vec<Key>) -> Result<Self, JoseError> {
        if keys.is_empty() { Err(JoseError::NoUsableKey) } else { Ok(Self { keys }) }
    }

    /// A JWK Set with the usable keys alone, and of each only what verifying needs; for caching.
    pub fn to_value(&self) -> Value {
        json!({"keys": self.keys.iter().map(Key::to_value).collect::<Vec<_>>()})
    }

    /// The usable keys.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Names of the algorithms that the keys are for.
    pub fn algorithms(&self) -> Vec<&'static str> {
        let fits = |algorithm: &&Algorithm| self.keys.iter().any(|key| key.is_for(**algorithm));
        Algorithm::ALL.iter().filter(fits).map(|algorithm| algorithm.name()).collect()
    }
}
