//! The transport `ffi`: the C ABI of the shared library, as `src/logto_sign_in.h` declares it.
//!
//! Loading the library does nothing. The first call makes the sandbox, so a process that loads the
//! library and then forks (PHP's preloading) gives each child a sandbox of its own. Each thread has
//! operations of its own ([`Handles`]).

#![allow(unsafe_code)]

use crate::error::Error;
use crate::handles::{Handles, NO_OPERATION};
use crate::limits;
use crate::sandbox::Sandbox;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::slice_from_raw_parts_mut;
use std::time::Instant;

/// A reply has been set.
const DONE: i32 = 0;
/// A pointer is null, and nothing has been set.
const NULL_POINTER: i32 = 1;

thread_local! {
    static OPERATIONS: RefCell<Handles> = const { RefCell::new(Handles::new()) };
}

/// Begins an operation: runs a request, one line of JSON without its line break.
///
/// Returns 0 when `operation`, `reply` and `reply_length` have been set, which is always unless a
/// pointer is null (1). `operation` is 0 when the reply is an outcome; else the operation awaits
/// [`logto_sign_in_answer`] in this thread. The reply must be given to [`logto_sign_in_release`].
///
/// # Safety
/// `request` points at `request_length` readable bytes; the other three can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn logto_sign_in_begin(
    request: *const u8,
    request_length: usize,
    operation: *mut u64,
    reply: *mut *mut u8,
    reply_length: *mut usize,
) -> i32 {
    if request.is_null() || operation.is_null() || reply.is_null() || reply_length.is_null() {
        return NULL_POINTER;
    }
    // SAFETY: the caller vouches for the bytes.
    let request = unsafe { line(request, request_length) };
    let (text, handle) = guarded(|operations| operations.begin(sandbox(), request, Instant::now()));
    // SAFETY: the caller vouches for the three places; `write` reads nothing that may be uninitialized.
    unsafe {
        operation.write(handle);
        set(text, reply, reply_length);
    }
    DONE
}

/// Runs the answer to an operation's last effect, the whole line `{"answer": …}`.
///
/// Returns as [`logto_sign_in_begin`] does. The reply to an operation that is over, or that another
/// thread began, is the refusal `operation_ended`.
///
/// # Safety
/// `answer` points at `answer_length` readable bytes; the other two can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn logto_sign_in_answer(
    operation: u64,
    answer: *const u8,
    answer_length: usize,
    reply: *mut *mut u8,
    reply_length: *mut usize,
) -> i32 {
    if answer.is_null() || reply.is_null() || reply_length.is_null() {
        return NULL_POINTER;
    }
    // SAFETY: the caller vouches for the bytes.
    let answer = unsafe { line(answer, answer_length) };
    let (text, _) = guarded(|operations| (operations.answer(operation, answer, Instant::now()), operation));
    // SAFETY: the caller vouches for both places.
    unsafe { set(text, reply, reply_length) };
    DONE
}

/// Ends an operation before its outcome and frees its memory. Ignores 0 and every operation that is
/// over.
#[unsafe(no_mangle)]
pub extern "C" fn logto_sign_in_end(operation: u64) {
    // A thread that ends has dropped its operations: there is nothing left to do.
    let _ = catch_unwind(|| OPERATIONS.try_with(|operations| operations.borrow_mut().end(operation)));
}

/// Frees a reply. Does nothing when it is null.
///
/// # Safety
/// `reply` and `reply_length` were set by one call of [`logto_sign_in_begin`] or
/// [`logto_sign_in_answer`], and are released once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn logto_sign_in_release(reply: *mut u8, reply_length: usize) {
    if !reply.is_null() {
        // SAFETY: `set` leaked a boxed slice of exactly this length.
        drop(unsafe { Box::from_raw(slice_from_raw_parts_mut(reply, reply_length)) });
    }
}

/// The line that C hands over; no byte of one that is too long is read.
///
/// # Safety
/// `start` points at `length` bytes that stay readable and unchanged during the call.
unsafe fn line<'a>(start: *const u8, length: usize) -> Result<&'a [u8], Error> {
    if length > limits::LINE {
        return Err(Error::RequestTooLarge);
    }
    // SAFETY: the caller vouches for the bytes, and the length is far below `isize::MAX`.
    Ok(unsafe { std::slice::from_raw_parts(start, length) })
}

/// The sandbox of this library. Tests in this file are part of no library: they run a core of their own.
fn sandbox() -> Result<&'static Sandbox, Error> {
    if cfg!(test) { Sandbox::of_program() } else { Sandbox::of_library() }
}

/// Calls with the operations of this thread. A panic must not unwind into C.
fn guarded(call: impl FnOnce(&mut Handles) -> (Vec<u8>, u64)) -> (Vec<u8>, u64) {
    // Unwind safe: an operation is taken out while it runs, so a panic leaves none in the middle.
    catch_unwind(AssertUnwindSafe(|| OPERATIONS.with_borrow_mut(call))).unwrap_or_else(|_| {
        (Error::Trapped("the host itself panicked; see PHP's error log".into()).reply(), NO_OPERATION)
    })
}

