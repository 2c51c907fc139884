//! What is driven.

use logto_sign_in_core::{ENTROPY_LENGTH, Surroundings, handle};
use sha2::{Digest as _, Sha256};

/// The core behind any carrier: one JSON object in, one out.
pub trait Core {
    /// Answers one request.
    fn call(&mut self, request: &[u8]) -> Vec<u8>;

    /// Unix time by the clock that the core is given.
    fn now(&self) -> u64;
}

/// The core called as a library; time and entropy are variables.
pub struct Native {
    /// Unix time in seconds.
    pub clock: u64,
    /// How many draws of entropy were made; the same number gives the same draw.
    pub draws: u64,
}

impl Native {
    /// A core at a fixed time.
    pub const fn new() -> Self {
        Self { clock: 1_800_000_000, draws: 0 }
    }
}

impl Default for Native {
    fn default() -> Self {
        Self::new()
    }
}

impl Core for Native {
    fn call(&mut self, request: &[u8]) -> Vec<u8> {
        self.draws += 1;
        let mut entropy = [0; ENTROPY_LENGTH];
        for (half, part) in entropy.chunks_mut(32).enumerate() {
            part.copy_from_slice(&Sha256::digest(format!("draw {} half {half}", self.draws)));
        }
        handle(request, &Surroundings { now: self.clock, entropy })
    }

    fn now(&self) -> u64 {
        self.clock
    }
}
