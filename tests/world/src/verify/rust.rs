//! Checks of the Rust code, through cargo: all packages but the compiler (`build/compiler`), which build.rs builds, so
//! that wasmtime's compiler is built once.

use super::{Tally, figures};
use crate::install::{cargo_tools, compiler};
use crate::process::{Finished, Program};
use crate::{Result, paths};

pub(super) fn cargo(arguments: &[&str]) -> Program {
    Program::new("cargo").args(arguments).env("CARGO_TERM_COLOR", "never").folder(paths::root())
}

pub(super) fn format() -> Result<Tally> {
    Ok(Tally::one(&cargo(&["fmt", "--all", "--check"]).finish()?))
}

pub(super) fn clippy() -> Result<Tally> {
    compiler::require()?;
    let clippy = ["clippy", "--quiet", "--locked", "--all-targets", "--release", "--", "-D", "warnings"];
    Ok(Tally::one(&cargo(&clippy).finish()?))
}

pub(super) fn doc() -> Result<Tally> {
    compiler::require()?;
    let doc = cargo(&["doc", "--quiet", "--locked", "--release", "--no-deps"]);
    Ok(Tally::one(&doc.env("RUSTDOCFLAGS", "-D warnings").finish()?))
}

pub(super) fn deny() -> Result<Tally> {
    let deny = Program::new(cargo_tools::require(cargo_tools::CARGO_DENY)?).folder(paths::root());
    Ok(Tally::one(&deny.args(["--locked", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]).finish()?))
}

/// The database of advisories lives on a server that not every machine reaches; then nothing is counted.
pub(super) fn advisories() -> Result<Tally> {
    let deny =
        Program::new("timeout").arg("60").arg(cargo_tools::require(cargo_tools::CARGO_DENY)?).folder(paths::root());
    let finished = deny.args(["--locked", "check", "advisories"]).finish()?;
    let fetched = !finished.stderr.contains("failed to fetch") && !finished.status.contains("124");
    if !finished.success && !fetched {
        let note = "the database cannot be reached: NOT checked".to_owned();
        return Ok(Tally { note, ..Tally::default() });
    }
    Ok(Tally::one(&finished))
}

pub(super) fn tests() -> Result<Tally> {
    compiler::require()?;
    Ok(count(&cargo(&["test", "--locked", "--release", "--no-fail-fast"]).finish()?))
}

/// Measurements that the plain run leaves out.
pub(super) fn load() -> Result<Tally> {
    compiler::require()?;
    let load = cargo(&["test", "--locked", "--release", "--test", "e2e", "load_"]);
    Ok(count(&load.env("LOGTO_SIGN_IN_LOAD", "1").finish()?))
}

/// Counts the tests that cargo reports. An ignored test counts as failed: it says nothing.
pub(super) fn count(finished: &Finished) -> Tally {
    let mut tally = Tally::default();
    let mut ignored = 0;
    for line in finished.stdout.lines().filter_map(|line| line.strip_prefix("test result: ")) {
        tally.passed += before(line, " passed");
        tally.failed += before(line, " failed");
        ignored += before(line, " ignored");
    }
    if !finished.success && tally.failed == 0 {
        tally.failed = 1;
    }
    tally.failed += ignored;
    tally.note = if ignored > 0 { format!("{ignored} were ignored, which counts as failed") } else { String::new() };
    tally.figures = figures::collect(&finished.stdout);
    // What passed is not worth showing.
    let stdout: Vec<&str> = finished.stdout.lines().filter(|line| !line.ends_with(" ... ok")).collect();
    let (stdout, stderr) = (stdout.join("\n"), last_lines(&finished.stderr, 80));
    tally.output = format!("{stdout}\n{stderr}");
    tally
}

/// The number before a word, as in `3 failed`.
pub(super) fn before(line: &str, word: &str) -> u32 {
    let number = line.split(word).next().unwrap_or_default();
    let digits = number.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    if line.contains(word) { digits.parse().unwrap_or_default() } else { 0 }
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}
