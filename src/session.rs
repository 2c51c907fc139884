//! The lines of one child or one connection: one operation after another.

use crate::error::Error;
use crate::frames::Frame;
use crate::operation::Operation;
use crate::sandbox::Sandbox;

/// Keeps the operation of a stream between its lines.
///
/// The first line begins an operation, each further line answers it until its outcome; the next
/// line begins another. An operation that fails is over as well: its line is answered with the
/// host's refusal ([`Error::reply`]), and the next line is a new request.
pub struct Session<'a> {
    sandbox: Result<&'a Sandbox, Error>,
    operation: Option<Operation>,
}

impl<'a> Session<'a> {
    /// A session in which no operation has begun. A machine that does not run the core still
    /// answers every line.
    pub const fn new(sandbox: Result<&'a Sandbox, Error>) -> Self {
        Self { sandbox, operation: None }
    }

    /// Whether an operation awaits the answer to its last effect.
    pub const fn is_open(&self) -> bool {
        self.operation.is_some()
    }

    /// The reply to the next line.
    pub fn reply(&mut self, frame: &Frame) -> Vec<u8> {
        let step = match (frame, self.operation.take()) {
            (Frame::TooLong, _) => Err(Error::RequestTooLarge),
            (Frame::Line(answer), Some(operation)) => operation.answer(answer),
            (Frame::Line(request), None) => self.sandbox.clone().and_then(|sandbox| sandbox.begin(request)),
        };
        match step {
            Ok(step) => {
                self.operation = step.operation;
                step.reply
            }
            Err(error) => error.reply(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::Precompiled;

    /// A module that answers each line of an operation with its number, ends at `.`, traps at `!`
    /// and loops at `@`.
    fn sandbox() -> Sandbox {
        Sandbox::of(Precompiled::DIALOGUE).expect("loads")
    }

    fn replies(session: &mut Session<'_>, lines: &[&str]) -> Vec<String> {
        let reply = |line: &&str| session.reply(&Frame::Line(line.as_bytes().to_vec()));
        lines.iter().map(reply).map(|reply| String::from_utf8(reply).expect("UTF-8")).collect()
    }

    #[test]
    fn one_operation_follows_the_other() {
        let sandbox = sandbox();
        let mut session = Session::new(Ok(&sandbox));

        assert_eq!(replies(&mut session, &["+", "+", ".", "+", ".", ".", "+"]), ["1", "2", "3", "1", "2", "1", "1"]);
    }

    #[test]
    fn a_failure_ends_the_operation_and_the_next_line_begins_another() {
        let sandbox = sandbox();
        for (line, error) in [("!", "core_trapped"), ("@", "core_out_of_fuel")] {
            let mut session = Session::new(Ok(&sandbox));

            let replies = replies(&mut session, &["+", line, "+", "+"]);

            assert!(replies[1].contains(error), "{replies:?}");
            assert_eq!((replies[2].as_str(), replies[3].as_str()), ("1", "2"));
        }
    }

    #[test]
    fn a_line_that_is_too_long_ends_the_operation_and_the_next_line_begins_another() {
        let sandbox = sandbox();
        let mut session = Session::new(Ok(&sandbox));

        replies(&mut session, &["+", "+"]);
        assert_eq!(session.reply(&Frame::TooLong), Error::RequestTooLarge.reply());
        assert_eq!(replies(&mut session, &["+", "+"]), ["1", "2"]);
    }

    #[test]
    fn a_machine_without_the_core_answers_every_line() {
        let error = Error::Unavailable("no executable memory".into());
        let mut session = Session::new(Err(error.clone()));
        let expected = String::from_utf8(error.reply()).expect("UTF-8");

        assert_eq!(replies(&mut session, &["+", "+"]), [expected.clone(), expected]);
    }
}
