//! The transport `ffi`: the C ABI of the shared library, as `src/logto_sign_in.h` declares it.
//!
//! Nothing happens when the library is loaded. The sandbox is made by the first call, so a process
//! that loads the library and then forks (PHP's preloading) gives each child a sandbox of its own.

#![allow(unsafe_code)]

use crate::error::Error;
use crate::{limits, sandbox};
use std::panic::catch_unwind;
use std::ptr::slice_from_raw_parts_mut;

/// A reply has been set.
const DONE: i32 = 0;
/// A pointer is null, and nothing has been set.
const NULL_POINTER: i32 = 1;

/// Answers a request; both are JSON, `reply` must be given back to [`logto_sign_in_release`].
///
/// Returns 0 when `reply` and `reply_length` have been set, which is always unless a pointer is
/// null (1). May be called by several threads at once.
///
/// # Safety
/// `request` points at `request_length` readable bytes; `reply` and `reply_length` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn logto_sign_in_handle(
    request: *const u8,
    request_length: usize,
    reply: *mut *mut u8,
    reply_length: *mut usize,
) -> i32 {
    if request.is_null() || reply.is_null() || reply_length.is_null() {
        return NULL_POINTER;
    }
    let answered = if request_length > limits::REQUEST {
        Error::RequestTooLarge.reply()
    } else {
        // SAFETY: the caller vouches for the bytes, and the length is far below `isize::MAX`.
        let request = unsafe { std::slice::from_raw_parts(request, request_length) };
        // A panic must not unwind into C.
        catch_unwind(|| sandbox::answer(request))
            .unwrap_or_else(|_| Error::Trapped("the host itself panicked; see PHP's error log".into()).reply())
    };
    let answered = Box::leak(answered.into_boxed_slice());
    // SAFETY: the caller vouches for both places; `write` reads nothing that may be uninitialised.
    unsafe {
        reply_length.write(answered.len());
        reply.write(answered.as_mut_ptr());
    }
    DONE
}

/// Frees a reply. Does nothing when it is null.
///
/// # Safety
/// `reply` and `reply_length` were set by one call of [`logto_sign_in_handle`], and are released once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn logto_sign_in_release(reply: *mut u8, reply_length: usize) {
    if !reply.is_null() {
        // SAFETY: `logto_sign_in_handle` leaked a boxed slice of exactly this length.
        drop(unsafe { Box::from_raw(slice_from_raw_parts_mut(reply, reply_length)) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr::null_mut;

    fn handle(request: &[u8], length: usize) -> String {
        let (mut reply, mut reply_length) = (null_mut(), 0);
        // SAFETY: the slice is readable, both places are ours; a length beyond it is refused unread.
        unsafe {
            assert_eq!(logto_sign_in_handle(request.as_ptr(), length, &raw mut reply, &raw mut reply_length), DONE);
            let text = String::from_utf8(std::slice::from_raw_parts(reply, reply_length).to_vec()).expect("text");
            logto_sign_in_release(reply, reply_length);
            text
        }
    }

    #[test]
    fn answers() {
        let request = br#"{"operation":"about"}"#;
        assert!(handle(request, request.len()).starts_with(r#"{"outcome":{"type":"about""#));
    }

    #[test]
    fn a_length_beyond_the_limit_is_refused_before_a_byte_is_read() {
        assert!(handle(b"", usize::MAX).contains("request_too_large"));
    }

    #[test]
    fn null_pointers_are_refused() {
        let (mut reply, mut length) = (null_mut(), 7);
        // SAFETY: null is what is tested.
        unsafe {
            assert_eq!(logto_sign_in_handle(std::ptr::null(), 0, &raw mut reply, &raw mut length), NULL_POINTER);
            assert_eq!(logto_sign_in_handle(b"".as_ptr(), 0, null_mut(), &raw mut length), NULL_POINTER);
            assert_eq!(logto_sign_in_handle(b"".as_ptr(), 0, &raw mut reply, null_mut()), NULL_POINTER);
            logto_sign_in_release(null_mut(), 0);
        }
        assert!(reply.is_null() && length == 7);
    }
}
