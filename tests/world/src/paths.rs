//! Where things are: the project's folder, the target folder, and a folder of its own for each running world.

use crate::{Context, Result};
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The longest path that fits into a Unix socket's address (108 bytes with the closing zero byte).
const LONGEST_SOCKET_PATH: usize = 107;

/// The project's folder, found at run time: a program that was built in one checkout and runs in a copy of it must work
/// in the copy.
///
/// # Panics
/// When the program runs neither through cargo nor anywhere inside the project.
pub fn root() -> PathBuf {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let working = env::current_dir().unwrap_or_default();
        find_root(manifest.as_deref(), &working).expect("run this through cargo, or inside the project's folder")
    });
    ROOT.clone()
}

/// The workspace around the package that `cargo run` and `cargo test` name, or else around the working directory.
fn find_root(manifest: Option<&Path>, working: &Path) -> Option<PathBuf> {
    let is_workspace = |folder: &&Path| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line.trim() == "[workspace]")
    };
    manifest.unwrap_or(working).ancestors().find(is_workspace).map(Path::to_path_buf)
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The folder for everything that a world keeps: downloads, unpacked packages, running services.
pub fn state() -> PathBuf {
    target().join("world")
}

/// Waits until nobody else, in this process or another, holds the lock of that name; it is free again when the file is
/// dropped.
pub fn lock(name: &str) -> Result<File> {
    fs::create_dir_all(state()).with_context(|| format!("cannot create {}", state().display()))?;
    let path = state().join(format!("{name}.lock"));
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}

/// The folder for tools that cargo installs.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// A folder that belongs to one running world and is removed with it.
#[derive(Debug)]
pub struct RunFolder {
    state: PathBuf,
    sockets: PathBuf,
}

impl RunFolder {
    /// Creates the folder, and removes those of processes that are gone.
    pub fn create() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let runs = state().join("run");
        fs::create_dir_all(&runs).with_context(|| format!("cannot create {}", runs.display()))?;
        remove_abandoned(&runs);
        let name = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let state = runs.join(&name);
        fs::create_dir_all(&state)?;
        let near = state.join("s");
        // The longest socket name used is far below twenty bytes.
        let sockets = if near.as_os_str().len() + 20 <= LONGEST_SOCKET_PATH {
            near
        } else {
            env::temp_dir().join(format!("logto-world-{name}"))
        };
        fs::create_dir_all(&sockets)?;
        Ok(Self { state, sockets })
    }

    /// A path in the folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.state.join(name)
    }

    /// A path for a Unix socket, short enough for its address.
    pub fn socket(&self, name: &str) -> PathBuf {
        self.sockets.join(name)
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        if env::var_os("WORLD_KEEP").is_none() {
            drop(fs::remove_dir_all(&self.state));
        }
        drop(fs::remove_dir_all(&self.sockets));
    }
}

fn remove_abandoned(runs: &Path) {
    for entry in fs::read_dir(runs).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.split('-').next()).unwrap_or_default();
        if !Path::new("/proc").join(process).exists() && env::var_os("WORLD_KEEP").is_none() {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

/// Copies a folder with all that is in it, following symbolic links.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (source, copy) = (entry.path(), to.join(entry.file_name()));
        let kind = fs::metadata(&source).with_context(|| format!("cannot follow {}", source.display()))?;
        if kind.is_dir() {
            copy_folder(&source, &copy)?;
        } else {
            fs::copy(&source, &copy).with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}

/// All files under a folder, sorted, without the folders that cargo, git and npm keep.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name();
            if entry.file_type()?.is_dir() {
                if !["target", ".git", "node_modules"].contains(&name.to_str().unwrap_or_default()) {
                    folders.push(entry.path());
                }
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that looks like a copy of the project.
    fn copy(name: &str) -> PathBuf {
        let copy = target().join("world/tests").join(name);
        fs::create_dir_all(copy.join("tests/world/src")).unwrap();
        fs::write(copy.join("Cargo.toml"), "[package]\nname = \"copy\"\n\n[workspace]\n").unwrap();
        fs::write(copy.join("tests/world/Cargo.toml"), "[package]\nname = \"world\"\n").unwrap();
        copy
    }

    #[test]
    fn root_is_the_workspace_of_the_package_that_cargo_names() {
        let copy = copy("root-by-manifest");

        let root = find_root(Some(&copy.join("tests/world")), Path::new("/"));

        assert_eq!(root, Some(copy));
    }

    #[test]
    fn root_is_the_workspace_around_the_working_directory_without_cargo() {
        let copy = copy("root-by-directory");

        let root = find_root(None, &copy.join("tests/world/src"));

        assert_eq!(root, Some(copy));
    }

    #[test]
    fn no_root_is_found_outside_of_the_project() {
        assert_eq!(find_root(None, Path::new("/")), None);
    }

    /// The folder of this checkout was once compiled in, so that a copied checkout worked in the original.
    #[test]
    fn sources_of_the_world_and_of_its_tests_compile_no_folder_in() {
        let macro_call = concat!("env!(\"", "CARGO_MANIFEST_DIR");
        let sources =
            ["tests/world/src", "tests/e2e"].map(|folder| files_under(&root().join(folder)).unwrap()).concat();

        let compiled_in: Vec<&PathBuf> = sources
            .iter()
            .filter(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(macro_call)))
            .collect();

        assert_eq!(compiled_in, Vec::<&PathBuf>::new());
    }
}
