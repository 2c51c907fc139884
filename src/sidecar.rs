//! The transport `socket`: a supervised sidecar (a systemd unit, a container) on a Unix socket.
//!
//! One thread for each connection; each connection carries one operation after another
//! ([`crate::session`]).

use crate::sandbox::Sandbox;
use crate::session::Session;
use crate::{frames, limits};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::sockopt::socket_peercred;
use rustix::process::{geteuid, umask};
use signal_hook::consts::{SIGINT, SIGTERM};
use std::fs::{self, Metadata};
use std::io::{self, BufReader, ErrorKind};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// Listens on `path` until SIGTERM or SIGINT.
///
/// The kernel says who connects: only root, this process's own user and the users `allowed` (by
/// number) are served. Without `allowed` the socket's mode is 0600. With it the mode is 0666, since
/// mode bits cannot name another user, and the check alone decides.
///
/// # Errors
/// When the socket cannot be made, or another sidecar listens on it.
pub fn listen(path: &Path, allowed: &[u32]) -> io::Result<()> {
    let (stopped, stop) = UnixStream::pair()?;
    for signal in [SIGTERM, SIGINT] {
        signal_hook::low_level::pipe::register(signal, stop.try_clone()?)?;
    }
    // A machine that cannot run the core should say so now, not at the first visitor.
    Sandbox::shared().map_err(io::Error::other)?;
    let socket = Socket::bind(path, allowed.is_empty())?;
    eprintln!("logto-sign-in: listening on {}", path.display());

    let connections = Arc::new(());
    loop {
        // The listener is left out while every place is taken: the kernel queues then.
        let full = Arc::strong_count(&connections) > limits::CONNECTIONS;
        let mut waiting = [PollFd::new(&stopped, PollFlags::IN), PollFd::new(&socket.listener, PollFlags::IN)];
        let (waiting, timeout) = if full { (&mut waiting[..1], Some(&A_WHILE)) } else { (&mut waiting[..], None) };
        match poll(waiting, timeout) {
            Err(rustix::io::Errno::INTR) | Ok(0) => continue,
            result => result?,
        };
        if !waiting[0].revents().is_empty() {
            break;
        }
        match socket.listener.accept() {
            Ok((stream, _)) => accept(stream, allowed, Arc::clone(&connections)),
            // Out of descriptors, or the peer is gone again: the next round may do better.
            Err(cause) => {
                eprintln!("logto-sign-in: accept: {cause}");
                thread::sleep(Duration::from_millis(50));
            }
        }
    }

    drop(socket);
    let started = Instant::now();
    while Arc::strong_count(&connections) > 1 && started.elapsed() < limits::GRACE {
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

const A_WHILE: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// Serves a connection on a thread of its own. `place` counts it until it ends.
fn accept(stream: UnixStream, allowed: &[u32], place: Arc<()>) {
    match socket_peercred(&stream).map(|peer| peer.uid.as_raw()) {
        Ok(uid) if uid == 0 || uid == geteuid().as_raw() || allowed.contains(&uid) => {}
        Ok(uid) => return eprintln!("logto-sign-in: user {uid} may not connect; see --allow-uid"),
        Err(cause) => return eprintln!("logto-sign-in: the kernel does not say who connects: {cause}"),
    }
    let connection = move || {
        match serve(&stream, limits::IDLE) {
            Ok(()) => {}
            // The visitor's PHP process ended, or fell silent.
            Err(cause)
                if matches!(
                    cause.kind(),
                    ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::WouldBlock
                ) => {}
            Err(cause) => eprintln!("logto-sign-in: connection: {cause}"),
        }
        drop(place);
    };
    if let Err(cause) = thread::Builder::new().name("connection".into()).spawn(connection) {
        eprintln!("logto-sign-in: no thread: {cause}");
    }
}

/// Serves a connection until it ends, or fails with `WouldBlock` once the peer has been silent, or
/// has not read its reply, for `idle`.
fn serve(stream: &UnixStream, idle: Duration) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(idle))?;
    stream.set_write_timeout(Some(idle))?;
    let mut session = Session::new(Sandbox::shared());
    let mut output = stream;
    frames::serve(&mut BufReader::new(stream), &mut output, |frame| session.reply(frame))
}

/// A bound socket; its file goes when it does.
struct Socket {
    listener: UnixListener,
    path: PathBuf,
    /// The file that is ours: a successor may have put another in its place.
    file: Metadata,
}

impl Socket {
    fn bind(path: &Path, private: bool) -> io::Result<Self> {
        remove_stale(path)?;
        // Private from its first moment: the mode is set before anybody can connect.
        let before = umask(rustix::fs::Mode::from_raw_mode(0o177));
        let bound = UnixListener::bind(path);
        umask(before);
        let listener = bound?;
        // accept() must not block when a peer is gone between poll() and it.
        listener.set_nonblocking(true)?;
        if !private {
            fs::set_permissions(path, fs::Permissions::from_mode(0o666))?;
        }
        Ok(Self { listener, path: path.to_owned(), file: fs::symlink_metadata(path)? })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let same = |now: Metadata| (now.dev(), now.ino()) == (self.file.dev(), self.file.ino());
        if fs::symlink_metadata(&self.path).is_ok_and(same) {
            let _ = fs::remove_file(&self.path);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};

    #[test]
    fn a_silent_connection_ends() {
        let (mut php, ours) = UnixStream::pair().expect("a pair");
        let connection = thread::spawn(move || serve(&ours, Duration::from_millis(200)));
        php.write_all(b"{\"operation\":\"about\"}\n").expect("written");

        // The end of the stream comes without the peer's doing anything.
        let mut replies = String::new();
        php.read_to_string(&mut replies).expect("UTF-8");

        assert_eq!(replies.lines().count(), 1, "{replies}");
        let ended = connection.join().expect("no panic").expect_err("silence");
        assert_eq!(ended.kind(), ErrorKind::WouldBlock);
    }
}
