//! The proof that a value was verified.

use std::ops::Deref;

/// A verified value. Only the verifiers of this room make one, so code that takes one cannot be handed anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// Vouches for a value: its signature is the provider's, and every rule was kept.
    pub(super) const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value without its proof.
    pub(super) fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
