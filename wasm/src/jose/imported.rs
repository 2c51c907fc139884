//! The same verdicts as `arithmetic`, by the host's libraries: here are the forms that those want, and what they leave to their
//! callers.

use super::jwk::{Curve, Key, Material};
use super::{Algorithm, roca};
use crate::host::{self, Scheme};

/// The part of a SubjectPublicKeyInfo before the point (RFC 5480 §2).
const P256: &[u8] =
    b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\0";
const P384: &[u8] = b"\x30\x76\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x62\0";
const P521: &[u8] =
    b"\x30\x81\x9b\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x23\x03\x81\x86\0";
/// `rsaEncryption` with its parameters, which are NULL (RFC 3279 §2.3.1).
const RSA: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
/// The largest exponent that `arithmetic` takes.
const MAX_EXPONENT: u64 = (1 << 33) - 1;

impl Key {
    pub(super) fn has_signed(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Material::Rsa { n, e } => {
                if !is_rsa(n, e) || signature.len() != n.len() {
                    return false;
                }
                let key = rsa_info(n, e);
                match algorithm {
                    Algorithm::Rs256 => host::verify(Scheme::Sha256, &key, message, signature),
                    Algorithm::Rs384 => host::verify(Scheme::Sha384, &key, message, signature),
                    Algorithm::Rs512 => host::verify(Scheme::Sha512, &key, message, signature),
                    Algorithm::Ps256 | Algorithm::Ps384 | Algorithm::Ps512 => host::rsa(&key, signature)
                        .is_some_and(|encoded| is_pss(algorithm, message, encoded, bits(n) - 1)),
                    _ => false,
                }
            }
            Material::Ec { curve, point } => {
                let scheme = match (curve, algorithm) {
                    (Curve::P256, Algorithm::Es256) => Scheme::Sha256,
                    (Curve::P384, Algorithm::Es384) => Scheme::Sha384,
                    (Curve::P521, Algorithm::Es512) => Scheme::Sha512,
                    _ => return false,
                };
                if signature.len() != 2 * curve.length() {
                    return false;
                }
                let (r, s) = signature.split_at(curve.length());
                let signature = der(0x30, &[integer(r), integer(s)].concat());
                host::verify(scheme, &[info(*curve), point].concat(), message, &signature)
            }
            Material::Ed25519 { x } => {
                algorithm == Algorithm::EdDsa
                    && signature.len() == 64
                    && host::verify(Scheme::Ed25519, x, message, signature)
            }
        }
    }

    /// Whether the material is a key that a signature can be verified with; the rules are those of `arithmetic`.
    pub(super) fn is_sound(&self) -> bool {
        match &self.material {
            Material::Rsa { n, e } => is_rsa(n, e) && !roca::is_vulnerable(n),
            Material::Ec { curve, point } => host::is_key(Scheme::Sha256, &[info(*curve), point].concat()),
            Material::Ed25519 { x } => host::is_key(Scheme::Ed25519, x),
        }
    }
}

const fn info(curve: Curve) -> &'static [u8] {
    match curve {
        Curve::P256 => P256,
        Curve::P384 => P384,
        Curve::P521 => P521,
    }
}

/// Modulus and exponent are odd, the exponent is between 3 and 2^33 - 1.
fn is_rsa(n: &[u8], e: &[u8]) -> bool {
    let is_odd = |bytes: &[u8]| bytes.last().is_some_and(|byte| byte & 1 == 1);
    let exponent = e.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    is_odd(n) && is_odd(e) && (3..=MAX_EXPONENT).contains(&exponent)
}

/// A SubjectPublicKeyInfo of RSA (RFC 8017 appendix A.1.1).
fn rsa_info(n: &[u8], e: &[u8]) -> Vec<u8> {
    let key = der(0x30, &[integer(n), integer(e)].concat());
    // No bit of the last octet is unused.
    let bits = der(0x03, &[&[0], key.as_slice()].concat());
    der(0x30, &[RSA, &bits].concat())
}

/// An integer without a sign in DER (X.690 §8.3): as short as possible, with a zero where it would be negative.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let bytes = &bytes[first..];
    let needs_zero = bytes.first().is_none_or(|byte| byte & 0x80 != 0);
    der(0x02, &[if needs_zero { &[0_u8][..] } else { &[] }, bytes].concat())
}

/// A value in DER (X.690 §8.1.3), up to 65,535 bytes long.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes();
    let head = match (high, low) {
        (0, 0..0x80) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, content.to_vec()].concat()
}

fn bits(n: &[u8]) -> usize {
    n.len() * 8 - n.first().map_or(0, |byte| byte.leading_zeros() as usize)
}

/// EMSA-PSS-VERIFY with a salt as long as the hash (RFC 8017 §9.1.2). `encoded` is as long as the modulus, the encoded message
/// has `bits` bits.
fn is_pss(algorithm: Algorithm, message: &[u8], mut encoded: Vec<u8>, bits: usize) -> bool {
    let length = bits.div_ceil(8);
    if encoded.len() > length && encoded.remove(0) != 0 {
        return false;
    }
    let hash = algorithm.digest(message);
    let size = hash.len();
    if encoded.len() != length || length < 2 * size + 2 || encoded.pop() != Some(0xbc) {
        return false;
    }
    let (masked, digest) = encoded.split_at(length - size - 1);
    // The bits that the encoded message does not have are zero.
    let unused = 0xff_u8 >> (8 * length - bits);
    if masked[0] & !unused != 0 {
        return false;
    }
    let mask = mgf1(algorithm, digest, masked.len());
    let mut data: Vec<u8> = masked.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect();
    data[0] &= unused;
    let (padding, salt) = data.split_at(data.len() - size);
    let (one, zeros) = padding.split_last().unwrap_or((&0, &[]));
    let again = algorithm.digest(&[&[0; 8], hash.as_slice(), salt].concat());
    *one == 1 && zeros.iter().all(|byte| *byte == 0) && again == digest
}

/// RFC 8017 appendix B.2.1.
fn mgf1(algorithm: Algorithm, seed: &[u8], length: usize) -> Vec<u8> {
    let mut mask = Vec::new();
    for counter in 0_u32.. {
        if mask.len() >= length {
            break;
        }
        mask.extend(algorithm.digest(&[seed, &counter.to_be_bytes()].concat()));
    }
    mask.truncate(length);
    mask
}
