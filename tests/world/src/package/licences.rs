//! The licences of everything in a zip that others have written.

use super::bill::Crate;
use super::contents::Edition;
use crate::{Context, Result, bail, paths};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "\
Logto Sign-In is under the licence in the file LICENSE. It contains the software below, under these licences. Of software that
is offered under a choice of licences, it uses the MIT licence where that is one of them.

assets/dingtalk-app.js contains parts of dingtalk-jsapi; its licence is at the top of that file.
";

/// What the program is linked with besides crates.
const C_LIBRARY: &str = "
bin/logto-sign-in is linked with the GNU C Library, which is under the GNU Lesser General Public License 2.1 or later
(https://www.gnu.org/licenses/old-licenses/lgpl-2.1.html). The sources of Logto Sign-In build it with another version of that
library.
";

/// One text: each licence once, below the names of what it applies to.
pub(crate) fn texts(edition: Edition, crates: &[Crate]) -> Result<String> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in crates {
        let files = match files(&found.folder)? {
            files if files.is_empty() => files_of_sibling(found, crates)?,
            files => files,
        };
        let name = format!("{} {} ({})", found.name, found.version, found.licence);
        for file in chosen(&found.licence, files) {
            let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            names.entry(plain(&text)).or_default().push(name.clone());
        }
    }
    let library = fs::read_to_string(paths::root().join("build/licences/rust-standard-library.txt"))?;
    names.entry(plain(&library)).or_default().push("The standard library of Rust (MIT OR Apache-2.0)".into());

    let mut sections: Vec<(String, String)> = names.into_iter().map(|(text, names)| (names.join("\n"), text)).collect();
    sections.sort();
    let line = "-".repeat(78);
    let sections = sections.iter().map(|(names, text)| format!("\n{line}\n{names}\n{line}\n\n{text}\n"));
    let c_library = if matches!(edition, Edition::Full { .. }) { C_LIBRARY } else { "" };
    Ok(format!("{HEAD}{c_library}{}", sections.collect::<String>()))
}

/// Whether a file holds a licence, by its name.
fn is_licence(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    ["license", "licence", "copying", "copyright", "notice", "unlicense"].iter().any(|begin| name.starts_with(begin))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && is_licence(file));
    files.sort();
    Ok(files)
}

/// Some crates leave the text to their project. Apache's names nobody, so that of another crate under it is the same.
fn files_of_sibling(found: &Crate, crates: &[Crate]) -> Result<Vec<PathBuf>> {
    let is_sibling = |other: &&Crate| other.licence == found.licence && found.licence.starts_with("Apache-2.0");
    for sibling in crates.iter().filter(is_sibling) {
        let files = files(&sibling.folder)?;
        if !files.is_empty() {
            return Ok(files);
        }
    }
    bail!("{} {} comes without the text of its licence, {}", found.name, found.version, found.licence)
}

/// The MIT licence alone, where it is one of those to choose from.
fn chosen(licence: &str, files: Vec<PathBuf>) -> Vec<PathBuf> {
    let is_mit = |file: &&PathBuf| file.to_string_lossy().to_lowercase().contains("mit");
    match files.iter().find(|file| is_mit(file)) {
        Some(mit) if licence.contains(" OR ") => vec![mit.clone()],
        _ => files,
    }
}

/// The same text from another system's line ends, or with other margins, is the same licence.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
