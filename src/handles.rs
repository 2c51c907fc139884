//! The open operations of one thread, by handle: what the transport `ffi` keeps between two calls.

use crate::error::Error;
use crate::limits;
use crate::operation::{Operation, Step};
use crate::sandbox::Sandbox;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Operations that await an answer, each under a handle.
///
/// PHP ends an operation that it abandons, but it cannot when its request dies in the middle. What
/// PHP forgets is bounded here: of more than [`limits::OPEN_OPERATIONS`], the one that has been
/// silent longest ends, and each call ends those that have been silent for [`limits::IDLE`].
#[derive(Default)]
pub struct Handles {
    /// In the order of their last lines.
    open: VecDeque<Open>,
}

struct Open {
    handle: u64,
    operation: Operation,
    last_line: Instant,
}

/// The handle of no operation.
pub const NO_OPERATION: u64 = 0;

/// Handles are unique in the process: one that strays into another thread names nothing there.
static NEXT_HANDLE: AtomicU64 = AtomicU64::new(NO_OPERATION + 1);

impl Handles {
    /// No operation is open.
    pub const fn new() -> Self {
        Self { open: VecDeque::new() }
    }

    /// Runs a request: the reply, and the operation's handle. That is [`NO_OPERATION`] when the
    /// reply is an outcome already.
    pub fn begin(
        &mut self,
        sandbox: Result<&Sandbox, Error>,
        request: Result<&[u8], Error>,
        now: Instant,
    ) -> (Vec<u8>, u64) {
        self.end_idle(now);
        let step = request.and_then(|request| sandbox?.begin(request));
        self.keep(step, now, || NEXT_HANDLE.fetch_add(1, Ordering::Relaxed))
    }

    /// Runs the answer to an operation's last effect.
    pub fn answer(&mut self, handle: u64, line: Result<&[u8], Error>, now: Instant) -> Vec<u8> {
        self.end_idle(now);
        let operation = self.take(handle).ok_or(Error::OperationEnded);
        let step = operation.and_then(|operation| operation.answer(line?));
        self.keep(step, now, || handle).0
    }

    /// Ends an operation. A handle that names none is ignored.
    pub fn end(&mut self, handle: u64) {
        drop(self.take(handle));
    }

    fn take(&mut self, handle: u64) -> Option<Operation> {
        let place = self.open.iter().position(|open| open.handle == handle)?;
        self.open.remove(place).map(|open| open.operation)
    }

    fn keep(&mut self, step: Result<Step, Error>, now: Instant, handle: impl FnOnce() -> u64) -> (Vec<u8>, u64) {
        let (reply, operation) = match step {
            Ok(step) => (step.reply, step.operation),
            Err(error) => (error.reply(), None),
        };
        let Some(operation) = operation else { return (reply, NO_OPERATION) };
        let handle = handle();
        self.open.push_back(Open { handle, operation, last_line: now });
        if self.open.len() > limits::OPEN_OPERATIONS {
            self.open.pop_front();
        }
        (reply, handle)
    }

