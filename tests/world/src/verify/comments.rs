//! Comments and documents that name files: each file exists.
//!
//! A reader follows such a name, so a file that has moved, or that only its author could read, costs them time. A name
//! counts from the folder of the file that names it, or from any folder above that one.

use super::Tally;
use super::source::{Kind, Language, pieces};
use crate::process::Program;
use crate::{Result, ensure, paths};
use std::collections::BTreeSet;
use std::fs;

/// What makes a word the name of a file.
const EXTENSIONS: [&str; 17] = [
    "rs", "php", "js", "mjs", "md", "toml", "yml", "yaml", "json", "css", "wat", "h", "pem", "po", "pot", "txt", "lock",
];

/// Names that look like files of this project and are none. WordPress's own need no line if they begin with `wp-`.
const ELSEWHERE: [&str; 2] = ["Node.js", "index.php"];

pub(super) fn check() -> Result<Tally> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = Program::new("git").args(list).folder(paths::root()).output()?;
    // A file that git still lists may be gone.
    let exists = |name: &&str| !name.is_empty() && paths::root().join(name).exists();
    let repository = Repository::of(listed.split('\0').filter(exists));
    ensure!(!repository.files.is_empty(), "git knows no file");
    let (mut looked_at, mut problems) = (0, Vec::new());
    for file in &repository.files {
        if Language::of(file).is_none() && !is_document(file) {
            continue;
        }
        looked_at += 1;
        problems.extend(problems_of(file, &fs::read_to_string(paths::root().join(file))?, &repository));
    }
    Ok(Tally::of(looked_at, &problems))
}

/// The names of all files, and of the folders they are in.
struct Repository {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Repository {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let files: BTreeSet<String> = names.map(str::to_owned).collect();
        let slashes = files.iter().flat_map(|file| file.match_indices('/').map(move |(at, _)| file[..at].to_owned()));
        let folders = slashes.collect();
        Self { files, folders }
    }

    fn has(&self, path: &str) -> bool {
        self.files.contains(path) || self.folders.contains(path)
    }

    /// Whether a file means something with a name: from its own folder, or from one above.
    fn finds(&self, file: &str, name: &str) -> bool {
        let folders = file.rmatch_indices('/').map(|(at, _)| &file[..at]).chain([""]);
        folders.filter_map(|folder| plain(&format!("{folder}/{name}"))).any(|path| self.has(&path))
    }
}

/// A path without `.` and `..`, or nothing if it leads out of the project.
fn plain(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

fn is_document(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

fn problems_of(file: &str, text: &str, repository: &Repository) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(language) = Language::of(file) {
        for piece in pieces(text, language).iter().filter(|piece| piece.kind == Kind::Comment) {
            names.extend(names_in(piece.text, piece.line, repository));
        }
    } else {
        for (line, span) in spans(text) {
            names.extend(names_in(span, line, repository));
        }
        let targets = links(text).filter(|(_, target)| !target.contains("://") && !target.starts_with('#'));
        names.extend(targets.map(|(line, target)| (line, target.split('#').next().unwrap_or_default().to_owned())));
    }
    names.retain(|(_, name)| !repository.finds(file, name));
    names.into_iter().map(|(line, name)| format!("{file}:{line} names {name}, which does not exist")).collect()
}

/// The names of files in a text, with their lines.
fn names_in(text: &str, first_line: usize, repository: &Repository) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let words = line.split(|c: char| c.is_whitespace() || "`'\"()[],;|“”’".contains(c));
        for word in words.filter(|word| !word.contains("://")) {
            // Without a line number, a query, an anchor, or the end of a sentence.
            let name =
                word.split([':', '?', '#', '=']).next().unwrap_or_default().trim_end_matches(['.', '!', '/', '…']);
            if is_name_of_file(name, repository) {
                names.push((first_line + number, name.to_owned()));
            }
        }
    }
    names
}

/// Whether a word names a file of this project, whether it exists or not: by its extension, or by its first folder.
fn is_name_of_file(word: &str, repository: &Repository) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    if word.starts_with('/') || !word.chars().all(letters) || is_elsewhere(word) {
        return false;
    }
    let last = word.rsplit('/').next().unwrap_or_default();
    let by_extension = last.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && EXTENSIONS.contains(&end));
    let by_folder = word.split_once('/').is_some_and(|(first, _)| repository.folders.contains(first));
    by_extension || by_folder
}

