//! Where `unsafe` is allowed, and nowhere else.

use super::*;

/// In order of their paths. libFuzzer calls a function by its unmangled name.
const ALLOWED: &[&str] = &[
    "src/descriptors.rs",
    "src/ffi.rs",
    "src/native.rs",
    "src/program.rs",
    "tests/fuzz/src/libfuzzer.rs",
    "wasm/arithmetic/lib.rs",
    "wasm/src/exports.rs",
    "wasm/src/host.rs",
];

#[test]
fn unsafe_code_is_where_it_is_said_to_be() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "wasm", "build", "tests"] {
        search(root, &root.join(folder), &mut found);
    }
    found.sort();
    assert_eq!(found, ALLOWED);
}

/// Files that lift the workspace's lint; without that the compiler itself refuses `unsafe`.
fn search(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                search(root, &path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("UTF-8");
            let lifts = ["allow", "expect", "warn"].map(|level| format!("{level}({}_code", "unsafe"));
            if lifts.iter().any(|lift| source.contains(lift)) {
                found.push(path.strip_prefix(root).expect("inside").display().to_string());
            }
        }
    }
}
