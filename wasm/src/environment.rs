//! What a call may not find out by itself: the time, and entropy.

use crate::crypto::expand;

/// Entropy that the host draws for each line, in bytes.
pub const ENTROPY_LENGTH: usize = 64;

/// Time and entropy of one line, supplied by the host and never by PHP.
#[derive(Clone)]
pub struct Environment {
    /// Unix time in seconds.
    pub now: u64,
    /// Fresh random bytes; everything unpredictable in a reply is derived from them.
    pub entropy: [u8; ENTROPY_LENGTH],
}

impl Environment {
    /// Bytes for one purpose. Different labels give independent values (HKDF, RFC 5869 §2.3).
    pub fn draw<const N: usize>(&self, label: &str) -> [u8; N] {
        expand(&self.entropy, label)
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("now", &self.now).field("entropy", &"[redacted]").finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_give_independent_values() {
        let env = Environment { now: 0, entropy: [7; ENTROPY_LENGTH] };

        let (a, b): ([u8; 32], [u8; 32]) = (env.draw("a"), env.draw("b"));

        assert_ne!(a, b);
        assert_eq!(a, env.draw("a"));
    }

    #[test]
    fn debug_never_shows_entropy() {
        let env = Environment { now: 1, entropy: [7; ENTROPY_LENGTH] };

        assert!(!format!("{env:?}").contains("7, 7"));
    }
}
