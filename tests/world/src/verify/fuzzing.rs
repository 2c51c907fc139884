//! The long run of fuzzing: each target under LLVM's libFuzzer, which keeps inputs that reach new code and changes them on.
//!
//! The flags that make code count what it reaches are those of `cargo-fuzz`. They are stable; only its sanitizers are not,
//! and code without `unsafe` gains little by them.

use super::Tally;
use super::figures::Figure;
use super::rust::cargo;
use crate::process::Program;
use crate::progress::say;
use crate::{Context as _, Result, paths};
use fuzz::{TARGETS, Target};
use std::path::{Path, PathBuf};
use std::{env, fs, thread};

/// How many seconds each target runs; `LOGTO_SIGN_IN_FUZZ_SECONDS` asks for another number.
const SECONDS: u64 = 60;

/// So many targets run at the same time.
const TOGETHER: usize = 2;

const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions=on -Coverflow-checks=on";

/// Runs every target, or the one that `LOGTO_SIGN_IN_FUZZ` names.
pub(super) fn all() -> Result<Tally> {
    let seconds = env::var("LOGTO_SIGN_IN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    let named = env::var("LOGTO_SIGN_IN_FUZZ").ok();
    let targets: Vec<&Target> =
        TARGETS.iter().filter(|target| named.as_ref().is_none_or(|name| name == target.name)).collect();
    let program = build()?;
    let mut tally = Tally::default();
    for together in targets.chunks(TOGETHER) {
        let runs: Vec<Result<Tally>> = thread::scope(|scope| {
            let started: Vec<_> =
                together.iter().map(|target| scope.spawn(|| run(&program, target, seconds))).collect();
            started.into_iter().filter_map(|run| run.join().ok()).collect()
        });
        for run in runs {
            tally = tally.and(&run?);
        }
    }
    tally.note = format!("{seconds} s for each target");
    Ok(tally)
}

/// The program, which contains all targets.
fn build() -> Result<PathBuf> {
    let version = Program::new("rustc").arg("-vV").output()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let target = paths::target().join("fuzz");
    // With `--target`, the flags are for the program alone, and not for build scripts.
    cargo(&["build", "--quiet", "--locked", "--release", "--package", "fuzz", "--features", "libfuzzer"])
        .args(["--bin", "libfuzzer", "--target", host, "--target-dir"])
        .arg(&target)
        .env("RUSTFLAGS", COVERAGE)
        .output()?;
    Ok(target.join(host).join("release/libfuzzer"))
}

fn run(program: &Path, target: &Target, seconds: u64) -> Result<Tally> {
    let corpus = paths::target().join("fuzz/corpus").join(target.name);
    let failures = paths::target().join("fuzz/failures");
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&failures)?;
    for (number, seed) in (target.seeds)().into_iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number}")), seed)?;
    }
    let kept = paths::root().join("tests/fuzz/corpus").join(target.name);
    let finished = Program::new(program)
        .arg(&corpus)
        .args(kept.is_dir().then_some(&kept))
        .args([
            format!("-max_total_time={seconds}"),
            format!("-artifact_prefix={}/{}-", failures.display(), target.name),
        ])
        .args(["-print_final_stats=1", "-timeout=5", "-rss_limit_mb=1024", "-max_len=16384", "-verbosity=0"])
        .env("LOGTO_SIGN_IN_FUZZ", target.name)
        .finish()?;
    let executions = finished
        .stderr
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok())
        .unwrap_or_default();
    let failed = u64::from(!finished.success);
    let mut tally = Tally::one(&finished);
    tally.figures.push(Figure::new("fuzzing", target.name, &[("executions", executions), ("failures", failed)]));
    say(&format!("{}: {executions} executions{}", target.name, if finished.success { "" } else { ", FAILED" }));
    Ok(tally)
}
