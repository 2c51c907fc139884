//! The order of rooms: a room uses only rooms above it, so that a reader who starts at the top meets nothing unknown.
//!
//! The order of each language is one table here. [`rust`] and [`php`] read the sources and say who uses whom; [`circles`]
//! finds files of one room that use each other.

mod circles;
mod php;
mod rust;
#[cfg(test)]
mod tests;
pub(super) mod tokens;

use super::Tally;
use crate::{Result, ensure, paths};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The order of wasm/src.
const CORE: [&str; 19] = [
    "codes",
    "host",
    "text",
    "json",
    "environment",
    "crypto",
    "jose",
    "protocol",
    "settings",
    "token",
    "provider",
    "account",
    "about",
    "context",
    "flow",
    "conversation",
    "browser",
    "lib",
    "exports",
];

/// The order of src.
const HOST: [&str; 19] = [
    "config",
    "limits",
    "native",
    "program",
    "error",
    "environment",
    "operation",
    "sandbox",
    "frames",
    "session",
    "handles",
    "descriptors",
    "confinement",
    "process",
    "sidecar",
    "ffi",
    "doctor",
    "lib",
    "main",
];

/// The order of php/src. The last three are classes, not folders; what is beside that folder may use all.
const PLUGIN: [&str; 24] = [
    "Support",
    "Messages",
    "Protocol",
    "Settings",
    "Providers",
    "Transport",
    "Core",
    "Accounts",
    "Approval",
    "Activity",
    "Privacy",
    "Buttons",
    "Import",
    "Api",
    "SignIn",
    "Linking",
    "UsersList",
    "ActivityList",
    "Setup",
    "Admin",
    "Commands",
    "Actions",
    "Lifecycle",
    "Uninstall",
];

/// Source files by path, relative to the project's folder.
pub(super) type Sources = BTreeMap<String, String>;

/// One file uses something of another.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Arrow {
    from: Place,
    /// Where it is used.
    line: usize,
    to: Place,
    /// What is used, as the message names it.
    path: String,
    /// Whether the file only passes the name on (`pub use`), which makes no circle of files.
    passes_on: bool,
}

/// A file and its room.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Place {
    file: String,
    room: String,
}

pub(super) fn check() -> Result<Tally> {
    let (core, host, plugin) = (read("wasm/src", "rs")?, read("src", "rs")?, read("php/src", "php")?);
    let problems: Vec<String> = [
        rust_problems(&core, "wasm/src", "logto_sign_in_core", &CORE),
        rust_problems(&host, "src", "logto_sign_in", &HOST),
        php_problems(&plugin, "php/src", &PLUGIN),
    ]
    .concat();
    Ok(Tally::of(core.len() + host.len() + plugin.len(), &problems))
}

/// Who uses whom among PHP files: both files, and the line.
pub(super) fn uses_in_php(sources: &Sources, folder: &str) -> Vec<(String, usize, String)> {
    let (_, arrows) = php::read(sources, folder);
    arrows.into_iter().map(|arrow| (arrow.from.file, arrow.line, arrow.to.file)).collect()
}

fn read(folder: &str, extension: &str) -> Result<Sources> {
    let mut sources = Sources::new();
    for file in paths::files_under(&paths::root().join(folder))? {
        if file.extension().is_some_and(|found| found == extension) {
            let name = file.strip_prefix(paths::root())?.to_string_lossy().into_owned();
            sources.insert(name, fs::read_to_string(&file)?);
        }
    }
    ensure!(!sources.is_empty(), "found no source in {folder}");
    Ok(sources)
}

fn rust_problems(sources: &Sources, folder: &str, crate_name: &str, order: &[&str]) -> Vec<String> {
    let (places, arrows) = rust::read(sources, folder, crate_name);
    let mut problems = order_problems(&places, &arrows, folder, order);
    problems.extend(circles::problems(&arrows));
    problems
}

fn php_problems(sources: &Sources, folder: &str, order: &[&str]) -> Vec<String> {
    let (places, arrows) = php::read(sources, folder);
    order_problems(&places, &arrows, folder, order)
}

/// Arrows that run back, rooms without a place in the order, and places without a room.
fn order_problems(places: &[Place], arrows: &[Arrow], folder: &str, order: &[&str]) -> Vec<String> {
    let position = |room: &str| order.iter().position(|known| *known == room);
    let rooms: BTreeSet<&str> = places.iter().map(|place| place.room.as_str()).collect();
    let mut problems = Vec::new();
    let mut unknown = BTreeSet::new();
    for Place { file, room } in places.iter().filter(|place| position(&place.room).is_none()) {
        if unknown.insert(room) {
            problems.push(format!("{file}: the room {room} has no place in the order"));
        }
    }
    for room in order.iter().filter(|room| !rooms.contains(**room)) {
        problems.push(format!("{folder}: the order names the room {room}, which does not exist"));
    }
    for arrow in arrows.iter().filter(|arrow| arrow.from.room != arrow.to.room) {
        let (Some(from), Some(to)) = (position(&arrow.from.room), position(&arrow.to.room)) else { continue };
        if to > from {
            let allowed =
                if from == 0 { "no other room".to_owned() } else { format!("only {}", order[..from].join(", ")) };
            let Arrow { from: Place { file, room }, line, path, .. } = arrow;
            problems.push(format!("{file}:{line} uses {path}: {room} may use {allowed}"));
        }
    }
    problems
}
