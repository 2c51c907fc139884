//! Lists the scenarios, so that none can be forgotten: each is a function `pub fn name(core: &mut dyn Core)` of a file in
//! `src/scenarios`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    const FOLDER: &str = "src/scenarios";
    println!("cargo::rerun-if-changed={FOLDER}");
    let entries = fs::read_dir(FOLDER).expect("the folder of scenarios");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();

    let mut list = String::from("scenarios! { $\n");
    for file in files {
        let source = fs::read_to_string(&file).expect("Rust sources");
        // A name so long that its line was broken would be passed over.
        let broken = source.lines().find(|line| line.starts_with("pub fn ") && line.ends_with('('));
        assert_eq!(broken, None, "{}", file.display());
        for name in source.lines().filter_map(scenario) {
            let _ = writeln!(list, "    {name},");
        }
    }
    list.push_str("}\n");

    let folder = env::var_os("OUT_DIR").expect("cargo names a folder");
    fs::write(Path::new(&folder).join("scenarios.rs"), list).expect("the list is written");
}

/// The name of the scenario that begins on this line, if one does.
fn scenario(line: &str) -> Option<&str> {
    line.strip_prefix("pub fn ")?.strip_suffix("(core: &mut dyn Core) {")
}
