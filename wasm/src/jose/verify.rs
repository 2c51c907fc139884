//! Which keys to try, and the trying.

use super::jwk::{Curve, Key, KeySet, Material};
use super::jws::{Jws, Payload};
use super::{Algorithm, JoseError, roca};
use logto_sign_in_signatures as signatures;
use logto_sign_in_signatures::Hash;

/// Keys tried for one token. A provider in the middle of a rotation has two; a hostile JWK Set must
/// not make one token cost a hundred verifications.
const MOST_CANDIDATES: usize = 8;

impl KeySet {
    /// Verifies the signature and only then hands out the payload.
    ///
    /// A token with `kid` is tried with the keys of that `kid`, one without with every key. Only keys
    /// that are for the token's algorithm are tried, so a key never meets an algorithm of another type.
    ///
    /// # Errors
    /// [`JoseError::KeyUnknown`], [`JoseError::AlgorithmNotOfKey`] or [`JoseError::Signature`].
    pub fn verify<'j>(&self, jws: &'j Jws<'_>) -> Result<Payload<'j>, JoseError> {
        let named = || self.keys().iter().filter(|key| jws.kid().is_none() || key.kid() == jws.kid());
        if named().next().is_none() {
            return Err(JoseError::KeyUnknown(jws.kid().map(super::truncate_for_log)));
        }
        let mut candidates = named().filter(|key| key.is_for(jws.algorithm)).take(MOST_CANDIDATES).peekable();
        if candidates.peek().is_none() {
            return Err(match jws.kid() {
                Some(_) => JoseError::AlgorithmNotOfKey(jws.algorithm),
                None => JoseError::KeyUnknown(None),
            });
        }
        if candidates.any(|key| key.has_signed(jws)) { Ok(jws.verified()) } else { Err(JoseError::Signature) }
    }
}

impl Key {
    fn has_signed(&self, jws: &Jws<'_>) -> bool {
        let message = jws.signing_input.as_bytes();
        let signature = jws.signature.as_slice();
        match (&self.material, jws.algorithm) {
            (Material::Rsa { n, e }, algorithm) => {
                let pkcs1 = |hash| signatures::rsa_pkcs1(hash, n, e, message, signature);
                let pss = |hash| signatures::rsa_pss(hash, n, e, message, signature);
                match algorithm {
                    Algorithm::Rs256 => pkcs1(Hash::Sha256),
                    Algorithm::Rs384 => pkcs1(Hash::Sha384),
                    Algorithm::Rs512 => pkcs1(Hash::Sha512),
                    Algorithm::Ps256 => pss(Hash::Sha256),
                    Algorithm::Ps384 => pss(Hash::Sha384),
                    Algorithm::Ps512 => pss(Hash::Sha512),
                    _ => false,
                }
            }
            (Material::Ec { curve: Curve::P256, point }, Algorithm::Es256) => {
                signatures::ecdsa_p256(point, message, signature)
            }
            (Material::Ec { curve: Curve::P384, point }, Algorithm::Es384) => {
                signatures::ecdsa_p384(point, message, signature)
            }
            (Material::Ec { curve: Curve::P521, point }, Algorithm::Es512) => {
                signatures::ecdsa_p521(point, message, signature)
            }
            (Material::Ed25519 { x }, Algorithm::EdDsa) => signatures::ed25519(x, message, signature),
            (Material::Ec { .. } | Material::Ed25519 { .. }, _) => false,
        }
    }

    /// Whether the material is a key that a signature can be verified with: the point is on its curve, the
    /// modulus is odd and not of the kind that ROCA breaks, the exponent is odd and between 3 and 2^33 - 1.
    pub(super) fn is_sound(&self) -> bool {
        match &self.material {
            Material::Rsa { n, e } => signatures::is_rsa_key(n, e) && !roca::is_vulnerable(n),
            Material::Ec { curve: Curve::P256, point } => signatures::is_on_p256(point),
            Material::Ec { curve: Curve::P384, point } => signatures::is_on_p384(point),
            Material::Ec { curve: Curve::P521, point } => signatures::is_on_p521(point),
            Material::Ed25519 { x } => signatures::is_ed25519_key(x),
        }
    }
}
