//! A compiler for WebAssembly, which the host's build script needs: rustup's target, or Debian's `rust-web` packages.

use super::debian;
use crate::process::Program;
use crate::{Result, bail, progress};
use std::path::Path;

const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that the core can be compiled.
pub fn require() -> Result<()> {
    let libraries = Program::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output()?;
    if Path::new(libraries.trim()).exists() {
        return Ok(());
    }
    let debian = ["rustc-web", "cargo-web", "rust-web-src"].map(str::to_owned);
    if debian::are_installed(&debian) {
        return Ok(());
    }
    let rustup = progress::step(&format!("Adding the compiler's target {TARGET}"), || {
        let added = Program::new("timeout").args(["120", "rustup", "target", "add", TARGET]).finish()?;
        if !added.success {
            bail!("{}", added.stderr);
        }
        Ok(())
    });
    if rustup.is_ok() {
        return Ok(());
    }
    progress::say("rustup cannot add it; Debian's compiler for WebAssembly will do");
    debian::require(&debian)
}
