//! Node.js and npm packages, in folders under the target folder, from committed lock files.

use super::debian;
use crate::process::Program;
use crate::{Context, Result, paths, progress};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The Node.js to run programs with, where the package in `folder` asks for at least a version in its `engines`.
///
/// Debian 12's own is version 18. Where the system's is too old, the npm package of the Node.js binary is installed.
pub fn node_for(folder: &Path) -> Result<PathBuf> {
    let wanted = wanted_version(folder)?;
    if system_version().is_some_and(|version| version >= wanted) {
        return Ok("node".into());
    }
    let runtime = packages(&paths::root().join("tests/world/node"), "node")?;
    let machine = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    Ok(runtime.join(format!("node_modules/node-linux-{machine}/bin/node")))
}

/// Copies an npm package's files to the target folder and installs its dependencies there. Gives that folder.
///
/// Programs of the package may be running and reading their files: those that are the same are left alone.
pub fn packages(source: &Path, name: &str) -> Result<PathBuf> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock();
    let folder = paths::state().join("npm").join(name);
    for file in paths::files_under(source)? {
        let copy = folder.join(file.strip_prefix(source)?);
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if fs::read(&copy).is_ok_and(|copied| copied == text) {
            continue;
        }
        fs::create_dir_all(copy.parent().unwrap_or(&folder))?;
        fs::write(&copy, text).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    let lock = fs::read_to_string(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", source.display()))?;
    let installed = folder.join("node_modules/.installed");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(folder);
    }
    require_npm()?;
    progress::step(&format!("Installing the npm packages of {name}"), || {
        Program::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--no-update-notifier"])
            .env("npm_config_cache", paths::state().join("npm-cache"))
            .folder(&folder)
            .output()?;
        fs::create_dir_all(folder.join("node_modules"))?;
        fs::write(&installed, lock)?;
        Ok(())
    })?;
    Ok(folder)
}

/// Whether the packages of that name were installed before.
#[must_use]
pub fn are_installed(name: &str) -> bool {
    paths::state().join("npm").join(name).join("node_modules/.installed").exists()
}

fn require_npm() -> Result<()> {
    if Program::new("npm").arg("--version").finish().is_ok_and(|npm| npm.success) {
        return Ok(());
    }
    debian::require(&["nodejs".to_owned(), "npm".to_owned()])
}

/// The major version of the system's Node.js.
fn system_version() -> Option<u32> {
    let node = Program::new("node").arg("--version").finish().ok()?;
    node.stdout.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The smallest major version that a package's `engines` names, as in `>=22`.
fn wanted_version(folder: &Path) -> Result<u32> {
    let file = folder.join("package.json");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let package: serde_json::Value = serde_json::from_str(&text)?;
    let engines = package["engines"]["node"].as_str().unwrap_or(">=20");
    let digits: String = engines.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}