fn is_elsewhere(word: &str) -> bool {
    word.starts_with("wp-") || word.starts_with("target/") || ELSEWHERE.contains(&word)
}

/// What stands between backticks in a document, outside of blocks of code. The label of a link names what the link's
/// target tells.
fn spans(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_block = false;
    let lines = text.lines().enumerate().filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        in_block ^= fence;
        !in_block && !fence
    });
    lines.flat_map(|(number, line)| {
        let ends = line.split('`').skip(2).step_by(2).chain([""]);
        let spans = line.split('`').skip(1).step_by(2).zip(ends);
        spans.filter(|(_, after)| !after.starts_with("](")).map(move |(span, _)| (number + 1, span))
    })
}

/// The targets of a document's links and pictures.
fn links(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().flat_map(|(number, line)| {
        line.split("](").skip(1).filter_map(move |rest| Some((number + 1, rest.split_once(')')?.0)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the check says about one file of a small project.
    fn problems(file: &str, text: &str) -> Vec<String> {
        let names = ["README.md", "php/hooks.php", "php/src/Core/Http.php", "wasm/src/lib.rs", "wasm/src/flow/mod.rs"];
        problems_of(file, text, &Repository::of(names.into_iter().chain([file])))
    }

    #[test]
    fn rust_comment_that_names_an_absent_file_is_told() {
        let text = "//! See wasm/src/flow/old.rs.\n\n/// As `design.md` says,\n/* and (start.rs:12). */\nfn a() {}";

        assert_eq!(
            problems("wasm/src/token.rs", text),
            [
                "wasm/src/token.rs:1 names wasm/src/flow/old.rs, which does not exist",
                "wasm/src/token.rs:3 names design.md, which does not exist",
                "wasm/src/token.rs:4 names start.rs, which does not exist",
            ]
        );
    }

    #[test]
    fn names_count_from_the_own_folder_and_from_those_above() {
        let text = "// wasm/src/lib.rs, src/lib.rs, lib.rs, flow/mod.rs, ../src/flow, README.md and wasm/src/flow/.";

        assert_eq!(problems("wasm/src/token.rs", text), [""; 0]);
    }

    #[test]
    fn code_and_what_is_no_file_of_the_project_do_not_count() {
        let text = "// wp-login.php?form=1, https://example.org/a.md, /b.php, Node.js, target/c.rs, *.php, and/or, d.e\n\
                    fn a() { b(\"gone.rs\") }";

        assert_eq!(problems("wasm/src/token.rs", text), [""; 0]);
    }

    #[test]
    fn folder_of_the_project_that_is_gone_is_told() {
        let problems = problems("php/src/Core/Cache.php", "<?php\n// Every class of php/src/Carrier, except Http.php");

        assert_eq!(problems, ["php/src/Core/Cache.php:2 names php/src/Carrier, which does not exist"]);
    }

    #[test]
    fn every_language_has_its_comments_read() {
        for (file, text) in [
            ("a.mjs", "/* gone.rs */"),
            ("a.toml", "a = 1 # gone.rs"),
            ("a.yml", "# gone.rs"),
            ("a.css", "/* gone.rs */"),
            ("a.h", "// gone.rs"),
            ("a.wat", ";; gone.rs"),
            ("a.php", "<?php # gone.rs"),
        ] {
            assert_eq!(problems(file, text), [format!("{file}:1 names gone.rs, which does not exist")]);
        }
    }

    #[test]
    fn document_is_read_by_its_links_and_spans() {
        let text = "A [`label.rs`](php/hooks.php#top), a [guide](docs/guide.md) and `gone.rs`, `hooks.php`.\n\
                    ```sh\ncat `gone.rs`\n```\n[web](https://example.org/a.md) [here](#here) old.rs\n";

        assert_eq!(
            problems("README.md", text),
            [
                "README.md:1 names gone.rs, which does not exist",
                "README.md:1 names hooks.php, which does not exist",
                "README.md:1 names docs/guide.md, which does not exist",
            ]
        );
    }
}
