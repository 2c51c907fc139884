//! The transport `socket`: a supervised sidecar (a systemd unit, a container) on a Unix socket.
//!
//! One thread for each connection; each connection carries one operation after another
//! ([`crate::session`]).

mod connections;
mod log;
mod place;

use crate::confinement::{self, Role};
use crate::sandbox::Sandbox;
use crate::session::Session;
use crate::{frames, limits};
use connections::{Connection, Connections};
use log::{Kind, Log};
use place::Socket;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::sockopt::socket_peercred;
use rustix::process::geteuid;
use signal_hook::consts::{SIGINT, SIGTERM};
use std::io::{self, BufReader, ErrorKind};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// Listens on `path` until SIGTERM or SIGINT.
///
/// The folder of `path` must belong to root or to this process's user, and not be writable by
/// everybody: whoever can put another socket there would receive secrets. The kernel says who
/// connects: only root, this process's own user and the users `allowed` (by number) are served.
/// Without `allowed` the socket's mode is 0600. With it the mode is 0660, so those users must be in
/// the socket's group: that of this process, or of a folder with the set-group-ID bit.
///
/// While every place is taken and somebody waits, the connection that has been idle longest ends. On
/// a signal, whoever has connected is still served, and connections that nothing is asked on end.
///
/// # Errors
/// When the socket cannot be made, or another sidecar listens on it.
pub fn listen(path: &Path, allowed: &[u32]) -> io::Result<()> {
    let (stopped, stop) = UnixStream::pair()?;
    for signal in [SIGTERM, SIGINT] {
        signal_hook::low_level::pipe::register(signal, stop.try_clone()?)?;
    }
    // A machine that cannot run the core should say so now, not at the first visitor.
    Sandbox::of_program().map_err(io::Error::other)?;
    let socket = Socket::bind(path, allowed.is_empty())?;
    // Its threads begin after this.
    if let Err(cause) = confinement::confine(Role::Sidecar) {
        log::write(&format_args!("this kernel does not confine the program: {cause}"));
    }
    log::write(&format_args!("listening on {}", path.display()));

    let sidecar = Arc::new(Sidecar { allowed: allowed.to_vec(), connections: Connections::default(), log: Log::new() });
    sidecar.serve_until_stopped(&socket, &stopped)?;
    sidecar.drain(&socket);
    sidecar.log.end();
    Ok(())
}

const A_WHILE: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
const A_SECOND: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

struct Sidecar {
    allowed: Vec<u32>,
    connections: Connections,
    log: Log,
}

impl Sidecar {
    fn serve_until_stopped(self: &Arc<Self>, socket: &Socket, stopped: &UnixStream) -> io::Result<()> {
        loop {
            let mut events = [PollFd::new(stopped, PollFlags::IN), PollFd::new(&socket.listener, PollFlags::IN)];
            match poll(&mut events, self.log.has_counted().then_some(&A_SECOND)) {
                Err(rustix::io::Errno::INTR) => continue,
                result => result?,
            };
            let [is_stopped, somebody_waits] = events.map(|event| !event.revents().is_empty());
            self.log.tell_counted(Instant::now());
            if is_stopped {
                return Ok(());
            }
            if somebody_waits && self.connections.is_full() {
                // The kernel queues them until a place is free.
                self.connections.make_room(Instant::now());
                let _ = poll(&mut [PollFd::new(stopped, PollFlags::IN)], Some(&A_WHILE));
            } else if somebody_waits {
                self.accept(socket);
            }
        }
    }

    /// Serves whoever connected before the signal, until they are done or [`limits::GRACE`] is over.
    fn drain(self: &Arc<Self>, socket: &Socket) {
        socket.remove_file();
        let began = Instant::now();
        while began.elapsed() < limits::GRACE {
            let somebody_waited = !self.connections.is_full() && self.accept(socket);
            self.connections.end_idle(Instant::now());
            if !somebody_waited {
                if self.connections.is_empty() {
                    break;
                }
                thread::sleep(Duration::from_millis(10));
            }
        }
    }

    /// Takes a connection from the kernel's queue. Whether there was one.
    fn accept(self: &Arc<Self>, socket: &Socket) -> bool {
        match socket.listener.accept() {
            Ok((stream, _)) => {
                if let Err(cause) = self.admit(&stream) {
                    self.log.say(Kind::Refused, &cause, Instant::now());
                } else {
                    self.start(stream);
                }
                true
            }
            Err(cause) if cause.kind() == ErrorKind::WouldBlock => false,
            // Out of descriptors, or the peer is gone again: the next round may do better.
            Err(cause) => {
                self.log.say(Kind::Accept, &format_args!("accept: {cause}"), Instant::now());
                thread::sleep(Duration::from_millis(50));
                false
            }
        }
    }

    /// Whether the user at the other end may connect; else the line for the log.
    fn admit(&self, stream: &UnixStream) -> Result<(), String> {
        match socket_peercred(stream).map(|peer| peer.uid.as_raw()) {
            Ok(uid) if uid == 0 || uid == geteuid().as_raw() || self.allowed.contains(&uid) => Ok(()),
            Ok(uid) => Err(format!("user {uid} may not connect; see --allow-uid")),
            Err(cause) => Err(format!("the kernel does not say who connects: {cause}")),
        }
    }

    /// Serves a connection on a thread of its own.
    fn start(self: &Arc<Self>, stream: UnixStream) {
        let connection = self.connections.add(stream);
        let (sidecar, served) = (Arc::clone(self), Arc::clone(&connection));
        let work = move || {
            if let Err(cause) = serve(&served, limits::IDLE)
                && !is_silence(&cause)
            {
                sidecar.log.say(Kind::Connection, &format_args!("connection: {cause}"), Instant::now());
            }
            sidecar.connections.remove(&served);
        };
        if let Err(cause) = thread::Builder::new().name("connection".into()).spawn(work) {
            self.connections.remove(&connection);
            self.log.say(Kind::Accept, &format_args!("no thread: {cause}"), Instant::now());
        }
    }
}

/// The visitor's PHP process ended, or fell silent.
fn is_silence(cause: &io::Error) -> bool {
    matches!(cause.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::WouldBlock)
}

/// Serves a connection until it ends, or fails with `WouldBlock` once the peer has been silent, or
/// has not read its reply, for `idle`.
fn serve(connection: &Connection, idle: Duration) -> io::Result<()> {
    let stream = connection.stream();
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(idle))?;
    stream.set_write_timeout(Some(idle))?;
    let mut session = Session::new(Sandbox::of_program());
    let mut output = stream;
    frames::serve(&mut BufReader::new(stream), &mut output, |frame| {
        connection.works();
        let reply = session.reply(frame);
        connection.waits(session.is_open());
        reply
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};

    #[test]
    fn a_silent_connection_ends() {
        let (mut php, ours) = UnixStream::pair().expect("a pair");
        let connection = Connections::default().add(ours);
        let connection = thread::spawn(move || serve(&connection, Duration::from_millis(200)));
        php.write_all(b"{\"operation\":\"about\"}\n").expect("written");

        // The end of the stream comes without the peer's doing anything.
        let mut replies = String::new();
        php.read_to_string(&mut replies).expect("UTF-8");

        assert_eq!(replies.lines().count(), 1, "{replies}");
        let ended = connection.join().expect("no panic").expect_err("silence");
        assert_eq!(ended.kind(), ErrorKind::WouldBlock);
    }
}
