//! What the host computes in place of the core, in a build without the feature `arithmetic`: there the host's libraries are
//! native code, and this module is not.
//!
//! Each function computes and decides nothing: it is given everything, and what it gives depends on that alone. The module
//! imports them from `host`; byte strings are address and length.
//!
//! | import | |
//! |---|---|
//! | `verify(scheme, key, message, signature) -> i32` | 1 if the signature is right |
//! | `is_key(scheme, key) -> i32` | 1 if the key is a point of its curve that signatures can be verified with |
//! | `rsa(key, signature, to) -> i32` | 1, and at `to` as many bytes as the signature has: the RSA operation of RFC 8017 §5.2.2 |
//! | `transliterate(character, to) -> i32` | how many bytes of ASCII are at `to`, 255 at most; -1 if there are none for the character |

#![allow(unsafe_code)]

/// A signature scheme. A key is DER (SubjectPublicKeyInfo, RFC 5280 §4.1.2.7), a signature as in RFC 3279 §2.2 or RFC 8017 §8.2;
/// those of Ed25519 are the bytes of RFC 8032 §5.1.
#[derive(Clone, Copy)]
pub enum Scheme {
    /// The curve decides nothing more.
    Ed25519 = 0,
    /// With SHA-256, RSA or the curve as the key says.
    Sha256 = 1,
    /// With SHA-384.
    Sha384 = 2,
    /// With SHA-512.
    Sha512 = 3,
}

mod imported {
    #[link(wasm_import_module = "host")]
    unsafe extern "C" {
        pub(super) fn verify(
            scheme: u32,
            key: *const u8,
            key_length: usize,
            message: *const u8,
            message_length: usize,
            signature: *const u8,
            signature_length: usize,
        ) -> i32;
        pub(super) fn is_key(scheme: u32, key: *const u8, key_length: usize) -> i32;
        pub(super) fn rsa(
            key: *const u8,
            key_length: usize,
            signature: *const u8,
            signature_length: usize,
            to: *mut u8,
        ) -> i32;
        pub(super) fn transliterate(character: u32, to: *mut u8) -> i32;
    }
}

/// Whether a key made a signature.
pub fn verify(scheme: Scheme, key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let (key, key_length) = (key.as_ptr(), key.len());
    let (message, message_length) = (message.as_ptr(), message.len());
    // SAFETY: the host reads these bytes during the call.
    let verdict = unsafe {
        imported::verify(scheme as u32, key, key_length, message, message_length, signature.as_ptr(), signature.len())
    };
    verdict == 1
}

/// Whether a key of a curve is sound.
pub fn is_key(scheme: Scheme, key: &[u8]) -> bool {
    // SAFETY: the host reads these bytes during the call.
    unsafe { imported::is_key(scheme as u32, key.as_ptr(), key.len()) == 1 }
}

/// The signature to the power of the exponent.
pub fn rsa(key: &[u8], signature: &[u8]) -> Option<Vec<u8>> {
    let mut opened = vec![0; signature.len()];
    // SAFETY: the host writes as many bytes as the signature has, during the call.
    let done = unsafe {
        imported::rsa(key.as_ptr(), key.len(), signature.as_ptr(), signature.len(), opened.as_mut_ptr()) == 1
    };
    done.then_some(opened)
}

/// A character in ASCII.
fn transliterate(character: char) -> Option<String> {
    let mut bytes = [0_u8; 256];
    // SAFETY: the host writes 255 bytes at most, during the call.
    let length = unsafe { imported::transliterate(character.into(), bytes.as_mut_ptr()) };
    let bytes = bytes.get(..usize::try_from(length).ok()?)?;
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

/// As the crate `deunicode`: a word of several letters loses its last space before another space, and at the end.
pub fn deunicode(text: &str) -> String {
    if text.bytes().all(|byte| byte < 0x7f) {
        return text.to_owned();
    }
    // The crate looks for no replacement of what comes before the first other character.
    let (ascii, rest) = text.split_at(text.bytes().take_while(|byte| *byte < 0x7f).count());
    let words: Vec<_> = rest.chars().map(transliterate).collect();
    let mut latin = ascii.to_owned();
    for (at, word) in words.iter().enumerate() {
        let Some(word) = word else {
            latin.push_str("[?]");
            continue;
        };
        let next = words.get(at + 1).map(Option::as_deref);
        let ends = next.is_none_or(|next| next.is_some_and(|next| next.starts_with(' ')));
        let word = if word.len() > 1 && ends { word.strip_suffix(' ').unwrap_or(word) } else { word };
        latin.push_str(word);
    }
    latin
}
