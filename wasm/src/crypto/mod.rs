//! Cryptography that is not a signature: derived keys, digests, sealed values, PKCE, secrets.
//!
//! The algorithms are those of the `RustCrypto` crates; this room only chooses and names them.

pub mod pkce;
pub mod seal;
pub mod secret;

use crate::environment::Environment;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// `N` bytes derived from `secret` for the purpose that `label` names (HKDF-SHA-256, RFC 5869).
pub fn expand<const N: usize>(secret: &[u8], label: &str) -> [u8; N] {
    const { assert!(N <= 255 * 32, "HKDF-SHA-256 gives 8160 bytes at most") };
    let mut out = [0; N];
    // The only error is a length over the bound that is asserted above.
    let _ = Hkdf::<Sha256>::new(Some(b"logto-sign-in"), secret).expand(label.as_bytes(), &mut out);
    out
}

/// Unpredictable bytes for one purpose; different labels give independent values (RFC 5869 §2.3).
pub fn draw<const N: usize>(environment: &Environment, label: &str) -> [u8; N] {
    expand(&environment.entropy, label)
}

/// Draws that [`draw_until`] makes. A state holds `--` with a probability of 1 %, the longest cookie of 40 %: the last of
/// so many does with one of less than 10⁻²⁵.
const MAX_DRAWS: usize = 64;

/// What `draw` makes of the first label whose value is usable. The labels are `label` and variants of it.
pub fn draw_until<T>(label: &str, draw: impl Fn(&str) -> T, is_usable: impl Fn(&T) -> bool) -> T {
    let variants = (1..MAX_DRAWS).map(|number| draw(&format!("{label} {number}")));
    let mut draws = std::iter::once_with(|| draw(label)).chain(variants);
    let first = draws.find(is_usable);
    first.unwrap_or_else(|| draw(label))
}

/// Whether no web application firewall takes `text` for SQL. Rule 942440 of the OWASP Core Rule Set blocks requests with
/// the comment sign `--`, which base64url may hold.
pub fn is_harmless(text: &str) -> bool {
    !text.contains("--")
}

/// base64url without padding (RFC 7515 §2), the alphabet of states, nonces and sealed values.
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Lower-case hex of the SHA-256 of `text`: fixed-length keys for tables and names.
pub fn sha256_hex(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_give_independent_values() {
        let environment = Environment { now: 0, entropy: [7; 64] };

        let (a, b): ([u8; 32], [u8; 32]) = (draw(&environment, "a"), draw(&environment, "b"));

        assert_ne!(a, b);
        assert_eq!(a, draw(&environment, "a"));
    }

    /// Fault C12: one state in a hundred and one cookie in five held `--`, and firewalls answered 403.
    #[test]
    fn fault_c12_another_value_is_drawn_until_one_is_harmless() {
        let value = |label: &str| match label {
            "state" => "a--b".to_owned(),
            "state 1" => "--".to_owned(),
            other => other.to_owned(),
        };

        assert_eq!(draw_until("state", value, |text: &String| is_harmless(text)), "state 2");
        assert_eq!(draw_until("nonce", value, |text: &String| is_harmless(text)), "nonce");
        assert_eq!(draw_until("state", value, |_| false), "a--b", "it ends");
    }

    #[test]
    fn sha256_hex_is_the_published_digest() {
        // FIPS 180-4, example "abc".
        assert_eq!(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
