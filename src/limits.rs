//! Every number that bounds a call, with its reason.
//!
//! A call that reaches a limit is answered all the same: see [`crate::error::Error`].

/// Longest request, in bytes.
///
/// The longest thing in a request is an HTTP body: the core asks PHP for 1 MiB at most, and as a
/// JSON string it grows to twice that in the usual worst case (`\u4e2d` for three bytes). Settings,
/// cached metadata and the sealed `resume` share the rest.
pub const REQUEST: usize = 4 << 20;

/// Longest reply, in bytes: remembered metadata and keys, and the sealed `resume` value.
pub const REPLY: usize = 4 << 20;

/// Linear memory of one call, in bytes.
///
/// Holds the request, what JSON makes of it, and the reply: several times [`REQUEST`] when a body
/// comes near its limit. Pages that are never written cost nothing.
pub const MEMORY: usize = 64 << 20;

/// Fuel of one call: about one unit for each WebAssembly instruction.
///
/// The most expensive honest calls verify a signature (some 15 million units for ES384) or read long
/// JSON. 400 million leave room for both, and an endless loop burns them in less than a second.
pub const FUEL: u64 = 400_000_000;

/// Stack of the core, in bytes. A deep recursion traps long before the thread's own stack ends:
/// PHP's threads have 8 MiB, musl's default would be 128 KiB.
pub const STACK: usize = 512 << 10;

/// Connections that the sidecar serves at once; more wait in the kernel's queue.
pub const CONNECTIONS: usize = 128;

/// Seconds that a connection may be silent. PHP keeps one for the length of a page, with a few HTTP
/// requests of ten seconds at most in between.
pub const IDLE_SECONDS: u64 = 120;

/// Seconds that a stopping sidecar gives to calls that have begun.
pub const GRACE_SECONDS: u64 = 3;