    fn end_idle(&mut self, now: Instant) {
        while self.open.front().is_some_and(|open| now.duration_since(open.last_line) >= limits::IDLE) {
            self.open.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::Precompiled;
    use std::time::Duration;

    /// A module that answers each line with its number, ends at `.` and traps at `!`.
    fn sandbox() -> Sandbox {
        Sandbox::of(Precompiled::DIALOGUE).expect("loads")
    }

    fn ended() -> Vec<u8> {
        Error::OperationEnded.reply()
    }

    #[test]
    fn an_operation_lives_until_its_outcome() {
        let (sandbox, now, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let (reply, handle) = handles.begin(Ok(&sandbox), Ok(b"request"), now);

        assert_eq!(reply, b"1");
        assert_eq!(handles.answer(handle, Ok(b"+"), now), b"2");
        assert_eq!(handles.answer(handle, Ok(b"."), now), b"3");
        assert_eq!(handles.answer(handle, Ok(b"+"), now), ended());
    }

    #[test]
    fn a_first_reply_that_is_an_outcome_has_no_handle() {
        let (sandbox, mut handles) = (sandbox(), Handles::new());

        let (reply, handle) = handles.begin(Ok(&sandbox), Ok(b"."), Instant::now());

        assert_eq!((reply.as_slice(), handle), (&b"1"[..], NO_OPERATION));
        assert!(handles.open.is_empty());
    }

    #[test]
    fn a_failed_answer_ends_the_operation() {
        let (sandbox, now, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let (_, handle) = handles.begin(Ok(&sandbox), Ok(b"request"), now);

        let reply = String::from_utf8(handles.answer(handle, Ok(b"!"), now)).expect("UTF-8");

        assert!(reply.contains("core_trapped"), "{reply}");
        assert_eq!(handles.answer(handle, Ok(b"+"), now), ended());
    }

    #[test]
    fn an_answer_that_is_too_long_ends_the_operation() {
        let (sandbox, now, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let (_, handle) = handles.begin(Ok(&sandbox), Ok(b"request"), now);

        assert_eq!(handles.answer(handle, Err(Error::RequestTooLarge), now), Error::RequestTooLarge.reply());

        assert_eq!(handles.answer(handle, Ok(b"+"), now), ended());
    }

    #[test]
    fn ending_twice_or_nothing_is_allowed() {
        let (sandbox, now, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let (_, handle) = handles.begin(Ok(&sandbox), Ok(b"request"), now);

        for handle in [handle, handle, NO_OPERATION, u64::MAX] {
            handles.end(handle);
        }

        assert_eq!(handles.answer(handle, Ok(b"+"), now), ended());
    }

    #[test]
    fn of_too_many_the_one_silent_longest_ends() {
        let (sandbox, now, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let mut begin = || handles.begin(Ok(&sandbox), Ok(b"request"), now).1;
        let first = begin();
        let second = begin();
        let others: Vec<_> = (2..limits::OPEN_OPERATIONS).map(|_| begin()).collect();

        handles.answer(first, Ok(b"+"), now);
        let last = handles.begin(Ok(&sandbox), Ok(b"request"), now).1;

        assert_eq!(handles.answer(second, Ok(b"+"), now), ended());
        for handle in others.into_iter().chain([first, last]) {
            assert_ne!(handles.answer(handle, Ok(b"+"), now), ended());
        }
    }

    #[test]
    fn an_outcome_pushes_nothing_out() {
        let (sandbox, now, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let first = handles.begin(Ok(&sandbox), Ok(b"request"), now).1;
        for _ in 1..limits::OPEN_OPERATIONS {
            handles.begin(Ok(&sandbox), Ok(b"request"), now);
        }

        handles.begin(Ok(&sandbox), Ok(b"."), now);

        assert_eq!(handles.answer(first, Ok(b"+"), now), b"2");
    }

    #[test]
    fn an_idle_operation_ends_at_the_next_call() {
        let (sandbox, began, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let idle = handles.begin(Ok(&sandbox), Ok(b"request"), began).1;
        let busy = handles.begin(Ok(&sandbox), Ok(b"request"), began).1;
        let almost = began + limits::IDLE.saturating_sub(Duration::from_nanos(1));
        assert_eq!(handles.answer(busy, Ok(b"+"), almost), b"2");

        handles.begin(Ok(&sandbox), Ok(b"."), began + limits::IDLE);

        assert_eq!(handles.open.len(), 1);
        assert_eq!(handles.answer(idle, Ok(b"+"), began + limits::IDLE), ended());
        assert_eq!(handles.answer(busy, Ok(b"+"), began + limits::IDLE), b"3");
    }

    #[test]
    fn a_handle_of_another_thread_names_nothing() {
        let (sandbox, now, mut handles) = (sandbox(), Instant::now(), Handles::new());
        let handle = handles.begin(Ok(&sandbox), Ok(b"request"), now).1;

        let mut elsewhere = Handles::new();
        let other = elsewhere.begin(Ok(&sandbox), Ok(b"request"), now).1;

        assert_ne!(handle, other);
        assert_eq!(elsewhere.answer(handle, Ok(b"+"), now), ended());
    }
}
