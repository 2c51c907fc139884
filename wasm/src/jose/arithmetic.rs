//! The arithmetic of signatures, by the crates of RustCrypto and dalek.

use super::jwk::{Curve, Key, Material};
use super::jws::Jws;
use super::{Algorithm, roca};
use rsa::BoxedUint;
use rsa::signature::Verifier as _;
use sha2::{Sha256, Sha384, Sha512};

/// RSASSA-PKCS1-v1_5 or RSASSA-PSS with one hash function.
macro_rules! rsa_verifies {
    ($scheme:ident, $hash:ty, $key:expr, $message:expr, $signature:expr) => {
        rsa::$scheme::Signature::try_from($signature)
            .is_ok_and(|signature| rsa::$scheme::VerifyingKey::<$hash>::new($key).verify($message, &signature).is_ok())
    };
}

/// ECDSA on one curve with its own hash function. The signature is `r || s` with the length of the
/// curve (RFC 7518 §3.4); both halves of the range of `s` are fine, since providers do not normalise it.
macro_rules! ecdsa_verifies {
    ($curve:ident, $point:expr, $message:expr, $signature:expr) => {
        $curve::ecdsa::Signature::from_slice($signature).is_ok_and(|signature| {
            $curve::ecdsa::VerifyingKey::from_sec1_bytes($point)
                .is_ok_and(|key| key.verify($message, &signature).is_ok())
        })
    };
}

impl Key {
    pub(super) fn has_signed(&self, jws: &Jws<'_>) -> bool {
        let message = jws.signing_input.as_bytes();
        let signature = jws.signature.as_slice();
        match &self.material {
            Material::Rsa { n, e } => {
                let Some(key) = rsa_key(n, e) else { return false };
                match jws.algorithm {
                    Algorithm::Rs256 => rsa_verifies!(pkcs1v15, Sha256, key, message, signature),
                    Algorithm::Rs384 => rsa_verifies!(pkcs1v15, Sha384, key, message, signature),
                    Algorithm::Rs512 => rsa_verifies!(pkcs1v15, Sha512, key, message, signature),
                    Algorithm::Ps256 => rsa_verifies!(pss, Sha256, key, message, signature),
                    Algorithm::Ps384 => rsa_verifies!(pss, Sha384, key, message, signature),
                    Algorithm::Ps512 => rsa_verifies!(pss, Sha512, key, message, signature),
                    _ => false,
                }
            }
            Material::Ec { curve, point } => match (curve, jws.algorithm) {
                (Curve::P256, Algorithm::Es256) => ecdsa_verifies!(p256, point, message, signature),
                (Curve::P384, Algorithm::Es384) => ecdsa_verifies!(p384, point, message, signature),
                (Curve::P521, Algorithm::Es512) => ecdsa_verifies!(p521, point, message, signature),
                _ => false,
            },
            Material::Ed25519 { x } if jws.algorithm == Algorithm::EdDsa => {
                let key = ed25519_dalek::VerifyingKey::from_bytes(x);
                let signature = ed25519_dalek::Signature::from_slice(signature);
                key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()))
            }
            Material::Ed25519 { .. } => false,
        }
    }

    /// Whether the material is a key that a signature can be verified with: the point is on its curve, the
    /// modulus is odd and not of the kind that ROCA breaks, the exponent is odd and between 3 and 2^33 - 1.
    pub(super) fn is_sound(&self) -> bool {
        match &self.material {
            Material::Rsa { n, e } => rsa_key(n, e).is_some() && !roca::is_vulnerable(n),
            Material::Ec { curve: Curve::P256, point } => p256::PublicKey::from_sec1_bytes(point).is_ok(),
            Material::Ec { curve: Curve::P384, point } => p384::PublicKey::from_sec1_bytes(point).is_ok(),
            Material::Ec { curve: Curve::P521, point } => p521::PublicKey::from_sec1_bytes(point).is_ok(),
            // The library also reads encodings that RFC 8032 §5.1.3 refuses.
            Material::Ed25519 { x } => ed25519_dalek::VerifyingKey::from_bytes(x)
                .is_ok_and(|key| !key.is_weak() && key.to_edwards().compress().as_bytes() == x),
        }
    }
}

fn rsa_key(n: &[u8], e: &[u8]) -> Option<rsa::PublicKey> {
    let (n, e) = (BoxedUint::from_be_slice_vartime(n), BoxedUint::from_be_slice_vartime(e));
    rsa::PublicKey::new(n, e).ok()
}
