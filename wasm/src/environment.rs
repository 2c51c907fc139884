//! What a call may not find out by itself: the time, and entropy.

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

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("now", &self.now).field("entropy", &"[redacted]").finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_entropy() {
        let env = Environment { now: 1, entropy: [7; ENTROPY_LENGTH] };

        assert!(!format!("{env:?}").contains("7, 7"));
    }
}
