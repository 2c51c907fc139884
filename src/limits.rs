//! Every number that bounds an operation, with its reason.
//!
//! A line that meets a bound is answered all the same: see [`crate::error::Error`].

use std::time::Duration;

/// Longest line, a request or an answer, in bytes.
///
/// The longest thing in a line is an HTTP body: the core asks PHP for 1 MiB at most, and as a JSON
/// string it grows to twice that in the usual worst case (`\u4e2d` for three bytes). A request
/// holds settings and cached metadata instead, which are shorter.
pub const LINE: usize = 4 << 20;

/// Longest reply, in bytes. The longest thing in a reply is metadata or keys for the cache.
pub const REPLY: usize = 4 << 20;

/// Linear memory of one operation, in bytes.
///
/// Holds a line, what JSON makes of it, and the reply: several times [`LINE`] when a body comes near
/// its limit. Pages that are never written cost nothing.
pub const MEMORY: usize = 64 << 20;

/// More than a line takes that verifies one signature, in units of fuel: about one for each
/// WebAssembly instruction. `tests/host/fuel.rs` measures it for every algorithm.
pub const SIGNATURE_FUEL: u64 = 50_000_000;

/// Fuel of one line.
///
/// The most expensive lines verify a token with as many keys of one name as the core tries, eight,
/// or read long JSON. An endless loop burns it in about a second. The grant is for a line and not
/// for an operation, since only PHP decides how many lines follow.
pub const FUEL: u64 = 8 * SIGNATURE_FUEL;

/// Stack of the core, in bytes. A deep recursion traps long before the thread's own stack ends:
/// PHP's threads have 8 MiB, musl's default would be 128 KiB.
pub const STACK: usize = 512 << 10;

/// How long the next line may take: then the child, the connection or the FFI handle ends.
///
/// Between two lines PHP performs an effect: an HTTP request of ten seconds at most, or a change to
/// an account together with everything that other plugins do about it. Between two operations it
/// builds a page.
pub const IDLE: Duration = Duration::from_mins(2);

/// Operations that a thread of PHP may keep open over FFI.
///
/// A page needs one, and one more for each operation that a hook begins while an effect is performed
/// (settings saved during a sign-in). Eight are far more than any nesting, and bound what requests
/// that died in the middle leave behind.
pub const OPEN_OPERATIONS: usize = 8;

/// Connections that the sidecar serves at once, each with one operation at most; more wait in the
/// kernel's queue.
pub const CONNECTIONS: usize = 128;

/// How long a connection must have been idle to give way to one that waits for a place: long enough
/// for a client that has just connected to send its line.
pub const IDLE_BEFORE_GIVING_WAY: Duration = Duration::from_secs(1);

/// The same for a connection with an open operation: longer than any HTTP request that PHP sends for
/// it, and than the changes to an account.
pub const OPEN_BEFORE_GIVING_WAY: Duration = Duration::from_secs(30);

/// How long a stopping sidecar waits for the first line of a client that has connected.
pub const FIRST_LINE: Duration = Duration::from_millis(250);

/// How long a stopping sidecar serves the connections that it has: long enough for the HTTP request
/// that an open operation may await.
pub const GRACE: Duration = Duration::from_secs(10);
