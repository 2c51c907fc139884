//! Reads the keys and signatures that the core writes in DER (X.690 §8.1.3): wasm/src/jose/imported.rs.

/// A key.
pub enum Key<'a> {
    /// Big-endian modulus and exponent.
    Rsa {
        /// The modulus.
        n: &'a [u8],
        /// The exponent.
        e: &'a [u8],
    },
    /// An uncompressed point of P-256 (SEC 1 §2.3.3).
    P256(&'a [u8]),
    /// An uncompressed point of P-384.
    P384(&'a [u8]),
    /// An uncompressed point of P-521.
    P521(&'a [u8]),
}

impl<'a> Key<'a> {
    /// A `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7).
    pub fn read(info: &'a [u8]) -> Option<Self> {
        let (info, []) = element(0x30, info)? else { return None };
        let (algorithm, rest) = element(0x30, info)?;
        // No bit of the last octet is unused.
        let ([0, key @ ..], []) = element(0x03, rest)? else { return None };
        let (id, parameters) = element(0x06, algorithm)?;
        match (id, element(0x06, parameters).map_or(&[][..], |(curve, _)| curve)) {
            // rsaEncryption (RFC 3279 §2.3.1)
            (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", _) => {
                let (n, e) = integers(key)?;
                Some(Self::Rsa { n, e })
            }
            // id-ecPublicKey, then the curve (RFC 5480 §2.1.1)
            (b"\x2a\x86\x48\xce\x3d\x02\x01", b"\x2a\x86\x48\xce\x3d\x03\x01\x07") => Some(Self::P256(key)),
            (b"\x2a\x86\x48\xce\x3d\x02\x01", b"\x2b\x81\x04\x00\x22") => Some(Self::P384(key)),
            (b"\x2a\x86\x48\xce\x3d\x02\x01", b"\x2b\x81\x04\x00\x23") => Some(Self::P521(key)),
            _ => None,
        }
    }
}

/// `r || s`, each with the length of the curve, of an ECDSA signature in DER (RFC 3279 §2.2.3).
pub fn joined(signature: &[u8], length: usize) -> Option<Vec<u8>> {
    let (r, s) = integers(signature)?;
    let mut joined = Vec::with_capacity(2 * length);
    for number in [r, s] {
        joined.resize(joined.len() + length.checked_sub(number.len())?, 0);
        joined.extend_from_slice(number);
    }
    Some(joined)
}

/// A sequence of two integers without sign.
fn integers(sequence: &[u8]) -> Option<(&[u8], &[u8])> {
    let (content, []) = element(0x30, sequence)? else { return None };
    let (first, rest) = element(0x02, content)?;
    let (second, []) = element(0x02, rest)? else { return None };
    Some((first.strip_prefix(&[0]).unwrap_or(first), second.strip_prefix(&[0]).unwrap_or(second)))
}

/// The content of the first element, which must have this tag, and what comes after it.
fn element(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match bytes {
        [first, short @ 0..=0x7f, rest @ ..] if *first == tag => (usize::from(*short), rest),
        [first, 0x81, long, rest @ ..] if *first == tag => (usize::from(*long), rest),
        [first, 0x82, high, low, rest @ ..] if *first == tag => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}
