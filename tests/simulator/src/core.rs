//! What is driven.

use logto_sign_in_core::conversation::Conversation;
use logto_sign_in_core::environment::{ENTROPY_LENGTH, Environment};
use sha2::{Digest as _, Sha256};

/// The core behind any transport: one line in, one out. The first line of an operation is its request, each further one
/// an answer.
pub trait Core {
    /// Replies to one line.
    fn call(&mut self, line: &[u8]) -> Vec<u8>;

    /// Unix time by the clock that the core is given.
    fn now(&self) -> u64;
}

/// The core called as a library; time and entropy are variables.
pub struct Native {
    /// Unix time in seconds.
    pub clock: u64,
    /// How many draws of entropy were made; the same number gives the same draw.
    pub draws: u64,
    conversation: Option<Conversation>,
}

impl Native {
    /// A core at a fixed time.
    pub const fn new() -> Self {
        Self::at(1_800_000_000, 0)
    }

    /// A core at another time, after so many draws of entropy.
    pub const fn at(clock: u64, draws: u64) -> Self {
        Self { clock, draws, conversation: None }
    }

    /// The entropy of a draw.
    pub fn entropy(draw: u64) -> [u8; ENTROPY_LENGTH] {
        let mut entropy = [0; ENTROPY_LENGTH];
        for (half, part) in entropy.chunks_mut(32).enumerate() {
            part.copy_from_slice(&Sha256::digest(format!("draw {draw} half {half}")));
        }
        entropy
    }
}

impl Default for Native {
    fn default() -> Self {
        Self::new()
    }
}

impl Core for Native {
    fn call(&mut self, line: &[u8]) -> Vec<u8> {
        self.draws += 1;
        let environment = Environment { now: self.clock, entropy: Self::entropy(self.draws) };
        if let Some(conversation) = self.conversation.as_mut().filter(|conversation| conversation.is_open()) {
            return conversation.answer(line, environment).to_json();
        }
        let (conversation, reply) = Conversation::begin(line, environment);
        self.conversation = Some(conversation);
        reply.to_json()
    }

    fn now(&self) -> u64 {
        self.clock
    }
}
