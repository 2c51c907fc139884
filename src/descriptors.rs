//! The descriptors that a child inherits from PHP.
//!
//! PHP opens most of its sockets without `close-on-exec`: the connection to the visitor, to the
//! database, the socket that PHP-FPM listens on. A child that keeps them keeps connections open that
//! PHP has closed, and could read what is none of its business.

#![allow(unsafe_code)]

use rustix::process::{Resource, getrlimit};
use std::fs;
use std::os::fd::RawFd;

/// Most descriptors that are tried one by one where `/proc` does not list them.
const MOST: u64 = 1 << 16;

/// Closes every descriptor above standard error. Only a program that has opened nothing yet may call
/// this.
pub(crate) fn close_inherited() {
    for descriptor in open() {
        // SAFETY: at the start of the program nothing owns a descriptor above standard error, so none
        // can be used after it was closed here.
        unsafe { rustix::io::close(descriptor) };
    }
}

/// The descriptors above standard error that may be open; closing one that is not does no harm.
fn open() -> Vec<RawFd> {
    let listed = fs::read_dir("/proc/self/fd").map(|entries| {
        let names = entries.flatten().map(|entry| entry.file_name());
        names.filter_map(|name| name.to_str()?.parse().ok()).filter(|descriptor| *descriptor > 2).collect()
    });
    listed.unwrap_or_else(|_| {
        let most = getrlimit(Resource::Nofile).current.map_or(MOST, |limit| limit.min(MOST));
        (3..RawFd::try_from(most).unwrap_or(RawFd::MAX)).collect()
    })
}
