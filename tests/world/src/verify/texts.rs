//! Checks of files as texts.

use super::Tally;
use crate::install::debian;
use crate::process::Program;
use crate::{Result, ensure, paths};
use std::fs;
use std::path::PathBuf;

/// The longest Rust file and the longest class of the plugin, in lines.
const LONGEST: [(&str, &str, usize); 5] =
    [("src", "rs", 400), ("build", "rs", 400), ("wasm", "rs", 400), ("tests", "rs", 400), ("php", "php", 150)];

pub(super) fn lengths() -> Result<Tally> {
    let (mut looked_at, mut problems) = (0, Vec::new());
    for (folder, extension, longest) in LONGEST {
        for file in paths::files_under(&paths::root().join(folder))? {
            if file.extension().is_none_or(|found| found != extension) {
                continue;
            }
            looked_at += 1;
            let text = fs::read_to_string(&file)?;
            // A class's imports are not the class.
            let lines = text.lines().filter(|line| !line.starts_with("use LogtoSignIn\\")).count();
            if lines > longest {
                problems.push(format!("{} has {lines} lines, more than {longest}", file.display()));
            }
        }
    }
    ensure!(looked_at > 0, "found no file to measure");
    Ok(Tally::of(looked_at, &problems))
}

/// Texts that tell of one machine or one registry. In two parts, so that this list does not find itself.
const FORBIDDEN: [(&str, &str); 9] = [
    ("/work", "/main"),
    ("/work", "/shared"),
    ("/tmp", "/w/"),
    ("/tmp", "/t-"),
    ("/root", "/"),
    ("deb.debian", ".org"),
    ("npmjs", ".org"),
    ("index.crates", ".io"),
    ("static.crates", ".io"),
];

pub(super) fn words() -> Result<Tally> {
    let listed = Program::new("git").args(["ls-files", "-z"]).folder(paths::root()).output()?;
    let files: Vec<PathBuf> = listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect();
    ensure!(!files.is_empty(), "git knows no file");
    let mut problems = Vec::new();
    for file in &files {
        // A file that git still lists may be gone, and one that is not UTF-8 is no text.
        let Ok(text) = fs::read_to_string(paths::root().join(file)) else { continue };
        let found = FORBIDDEN.iter().map(|(start, end)| format!("{start}{end}")).find(|word| text.contains(word));
        if let Some(word) = found {
            let line = text.lines().position(|line| line.contains(&word)).unwrap_or_default() + 1;
            problems.push(format!("{}:{line} says {word}", file.display()));
        }
    }
    Ok(Tally::of(files.len(), &problems))
}

/// The template must parse; every translation must be whole, well formed, and compiled as shipped.
pub(super) fn translations() -> Result<Tally> {
    debian::for_checks()?;
    let folder = paths::root().join("php/languages");
    let files = if folder.exists() { paths::files_under(&folder)? } else { Vec::new() };
    let (mut looked_at, mut problems) = (0, Vec::new());
    for file in &files {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("pot") => {
                looked_at += 1;
                let read = Program::new("msgcat").arg("--output-file=/dev/null").arg(file).finish()?;
                if !read.success || !read.stderr.is_empty() {
                    problems.push(read.stderr);
                }
            }
            Some("po") => {
                looked_at += 1;
                problems.extend(translation_problem(file)?);
            }
            _ => {}
        }
    }
    ensure!(looked_at > 0, "found no file in php/languages");
    Ok(Tally::of(looked_at, &problems))
}

fn translation_problem(file: &PathBuf) -> Result<Option<String>> {
    let fresh = paths::state().join("translation.mo");
    fs::create_dir_all(paths::state())?;
    let compiled = Program::new("msgfmt").args(["--check", "--statistics", "-o"]).arg(&fresh).arg(file).finish()?;
    let statistics = compiled.stderr.trim().to_owned();
    if !compiled.success || statistics.contains("untranslated") || statistics.contains("fuzzy") {
        return Ok(Some(format!("{}: {statistics}", file.display())));
    }
    let shipped = fs::read(file.with_extension("mo")).unwrap_or_default();
    let same = shipped == fs::read(&fresh)?;
    Ok((!same).then(|| format!("{} is not compiled as it stands: run msgfmt", file.display())))
}
