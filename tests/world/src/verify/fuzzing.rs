//! The long run of fuzzing: each target under LLVM's libFuzzer, which keeps inputs that reach new code and changes them on.
//!
//! The flags that make code count what it reaches are those of `cargo-fuzz`. They are stable; only its sanitizers are not,
//! and code without `unsafe` gains little by them.

use super::figures::Figure;
use super::rust::cargo;
use super::{Tally, side_by_side};
use crate::install::debian;
use crate::process::Program;
use crate::progress::{say, short};
use crate::{Context as _, Result, anyhow, ensure, paths};
use fuzz::Target;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

/// How many seconds each target runs, unless something else is asked for.
const SECONDS: u64 = 60;

/// libFuzzer is C++, and the crate `libfuzzer-sys` has its sources.
const COMPILER: &str = "g++";

const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions=on -Coverflow-checks=on";

/// What the environment asks for.
struct Asked {
    /// `LOGTO_SIGN_IN_FUZZ`: these targets, with commas between them, and not all.
    targets: Vec<&'static Target>,
    /// `LOGTO_SIGN_IN_FUZZ_RUNS`: a target ends after so many executions.
    runs: Option<u64>,
    /// `LOGTO_SIGN_IN_FUZZ_SECONDS`: a target ends after so much time.
    seconds: Option<u64>,
}

/// Runs the targets, as many at the same time as there are processors.
pub(super) fn all() -> Result<Tally> {
    let asked = Asked::from_environment()?;
    debian::require(&[COMPILER.to_owned()])?;
    let program = build()?;
    let mut all = Tally::default();
    for tally in side_by_side::on_all_processors(asked.targets.clone(), |target| asked.run(&program, target)) {
        all = all.and(&tally?);
    }
    all.note = asked.limits();
    Ok(all)
}

/// The program, which contains all targets.
fn build() -> Result<PathBuf> {
    let version = Program::new("rustc").arg("-vV").output()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let target = paths::target().join("fuzz");
    fs::create_dir_all(&target)?;
    say("Building the targets with libFuzzer, for some minutes the first time …");
    // With `--target`, the flags are for the program alone, and not for build scripts.
    let built = cargo(&["build", "--locked", "--release", "--package", "fuzz", "--features", "libfuzzer"])
        .args(["--bin", "libfuzzer", "--target", host, "--target-dir"])
        .arg(&target)
        .env("RUSTFLAGS", COVERAGE)
        .service(&target.join("build.log"))?
        .finish(|log| say(&format!("{} crates begun: {}", log.matches("Compiling ").count(), last_line(log))))?;
    ensure!(built.success, "the targets could not be built\n{}", built.stdout);
    Ok(target.join(host).join("release/libfuzzer"))
}

impl Asked {
    fn from_environment() -> Result<Self> {
        let number = |name: &str| match env::var(name) {
            Ok(text) => text.parse().map(Some).with_context(|| format!("{name} is no number: {text:?}")),
            Err(_) => Ok(None),
        };
        let (runs, seconds) = (number("LOGTO_SIGN_IN_FUZZ_RUNS")?, number("LOGTO_SIGN_IN_FUZZ_SECONDS")?);
        let targets = fuzz::asked().map_err(|problem| anyhow!(problem))?;
        Ok(Self { targets, runs, seconds: if runs.is_none() { seconds.or(Some(SECONDS)) } else { seconds } })
    }

    /// When a target ends, in words.
    fn limits(&self) -> String {
        let limits = [self.runs.map(|runs| format!("{runs} executions")), self.seconds.map(|time| format!("{time} s"))];
        format!("at most {} for each target", limits.into_iter().flatten().collect::<Vec<_>>().join(" or "))
    }

