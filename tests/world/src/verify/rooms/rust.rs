//! Who uses whom in Rust: every path of a file, followed through imports and re-exports to the file that defines it.
//!
//! What only tests see does not count. [`parse`](mod@parse) reads one file; here the modules find each other.

mod parse;

use super::{Arrow, Place, Sources};
use parse::{Import, Module};
use std::collections::BTreeMap;

/// A module by its path: `["flow", "sign_in"]`.
type Path = Vec<String>;

/// The files with their rooms, and every use of one file by another, the first of each kind.
pub(super) fn read(sources: &Sources, folder: &str, crate_name: &str) -> (Vec<Place>, Vec<Arrow>) {
    let graph = Graph::new(sources, folder, crate_name);
    let mut arrows: BTreeMap<(Path, Path, bool), Arrow> = BTreeMap::new();
    for (from, module) in &graph.modules {
        for (path, line, passes_on) in graph.uses(from, module) {
            let Some(to) = graph.owner(&path) else { continue };
            // A name of a module above is no use of that module's own file.
            let names_above = to == path && from.starts_with(&to);
            if graph.modules[&to].file == module.file || names_above {
                continue;
            }
            let arrow = || Arrow {
                from: graph.place(from),
                line,
                to: graph.place(&to),
                path: format!("crate::{}", path.join("::")),
                passes_on,
            };
            arrows.entry((from.clone(), to.clone(), passes_on)).or_insert_with(arrow);
        }
    }
    let mut places: Vec<Place> = graph.modules.keys().map(|path| graph.place(path)).collect();
    places.dedup();
    (places, arrows.into_values().collect())
}

struct Graph<'a> {
    modules: BTreeMap<Path, Module>,
    crate_name: &'a str,
}

impl<'a> Graph<'a> {
    fn new(sources: &Sources, folder: &str, crate_name: &'a str) -> Self {
        let mut modules = BTreeMap::new();
        let mut only_tests = Vec::new();
        for (file, text) in sources {
            let Some(path) = path_of(file, folder) else { continue };
            let parsed = parse::file(file, text, &path);
            modules.extend(parsed.modules);
            only_tests.extend(parsed.only_tests);
        }
        modules.retain(|path, _| !only_tests.iter().any(|tests: &Path| path.starts_with(tests)));
        Self { modules, crate_name }
    }

    fn place(&self, path: &Path) -> Place {
        let room = path.first().map_or("lib", String::as_str).to_owned();
        Place { file: self.modules[path].file.clone(), room }
    }

    /// What a module uses: its imports, its paths, and what it uses of the names that it passes on.
    fn uses(&self, from: &Path, module: &Module) -> Vec<(Path, usize, bool)> {
        let mut uses = Vec::new();
        for import in &module.imports {
            let Some(path) = self.absolute(from, &import.path, Some(import)) else { continue };
            if let (true, Some(line)) = (import.public, module.words.get(&import.name)) {
                uses.push((path.clone(), *line, false));
            }
            uses.push((path, import.line, import.public));
        }
        for (path, line) in &module.paths {
            uses.extend(self.absolute(from, path, None).map(|path| (path, *line, false)));
        }
        uses
    }

    /// A path from the crate's root, or nothing where it leads out of the crate.
    fn absolute(&self, from: &[String], path: &[String], within: Option<&Import>) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        let joined = |base: &[String]| Some([base, rest].concat());
        match first.as_str() {
            "crate" => joined(&[]),
            "self" => joined(from),
            "super" => {
                let up = path.iter().take_while(|name| *name == "super").count();
                let base = from.get(..from.len().checked_sub(up)?)?;
                Some([base, &path[up..]].concat())
            }
            name if name == self.crate_name => joined(&[]),
            name => {
                let child = [from, &[name.to_owned()]].concat();
                if self.modules.contains_key(&child) {
                    return joined(&child);
                }
                let module = self.modules.get(from)?;
                let import = module.imports.iter().find(|import| import.name == name && Some(*import) != within)?;
                joined(&self.absolute(from, &import.path, Some(import))?)
            }
        }
    }

    /// The module that defines what a path names: re-exports are followed.
    fn owner(&self, path: &[String]) -> Option<Path> {
        self.owner_within(path, 8)
    }

    fn owner_within(&self, path: &[String], more: u32) -> Option<Path> {
        let length = (0..=path.len()).rev().find(|length| self.modules.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let Some(name) = rest.first() else { return Some(module.to_vec()) };
        if more > 0 {
            let here = &self.modules[module];
            for import in &here.imports {
                let Some(target) = self.absolute(module, &import.path, Some(import)) else { continue };
                if import.name == *name {
                    return self.owner_within(&[&target, &rest[1..]].concat(), more - 1);
                }
                let defines = |module: &Module| module.defines.contains(name);
                if import.name == "*" && !defines(here) && self.modules.get(&target).is_some_and(defines) {
                    return Some(target);
                }
            }
        }
        Some(module.to_vec())
    }
}

/// The module that a file holds: the root for the library's first file, and a folder's for its `mod`.
fn path_of(file: &str, folder: &str) -> Option<Path> {
    let inside = file.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs")?;
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    Some(if inside == "lib" { Path::new() } else { inside.split('/').map(str::to_owned).collect() })
}
