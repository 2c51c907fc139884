//! Checks of files as texts.

use super::Tally;
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