    fn run(&self, program: &Path, target: &Target) -> Result<Tally> {
        let folder = paths::target().join("fuzz");
        let (corpus, failures) = (folder.join("corpus").join(target.name), folder.join("failures"));
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&failures)?;
        for (number, seed) in (target.seeds)().into_iter().enumerate() {
            fs::write(corpus.join(format!("seed-{number}")), seed)?;
        }
        let kept = paths::root().join("tests/fuzz/corpus").join(target.name);
        let begun = Instant::now();
        let service = Program::new(program)
            .args(self.runs.map(|runs| format!("-runs={runs}")))
            .args(self.seconds.map(|seconds| format!("-max_total_time={seconds}")))
            .args(["-print_final_stats=1", "-timeout=5", "-rss_limit_mb=1024", "-max_len=16384"])
            .arg(format!("-artifact_prefix={}/{}-", failures.display(), target.name))
            .arg(&corpus)
            .args(kept.is_dir().then_some(&kept))
            .env("LOGTO_SIGN_IN_FUZZ", target.name)
            .service(&folder.join(format!("{}.log", target.name)))?;
        let finished = service.finish(|log| say(&Progress::read(log).told(target.name, begun.elapsed())))?;
        let progress = Progress::read(&finished.stdout);
        let verdict = if finished.success { "" } else { ", FAILED" };
        say(&format!("{}{verdict}", progress.told(target.name, begun.elapsed())));
        let failed = u64::from(!finished.success);
        let mut tally = Tally::one(&finished);
        tally.output = if finished.success { String::new() } else { last_lines(&finished.stdout) };
        let counts = [("executions", progress.executions), ("failures", failed)];
        tally.figures.push(Figure::new("fuzzing", target.name, &counts));
        Ok(tally)
    }
}

/// What libFuzzer has written about itself so far.
#[derive(Debug, Default, PartialEq, Eq)]
struct Progress {
    executions: u64,
    /// How many of the counters in the code were reached.
    reached: u64,
    /// How many inputs were kept, each of which reaches something that no other one does.
    kept: u64,
}

impl Progress {
    /// Reads lines such as `#65536 pulse  cov: 812 ft: 2190 corp: 214/12Kb lim: 4096 exec/s: 21845 rss: 60Mb`, and the
    /// number of executions at the end.
    fn read(log: &str) -> Self {
        let mut progress = Self::default();
        for line in log.lines() {
            if let Some(number) = line.strip_prefix("stat::number_of_executed_units:") {
                progress.executions = number.trim().parse().unwrap_or(progress.executions);
            } else if let Some(numbers) = line.strip_prefix('#') {
                let words: Vec<&str> = numbers.split_whitespace().collect();
                let number = |text: &str| text.split('/').next().and_then(|number| number.parse().ok());
                let after = |name: &str| {
                    let place = words.iter().position(|word| *word == name)?;
                    number(words.get(place + 1)?)
                };
                progress.executions = words.first().and_then(|first| number(first)).unwrap_or(progress.executions);
                progress.reached = after("cov:").unwrap_or(progress.reached);
                progress.kept = after("corp:").unwrap_or(progress.kept);
            }
        }
        progress
    }

    fn told(&self, target: &str, time: Duration) -> String {
        let Self { executions, reached, kept } = self;
        format!("{target}: {executions} executions in {}, {reached} places reached, {kept} inputs kept", short(time))
    }
}

fn last_line(log: &str) -> &str {
    log.trim_end().lines().next_back().unwrap_or_default().trim()
}

/// What a failure looks like: the panic's message and the input.
fn last_lines(log: &str) -> String {
    let lines: Vec<&str> = log.lines().filter(|line| !line.starts_with('#')).collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_the_newest_number_of_each_kind() {
        let log = "INFO: Seed: 7\n#2\tINITED cov: 80 ft: 81 corp: 1/9b exec/s: 0 rss: 40Mb\n\
                   #1024\tpulse  cov: 812 ft: 2190 corp: 214/12Kb lim: 4096 exec/s: 512 rss: 60Mb\n";
        assert_eq!(Progress::read(log), Progress { executions: 1024, reached: 812, kept: 214 });

        let ended = format!("{log}stat::number_of_executed_units: 1500\nstat::average_exec_per_sec: 750\n");
        assert_eq!(Progress::read(&ended), Progress { executions: 1500, reached: 812, kept: 214 });
    }
}
