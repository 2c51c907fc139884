//! Builds the core and compiles it to native code, so that the host can embed it.
//!
//! wasm/ → WebAssembly (a nested cargo, [`toolchain`]) → native code ([`native`]) → `OUT_DIR`, from
//! where src/native.rs includes it. A second module is translated to PHP ([`engine`]), and a third one
//! is for the settings page.
//! `target/core` caches all results; each is made anew only when what it depends on changes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};
use toolchain::Purpose;

#[path = "build/artifact_cache.rs"]
mod artifact_cache;
#[path = "build/engine.rs"]
mod engine;
#[path = "build/native.rs"]
mod native;
#[path = "build/toolchain.rs"]
mod toolchain;

/// Tiny modules with the core's exports, most with a fault: the tests of src/ run them.
const FAULTY_MODULES: [&str; 8] = ["endless", "traps", "greedy", "counts", "dialogue", "lies", "imports", "deep"];

/// Everything that a build can fail with is told to whoever builds, once, in words.
type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("\nThe core (wasm/) could not be built.\n{cause}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<()> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    for input in artifact_cache::SOURCES
        .iter()
        .chain(artifact_cache::ARITHMETIC)
        .chain(native::COMPILER)
        .chain(&["build.rs", "build"])
    {
        println!("cargo::rerun-if-changed={input}");
    }

    let cache = artifact_cache::Folder::beside(&out)?;
    let sources = artifact_cache::key_of_files(&root, artifact_cache::SOURCES)?;
    let wasm = cache.get("core.wasm", &sources, || toolchain::build_core(&root, &cache.path, Purpose::Native))?;
    let core = cache.path.join("core.wasm");

    let compiler = native::Compiler::new(&root, &cache)?;
    let embed = |name: &str, module: &Path| {
        let file = format!("{name}.native");
        let code = compiler.compile(&file, module)?;
        write(&out.join(&file), &code).map(|()| artifact_cache::key(&[&code]))
    };
    println!("cargo::rustc-env=CORE_NATIVE_SHA256={}", embed("core", &core)?);
    for name in FAULTY_MODULES {
        embed(name, &root.join(format!("build/{name}.wat")))?;
    }
    let engine = engine::build(&root, &cache)?;
    cache.get("browser.wasm", &sources, || toolchain::build_core(&root, &cache.path, Purpose::Browser))?;
    println!("cargo::rustc-env=CORE_ENGINE={}", engine.display());
    println!("cargo::rustc-env=CORE_SHA256={}", artifact_cache::key(&[&wasm]));
    println!("cargo::rustc-env=CORE_WASM={}", core.display());
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    env::var(name).map_err(|_| format!("cargo sets no {name}"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|cause| format!("{}: {cause}", path.display()))
}
