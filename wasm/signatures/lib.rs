//! Signatures: which bytes a key has signed.
//!
//! The arithmetic is that of the `RustCrypto` and dalek crates. They are generic, and generic code is compiled with the
//! optimization of the crate that uses it: the core is built for size, which doubles what a signature costs. So this
//! crate uses them, in functions that are not generic, and is built for speed (`Cargo.toml`, `profile.core`).
//!
//! All functions answer with `false` when a key or a signature is none.

#![forbid(unsafe_code)]

use ed25519_dalek::VerifyingKey;
use rsa::signature::Verifier as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, PublicKey};
use sha2::{Sha256, Sha384, Sha512};

/// The hash function of an RSA signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

/// A signature by an RSA key: big-endian modulus and exponent.
macro_rules! rsa_scheme {
    ($name:ident, $scheme:ident, $doc:literal) => {
        #[doc = $doc]
        #[inline(never)]
        pub fn $name(hash: Hash, n: &[u8], e: &[u8], message: &[u8], signature: &[u8]) -> bool {
            let (Some(key), Ok(signature)) = (rsa_key(n, e), rsa::$scheme::Signature::try_from(signature)) else {
                return false;
            };
            match hash {
                Hash::Sha256 => rsa::$scheme::VerifyingKey::<Sha256>::new(key).verify(message, &signature).is_ok(),
                Hash::Sha384 => rsa::$scheme::VerifyingKey::<Sha384>::new(key).verify(message, &signature).is_ok(),
                Hash::Sha512 => rsa::$scheme::VerifyingKey::<Sha512>::new(key).verify(message, &signature).is_ok(),
            }
        }
    };
}

rsa_scheme!(rsa_pkcs1, pkcs1v15, "RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).");
rsa_scheme!(rsa_pss, pss, "RSASSA-PSS (RFC 8017 §8.1), MGF1 and the length of the salt by the same hash function.");

/// Whether the modulus is odd, and the exponent odd and between 3 and 2^33 - 1.
pub fn is_rsa_key(n: &[u8], e: &[u8]) -> bool {
    rsa_key(n, e).is_some()
}

/// The RSA operation alone (RFC 8017 §5.2.2), for a caller that looks at the padding: as many bytes as the signature has.
pub fn rsa_power(n: &[u8], e: &[u8], signature: &[u8]) -> Option<Vec<u8>> {
    let key = rsa_key(n, e)?;
    let number = BoxedUint::from_be_slice(signature, key.n().bits_precision()).ok()?;
    if number >= *key.n().as_ref() {
        return None;
    }
    let power = rsa::hazmat::rsa_encrypt(&key, &number).ok()?.to_be_bytes();
    let first = power.len().checked_sub(signature.len())?;
    power[..first].iter().all(|byte| *byte == 0).then(|| power[first..].to_vec())
}

fn rsa_key(n: &[u8], e: &[u8]) -> Option<PublicKey> {
    PublicKey::new(BoxedUint::from_be_slice_vartime(n), BoxedUint::from_be_slice_vartime(e)).ok()
}

/// ECDSA on one curve with the hash function of its length. The signature is `r || s` with the length of the curve
/// (RFC 7518 §3.4); both halves of the range of `s` are fine, since providers do not normalize it.
macro_rules! curve {
    ($curve:ident, $verify:ident, $is_point:ident, $doc:literal) => {
        #[doc = $doc]
        #[doc = " The key is an uncompressed point (SEC 1 §2.3.3), the signature `r || s` (RFC 7518 §3.4)."]
        #[inline(never)]
        pub fn $verify(point: &[u8], message: &[u8], signature: &[u8]) -> bool {
            $curve::ecdsa::Signature::from_slice(signature).is_ok_and(|signature| {
                $curve::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .is_ok_and(|key| key.verify(message, &signature).is_ok())
            })
        }

        /// Whether a point is on the curve.
        #[inline(never)]
        pub fn $is_point(point: &[u8]) -> bool {
            $curve::PublicKey::from_sec1_bytes(point).is_ok()
        }
    };
}

curve!(p256, ecdsa_p256, is_on_p256, "ECDSA on P-256 with SHA-256.");
curve!(p384, ecdsa_p384, is_on_p384, "ECDSA on P-384 with SHA-384.");
curve!(p521, ecdsa_p521, is_on_p521, "ECDSA on P-521 with SHA-512.");

/// Ed25519 (RFC 8032 §5.1.7).
#[inline(never)]
pub fn ed25519(x: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let signature = ed25519_dalek::Signature::from_slice(signature);
    let key = VerifyingKey::from_bytes(x);
    key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()))
}

/// Whether a point is a key: in its one encoding (RFC 8032 §5.1.3; the library reads others, too), and of no small
/// order.
#[inline(never)]
pub fn is_ed25519_key(x: &[u8; 32]) -> bool {
    VerifyingKey::from_bytes(x).is_ok_and(|key| !key.is_weak() && key.to_edwards().compress().as_bytes() == x)
}
