//! The plugin's zip, as WordPress's upload page takes it.

use crate::install::compiler;
use crate::process::Program;
use crate::{Context, Result, ensure, paths, progress};
use contents::Edition;
use platforms::Platform;
use std::env;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

mod bill;
pub(crate) mod contents;
mod licences;
pub mod platforms;
#[cfg(test)]
mod tests;

/// The folder in the zip, which becomes the plugin's folder.
const FOLDER: &str = "logto-sign-in";

/// The plugin as WordPress names it.
pub const PLUGIN: &str = "logto-sign-in/logto-sign-in.php";

/// A packaged plugin.
#[derive(Clone, Debug)]
pub struct Package {
    /// The zip.
    pub zip: PathBuf,
    /// The sidecar program as packed.
    pub program: PathBuf,
    /// The library as packed.
    pub library: PathBuf,
    /// Whether the program needs no library of the machine it runs on.
    pub is_static: bool,
}

/// Names a zip to try instead of the one that the sources give: a release, say.
const GIVEN: &str = "LOGTO_SIGN_IN_ZIP";

/// Builds the host and packs the plugin to `target/logto-sign-in-<version>.zip`, unless a zip is given.
pub fn build() -> Result<Package> {
    let folder = paths::state().join("package");
    fs::create_dir_all(&folder)?;
    if let Some(zip) = env::var_os(GIVEN) {
        return given(PathBuf::from(zip), &folder);
    }
    let _turn = paths::lock("package")?;
    compiler::require()?;
    let library = keep("liblogto_sign_in.so", &folder, &["build", "--lib"], &[])?;
    // Linked statically, the program runs on every Linux of its architecture, also with musl or an old glibc.
    let link = ["--", "-C", "target-feature=+crt-static"];
    let program = keep("logto-sign-in", &folder, &["rustc", "--bin", "logto-sign-in"], &link)?;
    let is_static = has_no_interpreter(&program)?;
    ensure!(is_static, "{} still needs the machine's libraries", program.display());

    let version = env!("CARGO_PKG_VERSION");
    let said = Program::new(&program).arg("--version").output()?;
    ensure!(said.contains(version), "the program says {:?} instead of {version}", said.trim());
    let zip = paths::target().join(format!("{FOLDER}-{version}.zip"));
    let edition = Edition::Full { program: &program, library: &library, others: &[] };
    progress::step("Packing the plugin", || contents::write(&zip, &contents::of(edition)?))?;
    Ok(Package { zip, program, library, is_static })
}

/// Packs the plugin for release to `target/logto-sign-in-<version>.zip`, with a program and a library for each machine, and
/// the same bytes wherever it is packed.
pub fn build_all_platforms() -> Result<PathBuf> {
    compiler::require()?;
    let (x86, arm) = (Platform::X86.build()?, Platform::Arm.build()?);
    let folder = Platform::Arm.folder();
    let others =
        [(format!("{folder}logto-sign-in"), arm.program), (format!("{folder}liblogto_sign_in.so"), arm.library)];
    let zip = paths::target().join(format!("{FOLDER}-{}.zip", env!("CARGO_PKG_VERSION")));
    let edition = Edition::Full { program: &x86.program, library: &x86.library, others: &others };
    progress::step("Packing the plugin", || contents::write(&zip, &contents::of(edition)?))?;
    Ok(zip)
}

/// Packs the plugin for the plugin directory of WordPress, which bars programs, to
/// `target/logto-sign-in-<version>-directory.zip`: PHP alone, with the core translated to it.
pub fn build_directory() -> Result<PathBuf> {
    compiler::require()?;
    // The build script translates the core.
    progress::step("Building the PHP engine", || {
        Program::new("cargo")
            .args(["check", "--quiet", "--release", "--locked", "--package", "logto-sign-in", "--lib"])
            .folder(paths::root())
            .output()
    })?;
    pack_directory()
}

/// The same, with the engine as the last build left it.
pub fn pack_directory() -> Result<PathBuf> {
    let zip = paths::target().join(format!("{FOLDER}-{}-directory.zip", env!("CARGO_PKG_VERSION")));
    progress::step("Packing the plugin for the directory", || {
        contents::write(&zip, &contents::of(Edition::Directory)?)
    })?;
    Ok(zip)
}

/// A package that was made elsewhere.
fn given(zip: PathBuf, folder: &Path) -> Result<Package> {
    let mut archive = ZipArchive::new(File::open(&zip).with_context(|| format!("cannot read {}", zip.display()))?)?;
    let mut unpack = |name: &str| -> Result<PathBuf> {
        let copy = folder.join(format!("given-{name}"));
        drop(fs::remove_file(&copy));
        io::copy(&mut archive.by_name(&format!("{FOLDER}/bin/{name}"))?, &mut File::create(&copy)?)?;
        fs::set_permissions(&copy, Permissions::from_mode(0o755))?;
        Ok(copy)
    };
    let (program, library) = (unpack("logto-sign-in")?, unpack("liblogto_sign_in.so")?);
    Ok(Package { zip, is_static: has_no_interpreter(&program)?, program, library })
}

/// Lets cargo build something of the host, and keeps a copy that other builds do not replace.
fn keep(name: &str, folder: &Path, what: &[&str], link: &[&str]) -> Result<PathBuf> {
    progress::step(&format!("Building {name}"), || {
        Program::new("cargo")
            .arg(what[0])
            .args(["--quiet", "--release", "--locked", "--package", "logto-sign-in"])
            .args(&what[1..])
            .args(link)
            .folder(paths::root())
            .output()
    })?;
    let copy = folder.join(name);
    let built = paths::target().join("release").join(name);
    // A new file, not new content: an older copy may be running.
    drop(fs::remove_file(&copy));
    fs::copy(&built, &copy).with_context(|| format!("cargo did not build {}", built.display()))?;
    Ok(copy)
}

/// Whether a program is linked statically, as `ldd` sees it.
fn has_no_interpreter(program: &Path) -> Result<bool> {
    let said = Program::new("ldd").arg(program).finish()?;
    let said = format!("{}{}", said.stdout, said.stderr);
    Ok(said.contains("statically linked") || said.contains("not a dynamic executable"))
}

/// A file's size in bytes once it is compressed, as web servers do it.
pub fn compressed(file: &Path) -> Result<usize> {
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(9));
    writer.start_file("file", options)?;
    writer.write_all(&fs::read(file).with_context(|| format!("cannot read {}", file.display()))?)?;
    Ok(writer.finish()?.into_inner().len())
}

/// A file's size in KiB, rounded up.
pub fn kibibytes(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file).with_context(|| format!("cannot look at {}", file.display()))?.len().div_ceil(1024))
}
