//! Tools that cargo installs, in versions of our choice, into the target folder.

use crate::process::Program;
use crate::{Result, paths, progress};
use std::path::PathBuf;

/// A tool from cargo's registry.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// The name of the crate and of its program.
    pub name: &'static str,
    /// The exact version.
    pub version: &'static str,
    /// Whether to leave out the crate's default features, which the checks do not use.
    pub bare: bool,
}

/// Lints and analyses PHP.
pub const MAGO: Tool = Tool { name: "mago", version: "1.29.0", bare: false };

/// Checks licences, sources and duplicates of the dependencies.
pub const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2", bare: true };

/// Makes sure that a tool is there, and gives its program.
pub fn require(tool: Tool) -> Result<PathBuf> {
    let program = paths::tools().join("bin").join(tool.name);
    if program.exists() {
        let version = Program::new(&program).arg("--version").output().unwrap_or_default();
        if version.split_whitespace().any(|word| word == tool.version) {
            return Ok(program);
        }
    }
    progress::step(&format!("Building {} {} (some minutes, once)", tool.name, tool.version), || {
        // Built without optimization: compiling would otherwise take longer than all that the tool does.
        let mut install = Program::new("cargo")
            .args(["install", "--quiet", "--locked", "--debug", "--force", "--version", tool.version, "--root"])
            .arg(paths::tools())
            .arg("--target-dir")
            .arg(paths::state().join("tools-build"))
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false")
            .env("CARGO_PROFILE_DEV_OVERFLOW_CHECKS", "false")
            .folder(paths::root());
        if tool.bare {
            install = install.arg("--no-default-features");
        }
        install.arg(tool.name).output()
    })?;
    // The build's own files are large and never needed again.
    drop(std::fs::remove_dir_all(paths::state().join("tools-build")));
    Ok(program)
}
