//! What the core answered, line by line, so that another engine can be asked the same without this crate.

use crate::core::{Core, Native};
use crate::scenarios;
use std::fmt::Write as _;

/// A core that notes each line that it was sent, with its reply.
#[derive(Default)]
pub struct Recorder {
    native: Native,
    /// An operation each: its lines as [`Recorder::all`] writes them.
    operations: Vec<String>,
    is_open: bool,
}

impl Recorder {
    /// All scenarios. A line is the time, the entropy in hex, the message and the reply, with tabs between; a line that is
    /// empty ends an operation. No message of a scenario and no reply holds a tab.
    pub fn all() -> String {
        let mut recorder = Self::default();
        for (_, scenario) in scenarios::ALL {
            scenario(&mut recorder);
            recorder.native = Native::new();
            recorder.is_open = false;
        }
        recorder.operations.iter().fold(String::new(), |all, operation| all + operation + "\n")
    }
}

impl Core for Recorder {
    fn call(&mut self, line: &[u8]) -> Vec<u8> {
        let reply = self.native.call(line);
        if !self.is_open {
            self.operations.push(String::new());
        }
        self.is_open = reply.starts_with(br#"{"effect""#);
        if let Some(operation) = self.operations.last_mut() {
            let _ = write!(operation, "{}\t", self.native.clock);
            for byte in Native::entropy(self.native.draws) {
                let _ = write!(operation, "{byte:02x}");
            }
            let (line, reply) = (String::from_utf8_lossy(line), String::from_utf8_lossy(&reply));
            assert!(!line.contains('\t') && !reply.contains('\t'), "a tab in {line} or {reply}");
            let _ = writeln!(operation, "\t{line}\t{reply}");
        }
        reply
    }

    fn now(&self) -> u64 {
        self.native.now()
    }
}
