//! A compiler for WebAssembly, which the host's build script needs: rustup's target, or Debian's `rust-web` packages.

use super::debian;
use crate::process::Program;
use crate::{Result, bail, progress};
use std::path::Path;

const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that the core can be compiled.
pub fn require() -> Result<()> {
    if is_there()? {
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
    // rustup also succeeds where its records and its files differ; only the files count.
    if rustup.is_ok() && is_there()? {
        return Ok(());
    }
    progress::say("rustup cannot add it; Debian's compiler for WebAssembly will do");
    debian::require(&debian)
}

/// Whether the active toolchain has the target's standard library.
fn is_there() -> Result<bool> {
    let libraries = Program::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output()?;
    Ok(Path::new(libraries.trim()).exists())
}
