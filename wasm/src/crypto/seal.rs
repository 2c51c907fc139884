//! Values that leave the core and must come back unread and unchanged.
//!
//! XChaCha20-Poly1305 with a key derived by HKDF-SHA-256 from WordPress's salts: random per site,
//! the same on every web node, 24-byte nonces that may be drawn at random, and a tag whose length
//! is fixed by the algorithm (CVE-2025-47275 was a tag of the sender's choice).

use super::secret::Secret;
use super::{base64url, draw, draw_until, expand, is_harmless};
use crate::codes::{ErrorCode, Refused};
use crate::environment::Environment;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Serialize, de::DeserializeOwned};

const NONCE_BYTES: usize = 24;
/// A salt shorter than this is a placeholder, not a secret.
const MIN_SALT_BYTES: usize = 32;
/// Longer input is not ours: nothing sealed by this core comes near it.
const MAX_SEALED_BYTES: usize = 512 * 1024;

/// What a sealed value is for; a value sealed for one purpose never opens for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The cookie of a sign-in.
    SignIn,
    /// The cookie of a sign-in inside the DingTalk app, whose codes are no good for the browser's way and the reverse.
    SignInApp,
    /// The cookie of a sign-out.
    SignOut,
    /// The cookie of a connection that waits for a proof or a confirmation.
    Connect,
    /// What renews a session, kept with the session.
    Session,
    /// A cached answer of a provider: whoever can write to the cache could otherwise choose endpoints and keys.
    Cache,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::SignIn => "seal sign-in cookie",
            Self::SignInApp => "seal in-app sign-in cookie",
            Self::SignOut => "seal sign-out cookie",
            Self::Connect => "seal connect cookie",
            Self::Session => "seal session",
            Self::Cache => "seal cache",
        }
    }
}

/// Seals and opens values for one purpose.
pub struct Seal {
    cipher: XChaCha20Poly1305,
    purpose: Purpose,
}

impl Seal {
    /// A seal keyed by the site's salt.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`] when the site has no salt worth the name.
    pub fn new(salt: &Secret, purpose: Purpose) -> Result<Self, Refused> {
        if salt.expose().len() < MIN_SALT_BYTES {
            return Err(Refused::new(ErrorCode::NotConfigured, "WordPress's salts are missing or too short"));
        }
        let key: [u8; 32] = expand(salt.expose().as_bytes(), purpose.label());
        Ok(Self { cipher: XChaCha20Poly1305::new(&key.into()), purpose })
    }

    /// Seals `value`; `bound_to` must be the same when it is opened.
    ///
    /// # Errors
    /// [`ErrorCode::ProtocolError`] when the value cannot be written as JSON.
    pub fn seal<T: Serialize>(&self, value: &T, bound_to: &str, environment: &Environment) -> Result<String, Refused> {
        let failed = || Refused::new(ErrorCode::ProtocolError, "a value could not be sealed");
        let plain = serde_json::to_vec(value).map_err(|_| failed())?;
        let seal = |label: &str| {
            let nonce: [u8; NONCE_BYTES] = draw(environment, label);
            let payload = Payload { msg: &plain, aad: bound_to.as_bytes() };
            let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
            Some(base64url(&[&nonce[..], &sealed].concat()))
        };
        // What the server keeps goes through no firewall.
        let is_kept = matches!(self.purpose, Purpose::Cache | Purpose::Session);
        let is_usable = |sealed: &Option<String>| is_kept || sealed.as_deref().is_none_or(is_harmless);
        draw_until(self.purpose.label(), seal, is_usable).ok_or_else(failed)
    }

    /// Opens what [`Seal::seal`] made; `None` for everything else.
    pub fn open<T: DeserializeOwned>(&self, sealed: &str, bound_to: &str) -> Option<T> {
        if sealed.len() > MAX_SEALED_BYTES {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: bound_to.as_bytes() };
        let plain = self.cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: &str = "0123456789abcdef0123456789abcdef";

    fn environment() -> Environment {
        Environment { now: 0, entropy: [1; crate::environment::ENTROPY_LENGTH] }
    }

    fn seal(salt: &str, purpose: Purpose) -> Seal {
        Seal::new(&Secret::new(salt), purpose).expect("a long salt")
    }

    #[test]
    fn opens_what_it_sealed() {
        let seal = seal(SALT, Purpose::SignIn);
        let sealed = seal.seal(&"value", "name", &environment()).expect("sealed");
        assert_eq!(seal.open::<String>(&sealed, "name").expect("opened"), "value");
        assert!(!sealed.contains("value"));
    }

    /// Fault C12: a cookie with `--` was taken for SQL by firewalls, and its visitor could not sign in.
    #[test]
    fn fault_c12_a_sealed_cookie_holds_no_double_hyphen() {
        let long = "x".repeat(1500);
        let seal = seal(SALT, Purpose::SignIn);
        for first in 0..100 {
            let mut entropy = [1; crate::environment::ENTROPY_LENGTH];
            entropy[0] = first;

            let sealed = seal.seal(&long, "name", &Environment { now: 0, entropy }).expect("sealed");

            assert!(!sealed.contains("--"), "entropy {first}: {sealed}");
            assert_eq!(seal.open::<String>(&sealed, "name").as_deref(), Some(long.as_str()));
        }
    }

    #[test]
    fn another_name_purpose_or_site_opens_nothing() {
        let sealed = seal(SALT, Purpose::SignIn).seal(&1, "name", &environment()).expect("sealed");
        assert!(seal(SALT, Purpose::SignIn).open::<u8>(&sealed, "other").is_none());
        assert!(seal(SALT, Purpose::SignOut).open::<u8>(&sealed, "name").is_none());
        assert!(seal(SALT, Purpose::SignInApp).open::<u8>(&sealed, "name").is_none());
        assert!(seal("another salt of the same length!", Purpose::SignIn).open::<u8>(&sealed, "name").is_none());
    }

    #[test]
    fn every_altered_byte_and_every_truncation_is_noticed() {
        let seal = seal(SALT, Purpose::SignOut);
        let sealed = seal.seal(&"v", "", &environment()).expect("sealed");
        let bytes = URL_SAFE_NO_PAD.decode(&sealed).expect("base64url");
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            assert!(seal.open::<String>(&base64url(&altered), "").is_none(), "byte {at}");
            assert!(seal.open::<String>(&base64url(&bytes[..at]), "").is_none(), "length {at}");
        }
    }

    #[test]
    fn a_site_without_salts_is_refused() {
        let refused = Seal::new(&Secret::new("put your unique phrase here"), Purpose::SignIn).err().expect("refused");
        assert_eq!(refused.code, ErrorCode::NotConfigured);
    }
}
