//! The connections that are being served, and which of them gives way when another one waits.

use crate::limits;
use std::io;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The connections of a sidecar, [`limits::CONNECTIONS`] at most.
#[derive(Default)]
pub(super) struct Connections(Mutex<Vec<Arc<Connection>>>);

/// One connection, and what it is doing.
pub(super) struct Connection {
    stream: UnixStream,
    state: Mutex<State>,
}

struct State {
    phase: Phase,
    since: Instant,
}

/// What a connection is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The core works on a line.
    Working,
    /// No operation is open: PHP says something, or nothing ever again.
    Idle,
    /// An operation is open: PHP performs an effect.
    Performing,
    /// It has been told to end.
    Ending,
}

impl Connections {
    /// Adds a connection. It stays until [`Self::remove`].
    pub(super) fn add(&self, stream: UnixStream) -> Arc<Connection> {
        let state = Mutex::new(State { phase: Phase::Idle, since: Instant::now() });
        let connection = Arc::new(Connection { stream, state });
        self.all().push(Arc::clone(&connection));
        connection
    }

    /// Frees the place of a connection.
    pub(super) fn remove(&self, connection: &Arc<Connection>) {
        self.all().retain(|other| !Arc::ptr_eq(other, connection));
    }

    /// Whether nobody is connected.
    pub(super) fn is_empty(&self) -> bool {
        self.all().is_empty()
    }

    /// Whether every place is taken.
    pub(super) fn is_full(&self) -> bool {
        self.all().len() >= limits::CONNECTIONS
    }

    /// Ends the connection that has been idle longest, so that another one gets its place. Without one, an operation that
    /// PHP has left lying gives way. Does nothing while a connection is about to end.
    pub(super) fn make_room(&self, now: Instant) {
        let all = self.all();
        if all.iter().any(|connection| connection.is(Phase::Ending, Duration::ZERO, now)) {
            return;
        }
        let longest = |phase, bound| {
            let candidates = all.iter().filter(|connection| connection.is(phase, bound, now));
            candidates.min_by_key(|connection| connection.state().since)
        };
        let found = longest(Phase::Idle, limits::IDLE_BEFORE_GIVING_WAY)
            .or_else(|| longest(Phase::Performing, limits::OPEN_BEFORE_GIVING_WAY));
        if let Some(connection) = found {
            connection.end(Shutdown::Both);
        }
    }

    /// Ends the connections without an open operation. A line that has arrived is still answered: only what comes later
    /// is not read. One that has just come gets a moment to say its line.
    pub(super) fn end_idle(&self, now: Instant) {
        for connection in self.all().iter().filter(|connection| connection.is(Phase::Idle, limits::FIRST_LINE, now)) {
            connection.end(Shutdown::Read);
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Connection>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// The stream to read from and write to.
    pub(super) const fn stream(&self) -> &UnixStream {
        &self.stream
    }

    /// A line has come.
    pub(super) fn works(&self) {
        self.enter(Phase::Working);
    }

    /// The line has its reply; the next one is awaited.
    pub(super) fn waits(&self, is_open: bool) {
        self.enter(if is_open { Phase::Performing } else { Phase::Idle });
    }

    fn enter(&self, phase: Phase) {
        *self.state() = State { phase, since: Instant::now() };
    }

    fn is(&self, phase: Phase, at_least: Duration, now: Instant) -> bool {
        let state = self.state();
        state.phase == phase && now.duration_since(state.since) >= at_least
    }

    fn end(&self, how: Shutdown) {
        self.enter(Phase::Ending);
        // A peer that is gone has ended it already.
        let _: io::Result<()> = self.stream.shutdown(how);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    /// Whether the peer of a connection sees its end.
    fn has_ended(mut peer: &UnixStream) -> bool {
        peer.set_nonblocking(true).expect("set");
        matches!(peer.read(&mut [0]), Ok(0))
    }

    fn connect(connections: &Connections) -> (UnixStream, Arc<Connection>) {
        let (peer, ours) = UnixStream::pair().expect("a pair");
        (peer, connections.add(ours))
    }

    /// Fault S20: 128 idle connections kept everybody else waiting for two minutes.
    #[test]
    fn fault_s20_the_connection_that_was_idle_longest_gives_way() {
        let (connections, later) = (Connections::default(), Instant::now() + Duration::from_mins(1));
        let (working, performing, first, second) =
            (connect(&connections), connect(&connections), connect(&connections), connect(&connections));
        working.1.works();
        performing.1.waits(true);

        connections.make_room(Instant::now());
        assert!(!has_ended(&first.0), "a client that has just come");

        connections.make_room(later);
        connections.make_room(later);
        let ended = [&first, &second, &performing, &working].map(|(peer, _)| has_ended(peer));
        assert_eq!(ended, [true, false, false, false], "one at a time");

        for (ending, next) in [(&first, &second), (&second, &performing)] {
            connections.remove(&ending.1);
            connections.make_room(later);
            assert!(has_ended(&next.0));
        }
        connections.remove(&performing.1);
        connections.make_room(later);
        assert!(!has_ended(&working.0), "work is never interrupted");
    }

    #[test]
    fn a_line_that_has_arrived_is_read_to_its_end() {
        use std::io::Write as _;
        let connections = Connections::default();
        let (mut peer, ours) = connect(&connections);
        peer.write_all(b"line\n").expect("written");

        connections.end_idle(Instant::now() + limits::FIRST_LINE);

        let mut read = String::new();
        ours.stream().read_to_string(&mut read).expect("UTF-8");
        assert_eq!(read, "line\n");
    }
}
