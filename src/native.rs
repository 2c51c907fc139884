//! The core's native code, and the one place that trusts it.
//!
//! Loading native code that somebody altered is running whatever they wrote. So the code is part of
//! the program, and a [`Precompiled`] cannot be made of any other bytes. The library has none of its own:
//! it maps that of the program beside it (`program`).
//!
//! The code lies in an executable section of the program and runs where it lies. Nothing is copied, the
//! processes of a machine share its pages, and no page that could be written becomes executable, which
//! `SELinux` (`execmem`), systemd (`MemoryDenyWriteExecute=`) or a seccomp profile may forbid.

#![allow(unsafe_code)]

use std::collections::BTreeMap;
use std::ptr::{NonNull, slice_from_raw_parts_mut};
use std::sync::{Arc, Mutex, PoisonError};
use wasmtime::{Config, CustomCodeMemory, Engine, Module};

/// Native code that `build.rs` compiled.
#[derive(Clone, Copy)]
pub struct Precompiled {
    start: *const u8,
    length: usize,
}

/// SHA-256 of the core's WebAssembly, in hex.
pub const CORE_SHA256: &str = env!("CORE_SHA256");

/// SHA-256 of the core's native code, in hex.
pub(crate) const CORE_NATIVE_SHA256: &str = env!("CORE_NATIVE_SHA256");

/// The section of all native code.
pub(crate) const SECTION: &str = ".native_code";

/// Length of the core's native code in bytes.
pub(crate) const CORE_SIZE: usize = Precompiled::CORE.length;

/// Puts a file of `build.rs` into the executable section, and declares the symbol there.
macro_rules! embed {
    ($symbol:ident, $file:literal) => {
        std::arch::global_asm!(
            ".pushsection .native_code, \"ax\", @progbits",
            // A page, which wasmtime wants its sections to begin at.
            ".balign 4096",
            concat!(".globl ", stringify!($symbol)),
            concat!(".hidden ", stringify!($symbol)),
            concat!(stringify!($symbol), ":"),
            concat!(".incbin \"", env!("OUT_DIR"), "/", $file, ".native\""),
            // Tells the library whether this is the code that it was built with.
            concat!(".ascii \"", env!("CORE_NATIVE_SHA256"), "\""),
            ".popsection",
        );

        unsafe extern "C" {
            static $symbol: u8;
        }
    };
    ($($name:ident = $symbol:ident, $file:literal;)+) => {
        $(embed!($symbol, $file);)+

        impl Precompiled {
            $(
                #[doc = concat!("`", $file, "`, as this very version has it.")]
                pub const $name: Self = Self {
                    start: &raw const $symbol,
                    length: include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".native")).len(),
                };
            )+
        }
    };
}

embed! {
    CORE = logto_sign_in_native_core, "core";
}

// Tiny modules from build/, most with a fault.
#[cfg(test)]
embed! {
    ENDLESS = logto_sign_in_native_endless, "endless";
    TRAPS = logto_sign_in_native_traps, "traps";
    GREEDY = logto_sign_in_native_greedy, "greedy";
    COUNTS = logto_sign_in_native_counts, "counts";
    DIALOGUE = logto_sign_in_native_dialogue, "dialogue";
    LIES = logto_sign_in_native_lies, "lies";
    IMPORTS = logto_sign_in_native_imports, "imports";
    DEEP = logto_sign_in_native_deep, "deep";
}

impl Precompiled {
    /// Length in bytes.
    pub const fn size(self) -> usize {
        self.length
    }

    /// The core in a mapping of the program. The linker leaves [`Precompiled::CORE`] out of the library, since nothing in it
    /// refers to that.
    ///
    /// # Safety
    /// [`CORE_SIZE`] bytes are at `start`, the code whose hash is [`CORE_NATIVE_SHA256`]. They are mapped readable and
    /// executable, never writable, for as long as the process lives.
    pub(crate) const unsafe fn core_at(start: *const u8) -> Self {
        Self { start, length: CORE_SIZE }
    }

    /// The module, whose code stays where it is. wasmtime refuses code of another version, configuration or CPU.
    pub(crate) fn load(self, mut config: Config) -> wasmtime::Result<Module> {
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(module) = loaded.get(&self.start.addr()) {
            return Ok(module.clone());
        }
        config.with_custom_code_memory(Some(Arc::new(InPlace)));
        let engine = Engine::new(&config)?;
        let code = NonNull::new(slice_from_raw_parts_mut(self.start.cast_mut(), self.length));
        let code = code.ok_or_else(|| wasmtime::Error::msg("the program has no native code"))?;
        // SAFETY: the bytes are a constant of this program, or of the program of this very build beside this library, that
        // wasmtime's own compiler wrote while it was built (`build.rs`); the fields are private and no other constructor
        // exists. They are mapped readable and executable, never writable, for as long as the program or library is.
        let module = unsafe { Module::deserialize_raw(&engine, code) }?;
        loaded.insert(self.start.addr(), module.clone());
        Ok(module)
    }
}

/// The modules of this process by the address of their code, where wasmtime takes one module only.
static LOADED: Mutex<BTreeMap<usize, Module>> = Mutex::new(BTreeMap::new());

/// Code memory whose protection was right from the start.
struct InPlace;

impl CustomCodeMemory for InPlace {
    fn required_alignment(&self) -> usize {
        1
    }

    fn publish_executable(&self, _: *const u8, _: usize) -> wasmtime::Result<()> {
        Ok(())
    }

    fn unpublish_executable(&self, _: *const u8, _: usize) -> wasmtime::Result<()> {
        Ok(())
    }
}
