//! Checks of PHP and JavaScript.

use super::{Tally, rust};
use crate::install::{cargo_tools, debian, node};
use crate::process::Program;
use crate::wordpress::{Version, files};
use crate::{Result, paths, php};
use std::fs;
use std::os::unix::fs::symlink;

pub(super) fn php_syntax() -> Result<Tally> {
    debian::for_world()?;
    let mut files = Vec::new();
    for folder in ["build", "php", "tests"] {
        files.extend(paths::files_under(&paths::root().join(folder))?);
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "php"));
    let mut problems = Vec::new();
    for file in &files {
        // Without extensions, which say nothing about syntax and take most of the time.
        let finished = php::command_line().args(["-n", "-d", "display_errors=stderr", "-l"]).arg(file).finish()?;
        // A deprecated construct parses, and still must go.
        if !finished.success || !finished.stderr.is_empty() {
            problems.push(format!("{}{}", finished.stdout, finished.stderr));
        }
    }
    Ok(Tally::of(files.len(), &problems))
}

pub(super) fn mago_lint() -> Result<Tally> {
    mago("lint")
}

pub(super) fn mago_analyze() -> Result<Tally> {
    mago("analyze")
}

fn mago(command: &str) -> Result<Tally> {
    let mago = cargo_tools::require(cargo_tools::MAGO)?;
    // The place that mago.toml names.
    let link = paths::root().join("target/wordpress");
    let wordpress = files::require(Version::V7_1)?;
    let turn = paths::lock("mago")?;
    if fs::read_link(&link).ok().as_ref() != Some(&wordpress) {
        drop(fs::remove_file(&link));
        fs::create_dir_all(paths::root().join("target"))?;
        symlink(&wordpress, &link)?;
    }
    drop(turn);
    let mago = Program::new(mago).args(["--colors", "never", command, "--minimum-fail-level", "note"]);
    Ok(Tally::one(&mago.folder(paths::root()).finish()?))
}

pub(super) fn eslint() -> Result<Tally> {
    let source = paths::root().join("tests/world/providers");
    let (node, folder) = (node::node_for(&source)?, node::packages(&source, "providers")?);
    let eslint = Program::new(node)
        .arg(folder.join("node_modules/eslint/bin/eslint.js"))
        .arg("--config")
        .arg(folder.join("eslint.config.mjs"))
        .args([
            "--max-warnings",
            "0",
            "--no-error-on-unmatched-pattern",
            "tests/world/providers",
            "tests/world/jsapi",
            "tests/browser",
            "php/assets",
        ]);
    // ESLint looks at no file outside of the folder that it runs in.
    Ok(Tally::one(&eslint.folder(paths::root()).finish()?))
}

/// What is shipped must be what the sources and the locked packages give, byte for byte.
pub(super) fn bundle() -> Result<Tally> {
    let source = paths::root().join("tests/world/jsapi");
    let (node, folder) = (node::node_for(&source)?, node::packages(&source, "jsapi")?);
    let (built, shipped) = (folder.join("bundle.js"), paths::root().join("php/assets/dingtalk-app.js"));
    Program::new(node).arg(folder.join("build.mjs")).arg(&built).folder(&folder).output()?;
    let same = fs::read(&built)? == fs::read(&shipped).unwrap_or_default();
    let problem = format!("{} is not what {} gives: copy the latter there", shipped.display(), built.display());
    Ok(Tally::of(1, if same { &[] } else { std::slice::from_ref(&problem) }))
}

pub(super) fn providers() -> Result<Tally> {
    let source = paths::root().join("tests/world/providers");
    let (node, folder) = (node::node_for(&source)?, node::packages(&source, "providers")?);
    let mut tests = paths::files_under(&folder.join("test"))?;
    tests.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    let finished = Program::new(node).args(["--test", "--test-reporter=tap"]).args(&tests).folder(&folder).finish()?;
    let count = |name: &str| {
        let line = finished.stdout.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|number| number.trim().parse::<u32>().ok()).unwrap_or_default()
    };
    let (passed, skipped) = (count("# pass "), count("# skipped ") + count("# todo "));
    let failed = count("# fail ") + count("# cancelled ") + skipped;
    let failed = if finished.success && passed > 0 { failed } else { failed.max(1) };
    Ok(Tally { passed, failed, output: format!("{}{}", finished.stdout, finished.stderr), ..Tally::default() })
}

/// Reads `PHPUnit`'s last words: `OK (12 tests, …)` or `Tests: 12, Assertions: 34, Failures: 1.`
pub(super) fn phpunit_tally(success: bool, output: String) -> Tally {
    let summary = output.lines().rev().find(|line| line.starts_with("OK (") || line.starts_with("Tests: "));
    let summary = summary.unwrap_or_default().to_owned();
    let after = |word: &str| {
        let rest = summary.split(word).nth(1).unwrap_or_default();
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().unwrap_or_default()
    };
    let all = rust::before(&summary, " test").max(after("Tests: "));
    let bad: u32 =
        ["Errors: ", "Failures: ", "Warnings: ", "Risky: ", "Skipped: ", "Incomplete: "].map(after).iter().sum();
    let failed = if success && all > 0 { bad } else { bad.max(1) };
    Tally { passed: all.saturating_sub(bad), failed, output, ..Tally::default() }
}
