//! Builds the core and compiles it to native code, so that the host can embed it.
//!
//! wasm/ → WebAssembly (a nested cargo, [`toolchain`]) → native code ([`native`]) → `OUT_DIR`, from
//! where src/native.rs includes it. A second module is translated to PHP ([`engine`]), and a third one
//! is for the settings page.
//! `target/core` caches all results; each is made anew only when what it depends on changes.

use artifact_cache::Folder;
use native::Compiler;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::{self, ScopedJoinHandle};
use std::{env, fs};
use toolchain::{Purpose, build_core};

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

    let cache = Folder::beside(&out)?;
    let sources = artifact_cache::key_of_files(&root, artifact_cache::SOURCES)?;
    let compiler = Compiler::new(&root, &cache)?;
    // Each keeps one processor busy most of the time, and is built in a folder of its own.
    let (wasm, engine) = thread::scope(|scope| {
        let engine = scope.spawn(|| engine::build(&root, &cache));
        let browser =
            scope.spawn(|| cache.get("browser.wasm", &sources, || build_core(&root, &cache.path, Purpose::Browser)));
        let wasm = native_code(&root, &out, &cache, &sources, &compiler);
        joined(browser)?;
        Ok::<_, String>((wasm?, joined(engine)?))
    })?;
    println!("cargo::rustc-env=CORE_ENGINE={}", engine.display());
    println!("cargo::rustc-env=CORE_SHA256={}", artifact_cache::key(&[&wasm]));
    println!("cargo::rustc-env=CORE_WASM={}", cache.path.join("core.wasm").display());
    Ok(())
}

/// Writes the native code that src/native.rs includes, and gives the core's WebAssembly.
fn native_code(root: &Path, out: &Path, cache: &Folder, sources: &str, compiler: &Compiler<'_>) -> Result<Vec<u8>> {
    let wasm = cache.get("core.wasm", sources, || {
        thread::scope(|scope| {
            // Another core is going to be compiled.
            let program = scope.spawn(|| compiler.program());
            let wasm = build_core(root, &cache.path, Purpose::Native);
            joined(program)?;
            wasm
        })
    })?;
    let embed = |name: &str, module: &Path| {
        let file = format!("{name}.native");
        let code = compiler.compile(&file, module)?;
        write(&out.join(&file), &code)?;
        Ok::<_, String>(code)
    };
    let core = embed("core", &cache.path.join("core.wasm"))?;
    println!("cargo::rustc-env=CORE_NATIVE_SHA256={}", artifact_cache::key(&[&core]));
    for name in FAULTY_MODULES {
        embed(name, &root.join(format!("build/{name}.wat")))?;
    }
    Ok(wasm)
}

fn joined<T>(thread: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|_| Err("a thread of the build script panicked".to_owned()))
}

fn variable(name: &str) -> Result<String> {
    env::var(name).map_err(|_| format!("cargo sets no {name}"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|cause| format!("{}: {cause}", path.display()))
}
