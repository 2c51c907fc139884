//! The core translated to PHP, on each version of PHP: it must answer a recording of the scenarios with the same bytes as
//! the core itself. PHP itself is WebAssembly here, from npm, since Debian has one version.

use super::Tally;
use crate::install::node;
use crate::process::Program;
use crate::{Result, ensure, paths, progress};
use simulator::recording::Recorder;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

const VERSIONS: [&str; 5] = ["8.1", "8.2", "8.3", "8.4", "8.5"];

const NEWEST: &str = VERSIONS[VERSIONS.len() - 1];

/// Of so many operations, the plain run replays one.
const PART: usize = 40;

/// One operation of [`PART`], on the newest PHP; `tests/engine.rs` has compared all of them on this machine's own.
pub(super) fn newest() -> Result<Tally> {
    let source = paths::root().join("tests/world/php-versions");
    let (node, folder) = (node::node_for(&source)?, node::packages(&source, "php-newest")?);
    compare(&node, &folder, &[NEWEST], PART)
}

/// All operations on all versions, with a table.
pub(super) fn all_versions() -> Result<Tally> {
    let (newest, all) = (paths::root().join("tests/world/php-versions"), paths::root().join("tests/world/php-older"));
    let (node, folder) = (node::node_for(&newest)?, node::packages(&all, "php-older")?);
    fs::copy(newest.join("replay.mjs"), folder.join("replay.mjs"))?;
    compare(&node, &folder, &VERSIONS, 1)
}

fn compare(node: &Path, folder: &Path, versions: &[&str], part: usize) -> Result<Tally> {
    // The build of the host translates the core.
    Program::new("cargo")
        .args(["build", "--quiet", "--release", "--locked", "--package", "logto-sign-in", "--lib"])
        .folder(paths::root())
        .output()?;
    let recorded = Recorder::all();
    let operations: Vec<&str> = recorded.split("\n\n").step_by(part).collect();
    let lines: usize = operations.iter().map(|operation| operation.lines().count()).sum();
    ensure!(lines > 50, "the recording has {lines} lines only");
    let recording = folder.join("recording");
    fs::write(&recording, operations.join("\n\n").trim_end())?;

    let mut problems = Vec::new();
    let mut table = "PHP      replies  the same  time\n".to_owned();
    for version in versions {
        let begun = Instant::now();
        let finished = Program::new(node)
            .arg(folder.join("replay.mjs"))
            .arg(version)
            .arg(paths::root())
            .arg(paths::target().join("core/engine"))
            .arg(&recording)
            .finish()?;
        // The version, and how many replies were the same.
        let said = finished.stdout.trim();
        let same = said.strip_prefix(version).and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
        let is_right = finished.success && same == Some(lines);
        if !is_right {
            problems.push(format!("PHP {version}: {said}\n{}", finished.stderr));
        }
        let full = if is_right { said.split(' ').next().unwrap_or(version) } else { version };
        let verdict = if is_right { "all" } else { "no" };
        let _ = writeln!(table, "{full:<8} {lines:>7}  {verdict:<8}  {}", progress::short(begun.elapsed()));
    }
    if part == 1 {
        progress::say(&table);
    }
    let about = format!("{lines} replies on {}", versions.join(", "));
    Ok(Tally { note: about, ..Tally::of(versions.len(), &problems) })
}
