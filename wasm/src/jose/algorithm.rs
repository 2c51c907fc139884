//! The signature algorithms that are accepted.

use sha2::{Digest as _, Sha256, Sha384, Sha512};

macro_rules! algorithms {
    ($($(#[doc = $doc:literal])+ $name:ident = $jose:literal;)+) => {
        /// An accepted signature algorithm. What is not here cannot be verified with: there is no
        /// `none` and no HMAC, so neither can be chosen by a token.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Algorithm { $($(#[doc = $doc])+ $name,)+ }

        impl Algorithm {
            /// Every algorithm.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name in JOSE headers.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $jose,)+ }
            }
        }
    };
}

algorithms! {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
    Rs256 = "RS256";
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384 = "RS384";
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512 = "RS512";
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 7518 §3.5).
    Ps256 = "PS256";
    /// RSASSA-PSS with SHA-384 and a salt of 48 bytes.
    Ps384 = "PS384";
    /// RSASSA-PSS with SHA-512 and a salt of 64 bytes.
    Ps512 = "PS512";
    /// ECDSA on P-256 with SHA-256 (RFC 7518 §3.4).
    Es256 = "ES256";
    /// ECDSA on P-384 with SHA-384: what Logto signs with unless told otherwise.
    Es384 = "ES384";
    /// ECDSA on P-521 with SHA-512.
    Es512 = "ES512";
    /// EdDSA on Ed25519 (RFC 8037 §3.1), also called `Ed25519` (RFC 9864 §2.2).
    EdDsa = "EdDSA";
}

impl Algorithm {
    /// The algorithm that a header or a key names. Names are case-sensitive (RFC 7515 §4.1.1).
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "Ed25519" {
            return Some(Self::EdDsa);
        }
        Self::ALL.iter().copied().find(|algorithm| algorithm.name() == name)
    }

    /// Digest of `bytes` by the hash function of this algorithm; for Ed25519, SHA-512.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Rs256 | Self::Ps256 | Self::Es256 => Sha256::digest(bytes).to_vec(),
            Self::Rs384 | Self::Ps384 | Self::Es384 => Sha384::digest(bytes).to_vec(),
            Self::Rs512 | Self::Ps512 | Self::Es512 | Self::EdDsa => Sha512::digest(bytes).to_vec(),
        }
    }
}
