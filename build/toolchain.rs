//! A compiler for `wasm32-unknown-unknown`, wherever this machine has one, and the nested cargo that
//! runs it.

use crate::{Result, variable};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

const TARGET: &str = "wasm32-unknown-unknown";
/// Downloading the target's standard library (20 MB) may take this long.
const DOWNLOAD: Duration = Duration::from_mins(2);
const DEBIAN: &str = "/usr/bin";

const NO_TOOLCHAIN: &str = "\
It is compiled to WebAssembly, and no compiler on this machine can do that. Run one of these, then build again:

    rustup target add wasm32-unknown-unknown
    apt-get install rustc-web cargo-web rust-web-src      (Debian, without rustup's servers)
";

/// Something that compiles to WebAssembly.
enum Toolchain {
    /// The toolchain that builds the host; its sysroot has the target.
    Active { cargo: PathBuf, rustc: PathBuf },
    /// Debian's rustc; `build_std` when the target's standard library is there as source only.
    Debian { build_std: bool, linker: PathBuf },
}

/// What a module of the core is for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    /// To be compiled to native code.
    Native,
    /// To be translated to PHP, which has neither 128 bits nor much memory, and its own arithmetic for signatures.
    Php,
    /// To be loaded by the settings page, which checks fields with it.
    Browser,
    /// To be translated to PHP too: the arithmetic that the former leaves to PHP's extensions, where those are missing.
    PhpArithmetic,
}

impl Purpose {
    const fn profile(self) -> &'static str {
        match self {
            Self::Native => "core",
            Self::Php | Self::PhpArithmetic => "translated",
            Self::Browser => "browser",
        }
    }

    const fn package(self) -> &'static str {
        match self {
            Self::Native | Self::Php | Self::Browser => "logto-sign-in-core",
            Self::PhpArithmetic => "logto-sign-in-arithmetic",
        }
    }

    fn flags(self) -> Vec<String> {
        let flags: &[&str] = match self {
            // wide-arithmetic: see src/config.rs. fiat-crypto has derived and proved its field arithmetic, which is faster than
            // the crate's default here.
            Self::Native => &["-Ctarget-feature=+wide-arithmetic,+bulk-memory", "--cfg=p384_backend=\"fiat\""],
            // A word of memory takes 16 bytes in PHP: 64 KiB of stack, 32 MiB in all. Loops that are not unrolled are short.
            Self::Php | Self::PhpArithmetic => &[
                "-Ctarget-feature=+bulk-memory",
                "-Clink-arg=-zstack-size=65536",
                "-Clink-arg=--max-memory=33554432",
                "--cfg",
                "sha2_backend_soft=\"compact\"",
            ],
            Self::Browser => &["-Ctarget-feature=+bulk-memory"],
        };
        flags.iter().map(|flag| (*flag).to_owned()).collect()
    }
}

/// Builds wasm/, or a crate in it, and returns the module. Cargo's output is shown only when it fails.
pub(crate) fn build_core(root: &Path, kept: &Path, purpose: Purpose) -> Result<Vec<u8>> {
    // Once for all modules, which are built side by side: it may download something.
    static CHOSEN: OnceLock<Result<Toolchain>> = OnceLock::new();
    let toolchain = CHOSEN.get_or_init(choose).as_ref().map_err(Clone::clone)?;
    let folder = kept.join("build");
    let mut cargo = toolchain.cargo(root, purpose);
    cargo
        .current_dir(root)
        .args(["rustc", "--quiet", "--locked", "--package", purpose.package(), "--lib", "--crate-type", "cdylib"])
        .args(["--profile", purpose.profile(), "--target", TARGET, "--target-dir"])
        .arg(&folder);
    match purpose {
        Purpose::Native | Purpose::PhpArithmetic => &mut cargo,
        Purpose::Php => cargo.arg("--no-default-features"),
        Purpose::Browser => cargo.args(["--no-default-features", "--features", "browser"]),
    };
    run(&mut cargo)?;
    let name = format!("{}.wasm", purpose.package().replace('-', "_"));
    let module = folder.join(TARGET).join(purpose.profile()).join(name);
    fs::read(&module).map_err(|cause| format!("{}: {cause}", module.display()))
}

/// Runs a command to its end; its output is part of the error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let output = command.output().map_err(|cause| format!("{command:?} does not start: {cause}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// A program of this machine, which does not take the outer cargo's orders.
pub(crate) fn host_command(program: &Path) -> Command {
    clean(Command::new(program))
}

