//! The cache in `target/core`: what was built before, and what it was built of.

use crate::Result;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What the core's WebAssembly depends on.
pub(crate) const SOURCES: &[&str] =
    &["wasm/src", "wasm/signatures", "wasm/Cargo.toml", "Cargo.toml", "Cargo.lock", "build/toolchain.rs"];

/// A folder of artifacts, each beside the key of what it was made of.
pub(crate) struct Folder {
    /// Where it is.
    pub(crate) path: PathBuf,
}

impl Folder {
    /// `core` in the target directory that `out` lies in: every profile shares it, and so does every machine that the host is
    /// built for. Its folder in the target directory is tagged as a cache, too.
    pub(crate) fn beside(out: &Path) -> Result<Self> {
        let is_tagged = |folder: &&Path| folder.join("CACHEDIR.TAG").is_file();
        let target =
            out.ancestors().skip_while(|folder| !is_tagged(folder)).take_while(is_tagged).last().unwrap_or(out);
        let path = target.join("core");
        fs::create_dir_all(&path).map_err(|cause| format!("{}: {cause}", path.display()))?;
        Ok(Self { path })
    }

    /// The artifact called `name`, made anew unless the cached one has this key.
    pub(crate) fn get(&self, name: &str, key: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        let (file, key_file) = (self.path.join(name), self.path.join(format!("{name}.key")));
        // The key file holds the artifact's own hash too, so that a half-written one is never used.
        if let (Ok(cached), Ok(bytes)) = (fs::read_to_string(&key_file), fs::read(&file))
            && cached == format!("{key} {}", self::key(&[&bytes]))
        {
            return Ok(bytes);
        }
        let bytes = make()?;
        let written = format!("{key} {}", self::key(&[&bytes]));
        fs::write(&file, &bytes)
            .and_then(|()| fs::write(&key_file, written))
            .map_err(|cause| format!("{}: {cause}", file.display()))?;
        Ok(bytes)
    }
}

/// What the module of the arithmetic depends on.
pub(crate) const ARITHMETIC: &[&str] =
    &["wasm/arithmetic", "wasm/signatures", "Cargo.toml", "Cargo.lock", "build/toolchain.rs"];

/// SHA-256 in hex of some byte strings, each with its length.
pub(crate) fn key(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    if let [only] = parts {
        hash.update(only);
    } else {
        for part in parts {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The key of files, and of every file in folders.
pub(crate) fn key_of_files(root: &Path, inputs: &[&str]) -> Result<String> {
    let mut files = Vec::new();
    for input in inputs {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut parts = Vec::new();
    for file in &files {
        parts.push(file.strip_prefix(root).unwrap_or(file).to_string_lossy().into_owned().into_bytes());
        parts.push(fs::read(file).map_err(|cause| format!("{}: {cause}", file.display()))?);
    }
    Ok(key(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let failed = |cause| format!("{}: {cause}", path.display());
    for entry in fs::read_dir(path).map_err(failed)? {
        collect(&entry.map_err(failed)?.path(), files)?;
    }
    Ok(())
}
