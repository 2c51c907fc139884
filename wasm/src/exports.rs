//! The module's ABI: what a host sees of the core once it is WebAssembly.
//!
//! The module imports nothing and exports three things:
//!
//! | export | type | |
//! |---|---|---|
//! | `memory` | memory | |
//! | `allocate` | `(length: i32) -> i32` | the address of `length` writable bytes, all zero |
//! | `handle` | `(address: i32, length: i32, now: i64) -> i64` | answers what the host wrote there |
//!
//! One call, on a fresh instance:
//!
//! 1. `address = allocate(64 + n)`
//! 2. write 64 bytes of entropy at `address`, the request of `n` bytes after them ([`crate::protocol`])
//! 3. `packed = handle(address, 64 + n, now)`, `now` being Unix time in seconds
//! 4. the reply is the `packed & 0xffff_ffff` bytes at `packed >> 32`
//!
//! Nothing is ever freed: an instance lives for one call and takes all its memory with it. Two calls
//! to one instance would work, but would let one request's secrets lie in the memory of the next.
//!
//! A defect of the core ends as a trap (`unreachable`), an exhausted memory likewise.

#![allow(unsafe_code)]

use crate::{ENTROPY_LENGTH, Surroundings};

/// The address of `length` zeroed bytes; 0 when `length` is 0.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    if length == 0 { std::ptr::null_mut() } else { vec![0; length].leak().as_mut_ptr() }
}

/// Answers the request at `address`; address and length of the reply in one number.
///
/// # Safety
/// `address` and `length` are those of one [`allocate`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn handle(address: *const u8, length: usize, now: u64) -> u64 {
    let bytes = if address.is_null() {
        &[]
    } else {
        // SAFETY: `allocate` leaked these bytes, so they are initialised and live for ever, and
        // nothing else points at them while the one call runs.
        unsafe { std::slice::from_raw_parts(address, length) }
    };
    let Some((entropy, request)) = bytes.split_first_chunk::<ENTROPY_LENGTH>() else { return 0 };
    let reply = crate::handle(request, &Surroundings { now, entropy: *entropy }).leak();
    (reply.as_ptr().addr() as u64) << 32 | reply.len() as u64
}