fn choose() -> Result<Toolchain> {
    let rustc = PathBuf::from(variable("RUSTC")?);
    let sysroot = sysroot(&rustc)?;
    if !has_target(&sysroot) {
        download_target();
    }
    if has_target(&sysroot) {
        return Ok(Toolchain::Active { cargo: variable("CARGO")?.into(), rustc });
    }
    debian(&sysroot).ok_or_else(|| NO_TOOLCHAIN.into())
}

fn debian(active: &Path) -> Option<Toolchain> {
    let rustc = Path::new(DEBIAN).join("rustc");
    let debian = sysroot(&rustc).ok()?;
    let build_std = !has_target(&debian);
    if build_std && !debian.join("lib/rustlib/src/rust/library/std").is_dir() {
        return None;
    }
    let linker = linkers(active).into_iter().find(|linker| linker.is_file())?;
    Path::new(DEBIAN).join("cargo").is_file().then_some(Toolchain::Debian { build_std, linker })
}

/// Where a linker for WebAssembly may be: Debian's lld, or the one within a toolchain of rustup.
fn linkers(active: &Path) -> Vec<PathBuf> {
    let mut linkers = vec![Path::new(DEBIAN).join("wasm-ld"), Path::new(DEBIAN).join("rust-lld")];
    linkers.extend(entries(Path::new("/usr/lib")).into_iter().map(|folder| folder.join("bin/wasm-ld")));
    let mut sysroots = vec![active.to_owned()];
    sysroots.extend(entries(active.parent().unwrap_or(active)));
    for sysroot in sysroots {
        linkers.extend(entries(&sysroot.join("lib/rustlib")).into_iter().map(|target| target.join("bin/rust-lld")));
    }
    linkers
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries
}

fn sysroot(rustc: &Path) -> Result<PathBuf> {
    let mut command = clean(Command::new(rustc));
    let output = command
        .args(["--print", "sysroot"])
        .output()
        .map_err(|cause| format!("{} does not start: {cause}", rustc.display()))?;
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

fn has_target(sysroot: &Path) -> bool {
    !entries(&sysroot.join("lib/rustlib").join(TARGET).join("lib")).is_empty()
}

/// Asks rustup for the target, silently. Whether it worked is seen by looking again.
fn download_target() {
    let Ok(toolchain) = env::var("RUSTUP_TOOLCHAIN") else { return };
    let mut rustup = clean(Command::new("rustup"));
    rustup.args(["--quiet", "target", "add", TARGET, "--toolchain", &toolchain]);
    let Ok(mut child) = rustup.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() else { return };
    let started = Instant::now();
    while matches!(child.try_wait(), Ok(None)) {
        if started.elapsed() > DOWNLOAD {
            let _ = child.kill();
            let _ = child.wait();
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

impl Toolchain {
    fn cargo(&self, root: &Path, purpose: Purpose) -> Command {
        let mut flags = purpose.flags();
        // Panic messages name source files; the builder's home is nobody's business.
        flags.push(format!("--remap-path-prefix={}=.", root.display()));
        if let Some(home) = cargo_home() {
            flags.push(format!("--remap-path-prefix={}=cargo", home.display()));
        }
        let mut command = match self {
            Self::Active { cargo, rustc } => {
                let mut command = clean(Command::new(cargo));
                command.env("RUSTC", rustc);
                command
            }
            Self::Debian { build_std, linker } => {
                let mut command = clean(Command::new(Path::new(DEBIAN).join("cargo")));
                command.env("RUSTC", Path::new(DEBIAN).join("rustc")).env("PATH", debian_path());
                flags.push(format!("-Clinker={}", linker.display()));
                if *build_std {
                    command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
                }
                command
            }
        };
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        command
    }
}

/// Debian's own tools first: a rustup proxy further ahead would run in their place.
fn debian_path() -> OsString {
    let mut path = OsString::from(DEBIAN);
    if let Some(rest) = env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    path
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))
}

/// Without what the outer cargo put into the environment for its own crate and target: the nested
/// cargo would take it for orders.
fn clean(mut command: Command) -> Command {
    for (name, _) in env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let kept = ["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTRIES_", "CARGO_REGISTRY_", "CARGO_SOURCE_"];
        let foreign = ["CARGO", "RUSTC", "RUSTDOC", "__CARGO", "CLIPPY", "DEP_"];
        let flags = ["RUSTFLAGS", "MAKEFLAGS", "MFLAGS", "TARGET", "HOST", "PROFILE", "OPT_LEVEL", "DEBUG", "OUT_DIR"];
        let is = |prefixes: &[&str]| prefixes.iter().any(|prefix| text.starts_with(prefix));
        if (is(&foreign) && !is(&kept)) || flags.contains(&text) {
            command.env_remove(name);
        }
    }
    command
}