/// Hands a text over to C.
///
/// # Safety
/// Both places can be written.
unsafe fn set(text: Vec<u8>, reply: *mut *mut u8, reply_length: *mut usize) {
    let text = Box::leak(text.into_boxed_slice());
    // SAFETY: the caller vouches for both places.
    unsafe {
        reply_length.write(text.len());
        reply.write(text.as_mut_ptr());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr::{null, null_mut};

    /// Takes a reply over from C.
    unsafe fn take(reply: *mut u8, length: usize) -> String {
        // SAFETY: both were set by the functions above, and are released once.
        unsafe {
            let text = String::from_utf8(std::slice::from_raw_parts(reply, length).to_vec()).expect("text");
            logto_sign_in_release(reply, length);
            text
        }
    }

    fn begin(request: &[u8], length: usize) -> (String, u64) {
        let (mut operation, mut reply, mut reply_length) = (7, null_mut(), 0);
        // SAFETY: the slice is readable, the places are ours; a length beyond it is refused unread.
        unsafe {
            let (handle, place) = (&raw mut operation, &raw mut reply);
            assert_eq!(logto_sign_in_begin(request.as_ptr(), length, handle, place, &raw mut reply_length), DONE);
            (take(reply, reply_length), operation)
        }
    }

    fn answer(operation: u64, line: &[u8], length: usize) -> String {
        let (mut reply, mut reply_length) = (null_mut(), 0);
        // SAFETY: as in `begin`.
        unsafe {
            let place = &raw mut reply;
            assert_eq!(logto_sign_in_answer(operation, line.as_ptr(), length, place, &raw mut reply_length), DONE);
            take(reply, reply_length)
        }
    }

    #[test]
    fn an_outcome_has_no_operation() {
        let request = br#"{"operation":"about"}"#;
        let (reply, operation) = begin(request, request.len());
        assert!(reply.starts_with(r#"{"outcome":{"type":"about""#), "{reply}");
        assert_eq!(operation, 0);
    }

    #[test]
    fn a_length_beyond_the_limit_is_refused_before_a_byte_is_read() {
        let (reply, operation) = begin(b"", usize::MAX);
        assert!(reply.contains("request_too_large"), "{reply}");
        assert_eq!(operation, 0);
    }

    #[test]
    fn an_answer_to_nothing_is_refused() {
        let line = br#"{"answer":{}}"#;
        for operation in [0, 1 << 40, u64::MAX] {
            let reply = answer(operation, line, line.len());
            assert!(reply.contains("operation_ended"), "{reply}");
            logto_sign_in_end(operation);
        }
    }

    #[test]
    fn an_operation_belongs_to_its_thread() {
        let request = br#"{"operation":"sign_out","settings":{"endpoint":"https://tenant.example","app_id":"app","app_secret":"secret"}}"#;
        let line = br#"{"answer":{"status":0,"content_type":"","body":"","error":"timeout"}}"#;
        let (reply, operation) = begin(request, request.len());
        assert!(reply.starts_with(r#"{"effect":"#), "{reply}");

        let elsewhere = std::thread::spawn(move || answer(operation, line, line.len())).join().expect("no panic");
        let here = answer(operation, line, line.len());

        assert!(elsewhere.contains("operation_ended"), "{elsewhere}");
        assert!(here.contains(r#""outcome""#) && !here.contains("operation_ended"), "{here}");
    }

    #[test]
    fn null_pointers_are_refused() {
        let (mut operation, mut reply, mut length) = (5, null_mut(), 7);
        let (handle, place, size) = (&raw mut operation, &raw mut reply, &raw mut length);
        let line = b"".as_ptr();
        // SAFETY: null is what is tested.
        unsafe {
            assert_eq!(logto_sign_in_begin(null(), 0, handle, place, size), NULL_POINTER);
            assert_eq!(logto_sign_in_begin(line, 0, null_mut(), place, size), NULL_POINTER);
            assert_eq!(logto_sign_in_begin(line, 0, handle, null_mut(), size), NULL_POINTER);
            assert_eq!(logto_sign_in_begin(line, 0, handle, place, null_mut()), NULL_POINTER);
            assert_eq!(logto_sign_in_answer(1, null(), 0, place, size), NULL_POINTER);
            assert_eq!(logto_sign_in_answer(1, line, 0, null_mut(), size), NULL_POINTER);
            assert_eq!(logto_sign_in_answer(1, line, 0, place, null_mut()), NULL_POINTER);
            logto_sign_in_release(null_mut(), 0);
        }
        assert!(operation == 5 && reply.is_null() && length == 7);
    }
}
