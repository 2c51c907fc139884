//! WebAssembly → native code: wasmtime's compiler, in a program of its own (`build/compiler`).
//!
//! The compiler is the largest thing that this project builds. It has a target directory in
//! `target/core`, so it is built once, whatever cargo is asked to build the host with, and not at
//! all while the cached native code is up to date.

use crate::artifact_cache::{self, Folder};
use crate::{Result, toolchain, variable};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What makes the same module another native code: the program and the configuration.
pub(crate) const COMPILER: &[&str] = &["build/compiler", "src/config.rs", "src/limits.rs"];

/// The compiler, built when it is first needed.
pub(crate) struct Compiler<'a> {
    root: &'a Path,
    cache: &'a Folder,
    target: String,
    key: String,
    /// Whether the target is another machine than this one, for which the compiler needs more than it has by default.
    is_foreign: bool,
    program: OnceLock<Result<PathBuf>>,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(root: &'a Path, cache: &'a Folder) -> Result<Self> {
        let target = variable("TARGET")?;
        let sources = artifact_cache::key_of_files(root, COMPILER)?;
        let key = artifact_cache::key(&[target.as_bytes(), sources.as_bytes(), packages(root)?.as_bytes()]);
        let is_foreign = variable("CARGO_CFG_TARGET_ARCH")? != std::env::consts::ARCH;
        Ok(Self { root, cache, target, key, is_foreign, program: OnceLock::new() })
    }

    /// The native code of a module, which is cached as `name`; that for another machine beside that for this one.
    pub(crate) fn compile(&self, name: &str, module: &Path) -> Result<Vec<u8>> {
        let name = &if self.is_foreign { format!("{}.{name}", self.target) } else { name.to_owned() };
        let source = fs::read(module).map_err(|cause| format!("{}: {cause}", module.display()))?;
        let key = artifact_cache::key(&[&source, self.key.as_bytes()]);
        self.cache.get(name, &key, || {
            let output = self.cache.path.join(format!("{name}.unfinished"));
            toolchain::run(toolchain::host_command(self.program()?).arg(&self.target).arg(module).arg(&output))?;
            let native = fs::read(&output).map_err(|cause| format!("{}: {cause}", output.display()))?;
            fs::remove_file(&output).map_err(|cause| format!("{}: {cause}", output.display()))?;
            Ok(native)
        })
    }

    /// The program, built at most once.
    pub(crate) fn program(&self) -> Result<&Path> {
        self.program.get_or_init(|| self.build()).as_deref().map_err(Clone::clone)
    }

    fn build(&self) -> Result<PathBuf> {
        let folder = self.cache.path.join("compiler");
        let mut cargo = toolchain::host_command(&PathBuf::from(variable("CARGO")?));
        cargo
            .env("RUSTC", variable("RUSTC")?)
            .current_dir(self.root)
            .args(["build", "--quiet", "--locked", "--package", "logto-sign-in-compiler"])
            .args(["--profile", "compiler", "--target-dir"])
            .arg(&folder);
        if self.is_foreign {
            cargo.args(["--features", "aarch64"]);
        }
        toolchain::run(&mut cargo)?;
        let name = format!("compiler/logto-sign-in-compiler{}", std::env::consts::EXE_SUFFIX);
        Ok(folder.join(name))
    }
}

/// The compiler's packages, as Cargo.lock has them.
fn packages(root: &Path) -> Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(|cause| format!("Cargo.lock: {cause}"))?;
    let ours = ["wasmtime", "cranelift", "regalloc", "wasmparser", "wat"].map(|name| format!("\nname = \"{name}"));
    let packages = lock.split("[[package]]").filter(|package| ours.iter().any(|name| package.starts_with(name)));
    Ok(packages.collect())
}
