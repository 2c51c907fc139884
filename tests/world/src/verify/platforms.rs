//! The host for machines that are not this one, and whether it is the same wherever it is built.

use super::{Row, Tally, rust};
use crate::install::debian;
use crate::package::platforms::{Binaries, Platform};
use crate::process::Program;
use crate::{Context, Result, ensure, package, paths};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A scenario of so many operations that a code of the provider, which lives for a minute, expires in an emulator.
const TOO_LONG: &str = "an_altered_cookie_is_refused";

/// The emulator of one process, and the C library that the library is linked with.
const PACKAGES: [&str; 2] = ["qemu-user-static", "libc6-dev-arm64-cross"];

/// Every scenario but one through PHP, with the program for ARM64 and then with its library, both in an emulator.
pub(super) fn platforms() -> Result<Tally> {
    debian::require(&PACKAGES.map(str::to_owned))?;
    let Binaries { program, library } = Platform::Arm.build()?;
    let folder = program.parent().context("a file without a folder")?;
    let lines = folder.join("library");
    Program::new("aarch64-linux-gnu-gcc")
        .args(["-Wall", "-Wextra", "-Werror", "-O1", "-o"])
        .args([&lines, &paths::root().join("tests/transports/library.c")])
        .output()?;
    let emulator = "qemu-aarch64-static";
    let of_program = format!("exec {emulator} {} \"$@\"", program.display());
    let of_library = format!("exec {emulator} -L /usr/aarch64-linux-gnu {} {}", lines.display(), library.display());
    let with_program = scenarios(&script(folder, "run-program", &of_program)?)?;
    Ok(with_program.and(&scenarios(&script(folder, "run-library", &of_library)?)?))
}

fn scenarios(program: &Path) -> Result<Tally> {
    let arguments = [
        "test",
        "--locked",
        "--release",
        "--no-fail-fast",
        "--test",
        "scenarios",
        "process::",
        "--",
        "--skip",
        TOO_LONG,
    ];
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let begun = Instant::now();
    let mut tally = rust::count(&rust::cargo(&arguments).env("LOGTO_SIGN_IN_PROGRAM", program).finish()?);
    tally.note = format!("{} by {name}", tally.passed);
    let result = format!("{} scenarios passed, {} failed", tally.passed, tally.failed);
    tally.rows = vec![Row { what: format!("ARM64, {name}"), result, took: begun.elapsed() }];
    Ok(tally)
}

/// A program that runs a command.
fn script(folder: &Path, name: &str, command: &str) -> Result<PathBuf> {
    let script = folder.join(name);
    fs::write(&script, format!("#!/bin/sh\n{command}\n"))?;
    fs::set_permissions(&script, Permissions::from_mode(0o755))?;
    Ok(script)
}

/// Packs both zips here and in a copy of the sources elsewhere, from nothing: each must be the same, byte for byte.
pub(super) fn reproducible() -> Result<Tally> {
    let zips = [package::build_all_platforms()?, package::build_directory()?];
    let copy = paths::target().join("reproducible/a copy of the sources");
    drop(fs::remove_dir_all(&copy));
    let listed = Program::new("git").args(["ls-files", "-z"]).folder(paths::root()).output()?;
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (paths::root().join(name), copy.join(name));
        // A file that git still lists may be gone.
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap_or(&copy))?;
            fs::copy(&from, &to).with_context(|| format!("cannot copy {name}"))?;
        }
    }
    let mut problems = Vec::new();
    for (zip, option) in zips.iter().zip(["--all-platforms", "--directory"]) {
        let packed = Program::new("cargo").args(["package-plugin", option]).folder(&copy);
        packed.without_env("CARGO_MANIFEST_DIR").without_env("CARGO_TARGET_DIR").output()?;
        let twin = copy.join("target").join(zip.file_name().unwrap_or_default());
        ensure!(twin.is_file(), "{} was not packed", twin.display());
        if fs::read(zip)? != fs::read(&twin)? {
            problems.push(format!("{} and {} differ", zip.display(), twin.display()));
        }
    }
    Ok(Tally::of(zips.len(), &problems))
}
