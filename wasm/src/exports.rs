//! The module's ABI: what a host sees of the core once it is WebAssembly.
//!
//! The module imports nothing and exports five things:
//!
//! | export | type | |
//! |---|---|---|
//! | `memory` | memory | |
//! | `allocate` | `(length: i32) -> i32` | the address of `length` writable bytes, all zero |
//! | `begin` | `(address: i32, length: i32, now: i64) -> i64` | replies to the request that the host wrote there |
//! | `answer` | `(address: i32, length: i32, now: i64) -> i64` | replies to the answer that the host wrote there |
//! | `is_open` | `() -> i32` | 1 while an effect awaits its answer, else 0 |
//!
//! An instance serves one operation ([`crate::protocol`]):
//!
//! 1. `address = allocate(64 + n)`
//! 2. write 64 bytes of entropy at `address`, the request of `n` bytes after them
//! 3. `packed = begin(address, 64 + n, now)`, `now` being Unix time in seconds
//! 4. the reply is the `packed & 0xffff_ffff` bytes at `packed >> 32`, until the next call
//! 5. while `is_open()`: perform the effect, and do the same with the answer and `answer`
//!
//! `begin` and `answer` free what `allocate` gave. The instance is thrown away after the outcome: another operation in
//! it would let one request's secrets lie in the memory of the next.
//!
//! A defect of the core ends as a trap (`unreachable`), an exhausted memory likewise.

#![allow(unsafe_code)]

#[cfg(feature = "browser")]
use crate::browser::Conversation;
#[cfg(not(feature = "browser"))]
use crate::conversation::Conversation;
use crate::environment::{ENTROPY_LENGTH, Environment};
use crate::protocol::Reply;
use std::cell::RefCell;
use std::ptr::slice_from_raw_parts_mut;

/// The operation of this instance, and its last reply.
#[derive(Default)]
struct Instance {
    conversation: Option<Conversation>,
    reply: Vec<u8>,
}

thread_local! {
    static INSTANCE: RefCell<Instance> = RefCell::default();
}

/// The address of `length` zeroed bytes; 0 when `length` is 0.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    if length == 0 { std::ptr::null_mut() } else { Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr() }
}

/// Replies to a request; address and length of the reply in one number, 0 when entropy is missing.
///
/// # Safety
/// `address` and `length` are those of one [`allocate`], and are handed in once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn begin(address: *mut u8, length: usize, now: u64) -> u64 {
    // SAFETY: the caller vouches for the same.
    let line = unsafe { take(address, length) };
    reply(&line, now, |instance, request, environment| {
        let (conversation, reply) = Conversation::begin(request, environment);
        instance.conversation = Some(conversation);
        Some(reply)
    })
}

/// Replies to an answer, as [`begin`] to a request; 0 too when no operation has begun.
///
/// # Safety
/// As for [`begin`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn answer(address: *mut u8, length: usize, now: u64) -> u64 {
    // SAFETY: the caller vouches for the same.
    let line = unsafe { take(address, length) };
    reply(&line, now, |instance, answer, environment| Some(instance.conversation.as_mut()?.answer(answer, environment)))
}

/// 1 while an effect awaits its answer, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn is_open() -> u32 {
    INSTANCE.with_borrow(|instance| instance.conversation.as_ref().is_some_and(Conversation::is_open)).into()
}

/// Takes back the bytes that `allocate` gave.
///
/// # Safety
/// As for [`begin`].
unsafe fn take(address: *mut u8, length: usize) -> Box<[u8]> {
    if address.is_null() {
        return Box::default();
    }
    // SAFETY: `allocate` leaked a boxed slice of exactly this length, and the caller hands it in once.
    unsafe { Box::from_raw(slice_from_raw_parts_mut(address, length)) }
}

fn reply(line: &[u8], now: u64, next: impl FnOnce(&mut Instance, &[u8], Environment) -> Option<Reply>) -> u64 {
    let Some((entropy, message)) = line.split_first_chunk::<ENTROPY_LENGTH>() else { return 0 };
    INSTANCE.with_borrow_mut(|instance| {
        let environment = Environment { now, entropy: *entropy };
        let Some(reply) = next(instance, message, environment) else { return 0 };
        instance.reply = reply.to_json();
        (instance.reply.as_ptr().addr() as u64) << 32 | instance.reply.len() as u64
    })
}
