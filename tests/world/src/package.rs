//! The plugin's zip, as WordPress's upload page takes it.

use crate::install::compiler;
use crate::process::Program;
use crate::{Context, Result, ensure, paths, progress};
use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

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
    let contents = contents(&program, &library)?;
    progress::step("Packing the plugin", || write(&zip, &contents))?;
    Ok(Package { zip, program, library, is_static })
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

/// Every file by its name in the zip, sorted.
fn contents(program: &Path, library: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let php = paths::root().join("php");
    let mut contents = BTreeMap::new();
    for file in paths::files_under(&php)? {
        let name = file.strip_prefix(&php)?.to_str().context("a file's name is not UTF-8")?.to_owned();
        ensure!(!name.split('/').any(|part| part.starts_with('.')), "php/{name} is hidden and must not be shipped");
        if name.strip_suffix(".po").is_some() {
            let compiled = file.with_extension("mo");
            ensure!(compiled.exists(), "php/{name} is not compiled: {} is missing", compiled.display());
        }
        contents.insert(format!("{FOLDER}/{name}"), file);
    }
    // The build of the host has translated the core.
    let engine = paths::target().join("core/engine");
    for file in paths::files_under(&engine).context("the core was not translated to PHP")? {
        let name = file.strip_prefix(&engine)?.to_str().context("a file's name is not UTF-8")?;
        contents.insert(format!("{FOLDER}/engine/{name}"), file.clone());
    }
    contents.insert(format!("{FOLDER}/assets/core.wasm"), paths::target().join("core/browser.wasm"));
    contents.insert(format!("{FOLDER}/bin/logto-sign-in"), program.to_path_buf());
    contents.insert(format!("{FOLDER}/bin/liblogto_sign_in.so"), library.to_path_buf());
    let header = paths::root().join("src/logto_sign_in.h");
    if header.exists() {
        contents.insert(format!("{FOLDER}/bin/logto_sign_in.h"), header);
    }
    let licence = paths::root().join("LICENSE");
    contents.insert(format!("{FOLDER}/LICENSE"), licence);
    Ok(contents)
}

/// Writes the zip. The same files give the same bytes: sorted, and with zip's earliest date.
fn write(zip: &Path, contents: &BTreeMap<String, PathBuf>) -> Result<()> {
    let unfinished = zip.with_extension("zip.unfinished");
    let mut writer = ZipWriter::new(File::create(&unfinished)?);
    for (name, file) in contents {
        let is_program = name.ends_with("/bin/logto-sign-in");
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(if is_program { 0o755 } else { 0o644 });
        writer.start_file(name, options)?;
        writer.write_all(&fs::read(file).with_context(|| format!("cannot read {}", file.display()))?)?;
    }
    writer.finish()?;
    fs::rename(unfinished, zip)?;
    Ok(())
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
