//! Tools that cargo installs, in versions of our choice, into the target folder.

use crate::process::Program;
use crate::{Result, paths, progress};
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

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

/// One tool at a time: they share the crates that they are built of.
static TURN: Mutex<()> = Mutex::new(());

/// Builds tools while the caller does something else, on the processors that this leaves idle. Who needs one of them waits in
/// [`require`], which also tells what went wrong.
pub fn build_beside(tools: Vec<Tool>) {
    thread::spawn(move || {
        for tool in tools {
            drop(require(tool));
        }
        // The build's own files are large and never needed again.
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        drop(fs::remove_dir_all(build_folder()));
    });
}

/// Whether a tool is there, in its version.
pub fn is_there(tool: Tool) -> bool {
    let said = Program::new(program(tool)).arg("--version").output().unwrap_or_default();
    said.split_whitespace().any(|word| word == tool.version)
}

/// Makes sure that a tool is there, and gives its program.
pub fn require(tool: Tool) -> Result<PathBuf> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if is_there(tool) {
        return Ok(program(tool));
    }
    progress::step(&format!("Building {} {} (some minutes, once)", tool.name, tool.version), || {
        // Built without optimization: compiling would otherwise take longer than all that the tool does.
        let mut install = Program::new("nice")
            .args(["-n", "19", "cargo"])
            .args(["install", "--quiet", "--locked", "--debug", "--force", "--version", tool.version, "--root"])
            .arg(paths::tools())
            .arg("--target-dir")
            .arg(build_folder())
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
    Ok(program(tool))
}

fn build_folder() -> PathBuf {
    paths::state().join("tools-build")
}

fn program(tool: Tool) -> PathBuf {
    paths::tools().join("bin").join(tool.name)
}
