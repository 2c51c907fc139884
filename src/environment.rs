//! What the core may not find out by itself: the time and entropy.

use crate::error::Error;
use rustix::rand::{GetRandomFlags, getrandom};
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// Entropy of one line, in bytes.
pub const ENTROPY_LENGTH: usize = 64;

/// The time and the entropy of one line.
///
/// The transports only ever use [`Environment::draw`]; tests that want the same reply twice make
/// their own for [`Sandbox::begin_at`](crate::sandbox::Sandbox::begin_at).
#[derive(Clone)]
pub struct Environment {
    /// Unix time in seconds.
    pub now: u64,
    /// Fresh random bytes.
    pub entropy: [u8; ENTROPY_LENGTH],
}

impl Environment {
    /// The system's clock, and entropy from the kernel.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the clock is before 1970 or the kernel gives no entropy.
    pub fn draw() -> Result<Self, Error> {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_err(|_| Error::Unavailable("the system's clock is before 1970".into()))?
            .as_secs();
        let mut entropy = [0; ENTROPY_LENGTH];
        // The system call itself, which needs no /dev: the program may run in an empty chroot. 256 bytes or fewer are
        // never cut short (getrandom(2)).
        getrandom(&mut entropy, GetRandomFlags::empty())
            .map_err(|cause| Error::Unavailable(format!("the kernel gives no entropy: {cause}")))?;
        Ok(Self { now, entropy })
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").field("now", &self.now).field("entropy", &"[redacted]").finish()
    }
}
