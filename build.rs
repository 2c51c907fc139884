//! Builds the core and compiles it to native code, so that the host can embed it.
//!
//! wasm/ → WebAssembly (a nested cargo, [`toolchain`]) → native code (wasmtime's compiler, with the
//! configuration that the sandbox runs it with) → `OUT_DIR`, from where src/native.rs includes it.
//! A second module, for PHP, is translated by build/wasm_to_php ([`engine`]).
//! `target/core` caches all results; each is made anew only when what it depends on changes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};
use toolchain::Purpose;
use wasmtime::Engine;

#[path = "build/artifact_cache.rs"]
mod artifact_cache;
#[path = "src/config.rs"]
#[allow(unreachable_pub, reason = "shared with the host")]
mod config;
#[path = "build/engine.rs"]
mod engine;
#[path = "build/faulty_modules.rs"]
mod faulty_modules;
#[path = "src/limits.rs"]
#[allow(unreachable_pub, dead_code, reason = "shared with the host")]
mod limits;
#[path = "build/toolchain.rs"]
mod toolchain;

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
    let target = variable("TARGET")?;
    for input in artifact_cache::SOURCES.iter().chain(artifact_cache::COMPILER_INPUTS) {
        println!("cargo::rerun-if-changed={input}");
    }

    let cache = artifact_cache::Folder::beside(&out)?;
    let wasm = cache.get("core.wasm", &artifact_cache::key_of_sources(&root)?, || {
        toolchain::build_core(&root, &cache.path, Purpose::Native)
    })?;
    let compiler = compiler(&target)?;
    let key = artifact_cache::key(&[&wasm, &fingerprint(&compiler, &root)?]);
    let native = cache.get("core.native", &key, || compile(&compiler, &wasm))?;
    write(&out.join("core.native"), &native)?;
    for (name, text) in faulty_modules::MODULES {
        let wasm = wat::parse_str(text).map_err(|cause| format!("{name}: {cause}"))?;
        write(&out.join(format!("{name}.native")), &compile(&compiler, &wasm)?)?;
    }
    let engine = engine::build(&root, &cache)?;
    println!("cargo::rustc-env=CORE_ENGINE={}", engine.display());
    println!("cargo::rustc-env=CORE_SHA256={}", artifact_cache::key(&[&wasm]));
    println!("cargo::rustc-env=CORE_WASM={}", cache.path.join("core.wasm").display());
    Ok(())
}

/// wasmtime's compiler. Naming the target keeps this machine's own CPU out of the result.
fn compiler(target: &str) -> Result<Engine> {
    config::config(limits::MEMORY, limits::STACK)
        .target(target)
        .and_then(|config| Engine::new(config))
        .map_err(|cause| format!("wasmtime has no compiler for {target}: {cause:#}"))
}

/// What tells this compiler from another: its packages, and an empty module, which names the target
/// and the whole configuration.
fn fingerprint(compiler: &Engine, root: &Path) -> Result<Vec<u8>> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(|cause| format!("Cargo.lock: {cause}"))?;
    let ours = ["wasmtime", "cranelift", "regalloc"].map(|name| format!("\nname = \"{name}"));
    let packages = lock.split("[[package]]").filter(|package| ours.iter().any(|name| package.starts_with(name)));
    let empty = compile(compiler, b"\0asm\x01\0\0\0")?;
    Ok([packages.collect::<String>().as_bytes(), &empty].concat())
}

fn compile(compiler: &Engine, wasm: &[u8]) -> Result<Vec<u8>> {
    compiler.precompile_module(wasm).map_err(|cause| format!("wasmtime does not compile it: {cause:#}"))
}

fn variable(name: &str) -> Result<String> {
    env::var(name).map_err(|_| format!("cargo sets no {name}"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|cause| format!("{}: {cause}", path.display()))
}
