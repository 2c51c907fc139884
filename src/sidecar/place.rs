//! The socket's file and its folder: who could put another socket there.

use rustix::process::{geteuid, umask};
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// Mode bit: everybody may write.
const OTHERS_WRITE: u32 = 0o002;

/// A bound socket; its file goes when it does.
pub(super) struct Socket {
    /// The listener. It never blocks.
    pub(super) listener: UnixListener,
    path: PathBuf,
    /// The file that is ours: a successor may have put another in its place.
    file: Metadata,
}

impl Socket {
    /// Binds a socket that its owner may use, and its group unless it is `private`.
    pub(super) fn bind(path: &Path, private: bool) -> io::Result<Self> {
        check_folder(path)?;
        remove_stale(path)?;
        // The mode is set before anybody can connect.
        let before = umask(rustix::fs::Mode::from_raw_mode(if private { 0o177 } else { 0o117 }));
        let bound = UnixListener::bind(path);
        umask(before);
        let listener = bound?;
        // accept() must not block when a peer is gone between poll() and it.
        listener.set_nonblocking(true)?;
        Ok(Self { listener, path: path.to_owned(), file: fs::symlink_metadata(path)? })
    }

    /// Removes the file, so that nobody new comes.
    pub(super) fn remove_file(&self) {
        let same = |now: Metadata| (now.dev(), now.ino()) == (self.file.dev(), self.file.ino());
        if fs::symlink_metadata(&self.path).is_ok_and(same) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.remove_file();
    }
}

/// PHP sends secrets to whoever listens, so nobody else may put a socket in this one's place. PHP looks at the same.
fn check_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let facts = fs::metadata(folder)?;
    let refuse = |cause: String| Err(io::Error::new(ErrorKind::PermissionDenied, cause));
    if facts.uid() != 0 && facts.uid() != geteuid().as_raw() {
        return refuse(format!("its folder belongs to user {}, who could put another socket there", facts.uid()));
    }
    if facts.mode() & OTHERS_WRITE != 0 {
        return refuse("everybody may write to its folder and could put another socket there".into());
    }
    Ok(())
}

/// Removes the socket of a sidecar that was killed. Nothing else is ever removed.
fn remove_stale(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(cause),
        Ok(file) if !file.file_type().is_socket() => {
            Err(io::Error::new(ErrorKind::AlreadyExists, "a file that is no socket is in the way"))
        }
        Ok(_) => match UnixStream::connect(path) {
            Err(cause) if cause.kind() == ErrorKind::ConnectionRefused => fs::remove_file(path),
            Err(cause) => Err(cause),
            Ok(_) => Err(io::Error::new(ErrorKind::AddrInUse, "another sidecar listens on it")),
        },
    }
}
