//! The core translated to PHP, on each version of PHP: it must answer a recording of the scenarios with the same bytes as
//! the core itself. PHP of other versions than Debian's is WebAssembly, from npm.

use super::{Row, Tally, side_by_side};
use crate::install::node;
use crate::process::Program;
use crate::{Result, ensure, paths, php};
use simulator::recording::Recorder;
use std::fs;
use std::path::{Path, PathBuf};
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

/// All operations on this machine's PHP: interpreted anew in each process, from `OPcache`, and by its two compilers.
pub(super) fn opcache() -> Result<Tally> {
    let recording = Recording::write(&paths::state().join("opcache"), 1)?;
    let cached = ["opcache.enable_cli=1", "opcache.jit_buffer_size=64M"];
    let settings = [
        ("without OPcache", ["opcache.enable_cli=0", "opcache.jit=off"]),
        ("OPcache", [cached[0], "opcache.jit=off"]),
        ("OPcache, function JIT", [cached[0], "opcache.jit=function"]),
        ("OPcache, tracing JIT", [cached[0], "opcache.jit=tracing"]),
    ];
    let runs = settings.map(|(name, settings)| {
        let php =
            settings.iter().chain(&cached[1..]).fold(php::command_line(), |php, setting| php.args(["-d", setting]));
        let script = paths::root().join("tests/transports/replay.php");
        (format!("PHP engine, {name}"), php.arg(script).arg(engine()).arg(&recording.file))
    });
    recording.replay(runs)
}

fn engine() -> PathBuf {
    paths::target().join("core/engine")
}

fn compare(node: &Path, folder: &Path, versions: &[&str], part: usize) -> Result<Tally> {
    let recording = Recording::write(folder, part)?;
    let run = |version: &&str| {
        let script = Program::new(node).arg(folder.join("replay.mjs")).arg(version);
        (format!("PHP engine, PHP {version}"), script.arg(paths::root()).arg(engine()).arg(&recording.file))
    };
    let tally = recording.replay(versions.iter().map(run))?;
    let about = format!("{} replies on {}", recording.lines, versions.join(", "));
    Ok(Tally { note: about, rows: if part == 1 { tally.rows } else { Vec::new() }, ..tally })
}

/// What the core itself answered.
struct Recording {
    file: PathBuf,
    lines: usize,
}

impl Recording {
    /// One operation of `part`, in a folder.
    fn write(folder: &Path, part: usize) -> Result<Self> {
        // The build of the host translates the core.
        Program::new("cargo")
            .args(["build", "--quiet", "--release", "--locked", "--package", "logto-sign-in", "--lib"])
            .folder(paths::root())
            .output()?;
        let recorded = Recorder::all();
        let operations: Vec<&str> = recorded.split("\n\n").step_by(part).collect();
        let lines: usize = operations.iter().map(|operation| operation.lines().count()).sum();
        ensure!(lines > 50, "the recording has {lines} lines only");
        fs::create_dir_all(folder)?;
        let file = folder.join("recording");
        fs::write(&file, operations.join("\n\n").trim_end())?;
        Ok(Self { file, lines })
    }

    /// Programs that run `tests/transports/replay.php`, by names, one on each processor. Each has to say the version of PHP
    /// and that all replies were the same.
    fn replay(&self, runs: impl IntoIterator<Item = (String, Program)>) -> Result<Tally> {
        let told =
            side_by_side::on_all_processors(runs.into_iter().collect(), |(name, run)| self.replay_one(name, run));
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        for one in told {
            let (row, problem) = one?;
            rows.push(row);
            problems.extend(problem);
        }
        let tally = Tally::of(rows.len(), &problems);
        Ok(Tally { rows, ..tally })
    }

    /// What became of one run, and what was wrong with it.
    fn replay_one(&self, name: String, run: Program) -> Result<(Row, Option<String>)> {
        let begun = Instant::now();
        let finished = run.finish()?;
        let said = finished.stdout.trim();
        let (version, same) = said.split_once(' ').unwrap_or_default();
        let is_right = finished.success && same.parse() == Ok(self.lines);
        let result = if is_right { format!("{same} replies the same on {version}") } else { "FAILED".to_owned() };
        let problem = (!is_right).then(|| format!("{name}: {said}\n{}", finished.stderr));
        Ok((Row { what: name, result, took: begun.elapsed() }, problem))
    }
}
