//! Where things are: the project's folder, the target folder, and a folder of its own for each running world.

use crate::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The longest path that fits into a Unix socket's address (108 bytes with the closing zero byte).
const LONGEST_SOCKET_PATH: usize = 107;

/// The project's folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The folder for everything that a world keeps: downloads, unpacked packages, running services.
pub fn state() -> PathBuf {
    target().join("world")
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
            std::env::temp_dir().join(format!("logto-world-{name}"))
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
        if std::env::var_os("WORLD_KEEP").is_none() {
            drop(fs::remove_dir_all(&self.state));
        }
        drop(fs::remove_dir_all(&self.sockets));
    }
}

fn remove_abandoned(runs: &Path) {
    for entry in fs::read_dir(runs).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.split('-').next()).unwrap_or_default();
        if !Path::new("/proc").join(process).exists() && std::env::var_os("WORLD_KEEP").is_none() {
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
