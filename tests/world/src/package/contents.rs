//! What a zip holds, and how it is written: the same sources give the same bytes.

use super::{FOLDER, bill, licences};
use crate::{Context, Result, ensure, paths};
use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Who a zip is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edition<'a> {
    /// Everybody who uploads it: with a program and a library for the servers that run them.
    Full {
        /// The program.
        program: &'a Path,
        /// The library.
        library: &'a Path,
        /// The same for other machines, by their names in `bin/`.
        others: &'a [(String, PathBuf)],
    },
    /// The plugin directory of WordPress, which bars programs: PHP alone.
    Directory,
}

/// The files by their names in the zip, sorted.
pub(crate) type Contents = BTreeMap<String, Vec<u8>>;

/// In `php/`, what only the full zip has: what starts the program, and what loads the library.
pub(crate) const NATIVE: [&str; 2] = ["src/Transport/Native/", "preload.php"];

/// The class that lists the transports, of which the directory's zip has another one.
pub(crate) const SHIPPED: &str = "src/Transport/Shipped.php";

/// Names the address of the source repository, to which `php/readme.txt` of a release leads: the plugin directory wants the
/// sources of what is generated.
const SOURCE: &str = "LOGTO_SIGN_IN_SOURCE";

/// In `php/readme.txt`, what the address follows.
const REPOSITORY: &str = "The source repository";

/// Endings that the directory takes for programs and archives.
const BARRED: [&str; 10] = [".a", ".bin", ".exe", ".gz", ".o", ".phar", ".sh", ".so", ".tar", ".zip"];

/// The header that keeps another plugin of the same name in the directory from replacing the full zip. The directory, which
/// gives updates itself, bars it.
const UPDATE_URI: &str = " * Update URI:";

/// Every file of an edition.
pub(crate) fn of(edition: Edition) -> Result<Contents> {
    let mut contents = plugin(edition)?;
    // The build of the host has translated the core.
    let engine = paths::target().join("core/engine");
    for file in paths::files_under(&engine).context("the core was not translated to PHP")? {
        contents.insert(format!("engine/{}", name(&file, &engine)?), fs::read(&file)?);
    }
    // And built it once more for the settings page.
    contents.insert("assets/core.wasm".into(), read(&paths::target().join("core/browser.wasm"))?);
    if let Edition::Full { program, library, others } = edition {
        contents.insert("bin/logto-sign-in".into(), read(program)?);
        contents.insert("bin/liblogto_sign_in.so".into(), read(library)?);
        for (name, file) in others {
            contents.insert(format!("bin/{name}"), read(file)?);
        }
        contents.insert("bin/logto_sign_in.h".into(), read(&paths::root().join("src/logto_sign_in.h"))?);
    }
    contents.insert("LICENSE".into(), read(&paths::root().join("LICENSE"))?);
    if matches!(edition, Edition::Directory) {
        let barred = contents.keys().find(|name| BARRED.iter().any(|ending| name.ends_with(ending)));
        ensure!(barred.is_none(), "the plugin directory bars {barred:?} by its name");
    }
    let crates = bill::crates(edition)?;
    contents.insert("THIRD-PARTY-LICENSES.txt".into(), licences::texts(edition, &crates)?.into_bytes());
    contents.insert("sbom.cdx.json".into(), bill::cyclonedx(&crates)?.into_bytes());
    Ok(contents.into_iter().map(|(name, bytes)| (format!("{FOLDER}/{name}"), bytes)).collect())
}

/// What `php/` gives, by the names in the plugin's folder.
pub(crate) fn plugin(edition: Edition) -> Result<Contents> {
    let is_directory = matches!(edition, Edition::Directory);
    let php = paths::root().join("php");
    let mut contents = Contents::new();
    for file in paths::files_under(&php)? {
        let name = name(&file, &php)?;
        ensure!(!name.split('/').any(|part| part.starts_with('.')), "php/{name} is hidden and must not be shipped");
        if name.strip_suffix(".pot").is_some() {
            // No site reads it: it is for translators, who have the sources.
            continue;
        }
        if name.strip_suffix(".po").is_some() {
            // WordPress reads the compiled form alone.
            let compiled = file.with_extension("mo");
            ensure!(compiled.exists(), "php/{name} is not compiled: {} is missing", compiled.display());
            continue;
        }
        if is_directory && NATIVE.iter().any(|native| name.starts_with(native)) {
            continue;
        }
        contents.insert(name, read(&file)?);
    }
    if let Ok(address) = env::var(SOURCE) {
        let readme = contents.get_mut("readme.txt").context("php/readme.txt is missing")?;
        let text = String::from_utf8(std::mem::take(readme))?;
        ensure!(text.contains(REPOSITORY), "php/readme.txt does not say where the sources are");
        *readme = text.replace(REPOSITORY, &format!("{REPOSITORY}, {address},")).into_bytes();
    }
    if is_directory {
        let shipped = read(&paths::root().join("build/directory/Shipped.php"))?;
        ensure!(contents.insert(SHIPPED.into(), shipped).is_some(), "php/{SHIPPED} is missing");
        let main = contents.get_mut("logto-sign-in.php").context("php/logto-sign-in.php is missing")?;
        *main = without_update_uri(&String::from_utf8(std::mem::take(main))?)?.into_bytes();
    }
    Ok(contents)
}

fn without_update_uri(main: &str) -> Result<String> {
    let (headers, other): (Vec<&str>, Vec<&str>) =
        main.split_inclusive('\n').partition(|line| line.starts_with(UPDATE_URI));
    ensure!(headers.len() == 1, "php/logto-sign-in.php has {} lines with Update URI", headers.len());
    Ok(other.concat())
}

fn name(file: &Path, folder: &Path) -> Result<String> {
    Ok(file.strip_prefix(folder)?.to_str().context("a file's name is not UTF-8")?.to_owned())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Writes a zip: sorted, with zip's earliest date, and the same permissions wherever it is written.
pub(crate) fn write(zip: &Path, contents: &Contents) -> Result<()> {
    let unfinished = zip.with_extension("zip.unfinished");
    let mut writer = ZipWriter::new(File::create(&unfinished)?);
    for (name, bytes) in contents {
        let is_program = name.contains("/bin/") && name.ends_with("/logto-sign-in");
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(if is_program { 0o755 } else { 0o644 });
        writer.start_file(name, options)?;
        writer.write_all(bytes)?;
    }
    writer.finish()?;
    fs::rename(unfinished, zip)?;
    Ok(())
}
