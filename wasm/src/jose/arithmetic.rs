//! The arithmetic of signatures, by a crate that is compiled for speed.

use super::jwk::{Curve, Key, Material};
use super::{Algorithm, roca};
use logto_sign_in_signatures as signatures;
use logto_sign_in_signatures::Hash;

impl Key {
    pub(super) fn has_signed(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match (&self.material, algorithm) {
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
