//! The transport `process`: a child of one PHP request, its messages on stdin and stdout.

use crate::{frames, sandbox};
use std::io;

/// Answers stdin on stdout until stdin ends.
///
/// # Errors
/// Those of the streams, but not that the reader of stdout is gone: PHP may stop at any time.
pub fn serve() -> io::Result<()> {
    match frames::serve(&mut io::stdin().lock(), &mut io::stdout().lock(), sandbox::answer) {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
