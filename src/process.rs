//! The transport `process`: a child of one PHP request, its lines on stdin and stdout.

use crate::confinement::{self, Role};
use crate::sandbox::Sandbox;
use crate::session::Session;
use crate::{descriptors, frames, limits};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::time::Duration;

/// Answers stdin on stdout until stdin ends, or is silent for [`limits::IDLE`]. It is the whole
/// program: before anything else it closes what it inherited besides these and stderr, and confines itself.
///
/// # Errors
/// Those of the streams, but not that the reader of stdout is gone: PHP may stop at any time.
pub fn serve() -> io::Result<()> {
    descriptors::close_inherited();
    // Not every kernel can; the core has a sandbox of its own.
    let _ = confinement::confine(Role::Child);
    // A file, because a buffer between poll() and the descriptor could hide a line.
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    serve_streams(input, &mut io::stdout().lock(), limits::IDLE)
}

fn serve_streams(input: impl Read + AsFd, output: &mut impl Write, idle: Duration) -> io::Result<()> {
    let mut session = Session::new(Sandbox::of_program());
    let mut input = BufReader::new(IdleTimeout { stream: input, idle });
    match frames::serve(&mut input, output, |frame| session.reply(frame)) {
        Err(cause) if matches!(cause.kind(), ErrorKind::BrokenPipe | ErrorKind::TimedOut) => Ok(()),
        result => result,
    }
}

/// A stream whose reads fail once nothing has come for a while.
struct IdleTimeout<S> {
    stream: S,
    idle: Duration,
}

impl<S: Read + AsFd> Read for IdleTimeout<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let timeout = Timespec::try_from(self.idle).map_err(io::Error::other)?;
        // An interrupted poll() is an interrupted read, which every caller repeats.
        match poll(&mut [PollFd::new(&self.stream, PollFlags::IN)], Some(&timeout))? {
            0 => Err(ErrorKind::TimedOut.into()),
            _ => self.stream.read(buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufRead as _;
    use std::thread;
    use std::time::Instant;

    const ABOUT: &[u8] = b"{\"operation\":\"about\"}\n";

    #[test]
    fn a_silent_stdin_ends_the_child() {
        let (input, mut php) = io::pipe().expect("a pipe");
        php.write_all(ABOUT).expect("written");
        let (began, mut output) = (Instant::now(), Vec::new());

        serve_streams(input, &mut output, Duration::from_millis(200)).expect("ends well");

        assert!(began.elapsed() >= Duration::from_millis(200));
        assert_eq!(output.lines().count(), 1);
        drop(php);
    }

    #[test]
    fn a_slow_stdin_is_waited_for() {
        let (input, mut php) = io::pipe().expect("a pipe");
        let writer = thread::spawn(move || {
            for _ in 0..4 {
                thread::sleep(Duration::from_millis(300));
                php.write_all(ABOUT).expect("read");
            }
        });
        let mut output = Vec::new();

        serve_streams(input, &mut output, Duration::from_secs(1)).expect("ends well");

        writer.join().expect("written");
        assert_eq!(output.lines().count(), 4);
    }
}
