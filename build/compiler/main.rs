//! Compiles WebAssembly to native code, with the configuration that the sandbox runs it with.
//!
//! A program of its own, so that wasmtime's compiler is built once and not again for each set of
//! features that cargo builds the host with (`cargo test`, packaging). `build/native.rs` runs it.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};
use wasmtime::Engine;

#[path = "../../src/config.rs"]
#[allow(unreachable_pub, reason = "shared with the host")]
mod config;
#[path = "../../src/limits.rs"]
#[allow(unreachable_pub, dead_code, reason = "shared with the host")]
mod limits;

const USAGE: &str = "usage: logto-sign-in-compiler <target> <module in wasm or wat> <native code>";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [target, module, native] => compile(target, Path::new(module), Path::new(native)),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}

fn compile(target: &str, module: &Path, native: &Path) -> Result<(), String> {
    let wasm = wat::parse_file(module).map_err(|cause| cause.to_string())?;
    // Naming the target keeps this machine's own CPU out of the result.
    let engine = config::config(limits::MEMORY, limits::STACK)
        .target(target)
        .and_then(|config| Engine::new(config))
        .map_err(|cause| format!("wasmtime has no compiler for {target}: {cause:#}"))?;
    let code = engine
        .precompile_module(&wasm)
        .map_err(|cause| format!("wasmtime does not compile {}: {cause:#}", module.display()))?;
    fs::write(native, code).map_err(|cause| format!("{}: {cause}", native.display()))
}
