//! The core's native code, and the one place that trusts it.
//!
//! Loading native code that somebody altered is running whatever they wrote. So the code is part of
//! this program: it is never read from a file, and a [`Precompiled`] cannot be made of any other bytes.

#![allow(unsafe_code)]

use wasmtime::{Engine, Module};

/// Native code that `build.rs` compiled.
#[derive(Clone, Copy)]
pub struct Precompiled(&'static [u8]);

/// SHA-256 of the core's WebAssembly, in hex.
pub const CORE_SHA256: &str = env!("CORE_SHA256");

impl Precompiled {
    /// The core: wasm/ of this very version.
    pub const CORE: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/core.native")));

    /// Length in bytes.
    pub fn size(self) -> usize {
        self.0.len()
    }

    /// Makes the code executable. wasmtime refuses code of another version, configuration or CPU.
    pub(crate) fn load(self, engine: &Engine) -> wasmtime::Result<Module> {
        // SAFETY: the bytes are a constant of this program that wasmtime's own compiler wrote while
        // it was built (`build.rs`); the field is private and no other constructor exists.
        unsafe { Module::deserialize(engine, self.0) }
    }
}

/// Tiny modules from build/, most with a fault, for the tests.
#[cfg(test)]
impl Precompiled {
    pub(crate) const ENDLESS: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/endless.native")));
    pub(crate) const TRAPS: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/traps.native")));
    pub(crate) const GREEDY: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/greedy.native")));
    pub(crate) const COUNTS: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/counts.native")));
    pub(crate) const DIALOGUE: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/dialogue.native")));
    pub(crate) const LIES: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/lies.native")));
    pub(crate) const IMPORTS: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/imports.native")));
    pub(crate) const DEEP: Self = Self(include_bytes!(concat!(env!("OUT_DIR"), "/deep.native")));
}
