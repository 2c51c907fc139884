//! The host for each machine that the full zip has one for, built alike wherever it is built.

use super::has_no_interpreter;
use crate::install::debian;
use crate::process::Program;
use crate::{Context, Result, bail, ensure, paths, progress};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// A machine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Platform {
    /// 64-bit Intel and AMD.
    X86,
    /// 64-bit ARM.
    Arm,
}

/// The host for a machine.
#[derive(Clone, Debug)]
pub struct Binaries {
    /// The program, which needs no library of the machine: it runs with glibc, with musl, and with neither.
    pub program: PathBuf,
    /// The library, for a PHP that is linked with glibc.
    pub library: PathBuf,
}

impl Platform {
    /// Its folder in `bin/`, which is empty for the machine that has none.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::X86 => "",
            Self::Arm => "aarch64/",
        }
    }

    fn target(self) -> &'static str {
        match self {
            Self::X86 => "x86_64-unknown-linux-gnu",
            Self::Arm => "aarch64-unknown-linux-gnu",
        }
    }

    /// Debian's linker for the machine, and the C library to link with.
    fn linker(self) -> Option<(&'static str, [String; 2])> {
        match self {
            Self::X86 => None,
            Self::Arm => {
                Some(("aarch64-linux-gnu-gcc", ["gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"].map(str::to_owned)))
            }
        }
    }

    /// Builds the host for it.
    pub fn build(self) -> Result<Binaries> {
        self.require()?;
        let folder = paths::state().join("package").join(self.target());
        fs::create_dir_all(&folder)?;
        let library = self.cargo("liblogto_sign_in.so", &folder, &["--lib"], &[])?;
        let link = ["--", "-C", "target-feature=+crt-static"];
        let program = self.cargo("logto-sign-in", &folder, &["--bin", "logto-sign-in"], &link)?;
        ensure!(has_no_interpreter(&program)?, "{} still needs the machine's libraries", program.display());
        Ok(Binaries { program, library })
    }

    /// The standard library for the machine, and a linker.
    fn require(self) -> Result<()> {
        if let Some((_, packages)) = self.linker() {
            debian::require(&packages)?;
        }
        if self.has_standard_library()? {
            return Ok(());
        }
        let target = self.target();
        let added = Program::new("timeout").args(["120", "rustup", "target", "add", target]).finish()?;
        if !self.has_standard_library()? {
            bail!("rustup target add {target} did not work:\n{}", added.stderr);
        }
        Ok(())
    }

    fn has_standard_library(self) -> Result<bool> {
        let libraries = Program::new("rustc").args(["--print", "target-libdir", "--target", self.target()]).output()?;
        Ok(Path::new(libraries.trim()).exists())
    }

    /// Lets cargo build something of the host, and keeps a copy that other builds do not replace.
    fn cargo(self, name: &str, folder: &Path, what: &[&str], link: &[&str]) -> Result<PathBuf> {
        let target = self.target();
        let mut cargo = Program::new("cargo")
            .args(["rustc", "--quiet", "--release", "--locked", "--package", "logto-sign-in", "--target", target])
            .args(what)
            .args(link)
            .env("CARGO_ENCODED_RUSTFLAGS", remapped().join("\u{1f}"))
            .folder(paths::root());
        if let Some((linker, _)) = self.linker() {
            let variable = format!("CARGO_TARGET_{}_LINKER", target.to_uppercase().replace('-', "_"));
            cargo = cargo.env(&variable, linker);
        }
        progress::step(&format!("Building {name} for {target}"), || cargo.output())?;
        let built = paths::target().join(target).join("release").join(name);
        let copy = folder.join(name);
        drop(fs::remove_file(&copy));
        fs::copy(&built, &copy).with_context(|| format!("cargo did not build {}", built.display()))?;
        Ok(copy)
    }
}

/// Messages of panics name source files: where they were on the machine of the builder changes no byte, and is nobody's
/// business.
fn remapped() -> Vec<String> {
    let home = env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cargo = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    [(paths::root(), "."), (cargo, "cargo")]
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .to_vec()
}
