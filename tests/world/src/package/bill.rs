//! The crates in a zip, and its bill of materials for tools that look for known vulnerabilities.

use super::contents::Edition;
use crate::process::Program;
use crate::{Context, Result, ensure, paths};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A crate that is compiled into something in the zip.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Its licence as an SPDX expression.
    pub(crate) licence: String,
    /// The folder of its sources.
    pub(crate) folder: PathBuf,
    /// SHA-256 of its archive, as Cargo.lock has it.
    pub(crate) checksum: String,
}

/// The programs of an edition as cargo's arguments: the core as PHP, the core, and the host.
fn programs(edition: Edition) -> &'static [&'static [&'static str]] {
    const CORE: &str = "logto-sign-in-core";
    const WASM: &str = "wasm32-unknown-unknown";
    const ALL: &[&[&str]] = &[
        &["--package", CORE, "--no-default-features", "--target", WASM],
        &["--package", CORE, "--target", WASM],
        &["--package", "logto-sign-in", "--target", "x86_64-unknown-linux-gnu"],
    ];
    match edition {
        Edition::Full { .. } => ALL,
        Edition::Directory => &ALL[..1],
    }
}

/// Every crate in an edition but the project's own, sorted.
pub(crate) fn crates(edition: Edition) -> Result<Vec<Crate>> {
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    for program in programs(edition) {
        // What macros are made of runs while the project is built, and is not shipped.
        let tree = ["tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
        let tree = Program::new("cargo").args(tree).args(*program).folder(paths::root()).output()?;
        let line = |line: &str| Some((line.split(' ').next()?.to_owned(), line.split(" v").nth(1)?.to_owned()));
        used.extend(tree.lines().filter_map(line).map(|(name, version)| {
            let version = version.split(' ').next().unwrap_or_default().to_owned();
            (name, version)
        }));
    }
    // The table of transliteration comes out of a crate that the engine itself does without.
    let arguments = ["metadata", "--locked", "--format-version", "1"];
    let metadata = Program::new("cargo").args(arguments).folder(paths::root()).output()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let lock = fs::read_to_string(paths::root().join("Cargo.lock"))?;
    let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
    let mut crates = Vec::new();
    for package in packages.iter().filter(|package| package["source"].is_string()) {
        let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
        let (name, version) = (text("name"), text("version"));
        if !used.contains(&(name.clone(), version.clone())) && name != "deunicode" {
            continue;
        }
        let folder = Path::new(&text("manifest_path")).parent().map(Path::to_path_buf).unwrap_or_default();
        let checksum = checksum(&lock, &name, &version)?;
        let licence = text("license").replace('/', " OR ");
        crates.push(Crate { name, version, licence, folder, checksum });
    }
    crates.sort();
    let ours = |(name, _): &&(String, String)| !name.starts_with("logto-sign-in");
    ensure!(crates.len() >= used.iter().filter(ours).count(), "cargo metadata lacks crates that cargo tree names");
    Ok(crates)
}

fn checksum(lock: &str, name: &str, version: &str) -> Result<String> {
    let head = format!("\nname = \"{name}\"\nversion = \"{version}\"\n");
    let package = lock.split("[[package]]").find(|package| package.starts_with(&head));
    let line = package.and_then(|package| package.lines().find_map(|line| line.strip_prefix("checksum = ")));
    Ok(line.with_context(|| format!("Cargo.lock has no checksum of {name} {version}"))?.trim_matches('"').to_owned())
}

/// The bill of materials, in the format of `CycloneDX` 1.5. It has neither a date nor a number of its own: the same sources
/// give the same bill.
pub(crate) fn cyclonedx(crates: &[Crate]) -> Result<String> {
    let components: Vec<Value> = crates
        .iter()
        .map(|found| {
            let address = format!("pkg:cargo/{}@{}", found.name, found.version);
            json!({
                "type": "library",
                "bom-ref": address,
                "name": found.name,
                "version": found.version,
                "purl": address,
                "licenses": [{ "expression": found.licence }],
                "hashes": [{ "alg": "SHA-256", "content": found.checksum }],
            })
        })
        .collect();
    let plugin = json!({
        "type": "application",
        "bom-ref": "logto-sign-in",
        "name": "logto-sign-in",
        "version": env!("CARGO_PKG_VERSION"),
        "licenses": [{ "license": { "id": "MIT" } }],
    });
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": plugin },
        "components": components,
    });
    Ok(serde_json::to_string_pretty(&bill)? + "\n")
}
