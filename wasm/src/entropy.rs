//! Every unpredictable value of a reply, derived from the one draw that the host supplied.

use crate::{ENTROPY_LENGTH, Surroundings};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use sha2::Sha256;

impl Surroundings {
    /// Bytes for one purpose. Different labels give independent values (HKDF, RFC 5869 §2.3).
    pub fn draw<const N: usize>(&self, label: &str) -> [u8; N] {
        expand(&self.entropy, label)
    }
}

/// `N` bytes derived from `secret` for the purpose that `label` names.
pub fn expand<const N: usize>(secret: &[u8], label: &str) -> [u8; N] {
    const { assert!(N <= 255 * 32, "HKDF-SHA-256 gives 8160 bytes at most") };
    let mut out = [0; N];
    // The only error is a length over the bound that is asserted above.
    let _ = Hkdf::<Sha256>::new(Some(b"logto-sign-in"), secret).expand(label.as_bytes(), &mut out);
    out
}

/// base64url without padding (RFC 7515 §2), the alphabet of states, nonces and sealed values.
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Lower-case hex of the SHA-256 of `text`: fixed-length keys for tables and names.
pub fn sha256_hex(text: &str) -> String {
    use sha2::Digest as _;
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl std::fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings")
            .field("now", &self.now)
            .field("entropy", &format_args!("[{ENTROPY_LENGTH}]"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_give_independent_values() {
        let here = Surroundings { now: 0, entropy: [7; ENTROPY_LENGTH] };
        let (a, b): ([u8; 32], [u8; 32]) = (here.draw("a"), here.draw("b"));
        assert_ne!(a, b);
        assert_eq!(a, here.draw("a"));
    }

    #[test]
    fn hash_is_the_published_one() {
        assert_eq!(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn debug_never_shows_entropy() {
        let here = Surroundings { now: 1, entropy: [7; ENTROPY_LENGTH] };
        assert!(!format!("{here:?}").contains("7, 7"));
    }
}
