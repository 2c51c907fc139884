//! The sidecar's log: whoever makes it refuse something thousands of times cannot fill a disk with it.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Within it, one line of a kind is written and the others are counted.
const PERIOD: Duration = Duration::from_mins(1);

/// Writes a line to standard error, if that takes one: `eprintln!` would end the program when the log's disk is full.
pub(super) fn write(line: &dyn Display) {
    let _ = writeln!(io::stderr(), "logto-sign-in: {line}");
}

/// What a line is about. Lines of one kind stand for each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Somebody may not connect.
    Refused,
    /// A connection could not be taken.
    Accept,
    /// A connection broke.
    Connection,
}

impl Kind {
    const fn plural(self) -> &'static str {
        match self {
            Self::Refused => "refused connections",
            Self::Accept => "connections that could not be taken",
            Self::Connection => "broken connections",
        }
    }
}

/// The lines of the last period.
pub(super) struct Log {
    kinds: Mutex<BTreeMap<Kind, Period>>,
    write: fn(&str),
}

struct Period {
    began: Instant,
    /// Lines that were not written.
    more: u64,
}

impl Log {
    /// A log on standard error.
    pub(super) const fn new() -> Self {
        Self { kinds: Mutex::new(BTreeMap::new()), write: |line| write(&line) }
    }

    /// Writes a line, or counts it when its kind had one within the last minute.
    pub(super) fn say(&self, kind: Kind, line: &dyn Display, now: Instant) {
        self.tell_counted(now);
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(period) = kinds.get_mut(&kind) {
            period.more += 1;
        } else {
            kinds.insert(kind, Period { began: now, more: 0 });
            (self.write)(&line.to_string());
        }
    }

    /// Says how many lines were counted in each period that is over.
    pub(super) fn tell_counted(&self, now: Instant) {
        self.end_periods(|period| now.duration_since(period.began) >= PERIOD);
    }

    /// The same for periods that are not over, before the sidecar ends.
    pub(super) fn end(&self) {
        self.end_periods(|_| true);
    }

    /// Whether there is something to say later.
    pub(super) fn has_counted(&self) -> bool {
        self.kinds.lock().unwrap_or_else(PoisonError::into_inner).values().any(|period| period.more > 0)
    }

    fn end_periods(&self, is_over: impl Fn(&Period) -> bool) {
        self.kinds.lock().unwrap_or_else(PoisonError::into_inner).retain(|kind, period| {
            let over = is_over(period);
            if over && period.more > 0 {
                (self.write)(&format!("{} more {}", period.more, kind.plural()));
            }
            !over
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static WRITTEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

    fn written() -> Vec<String> {
        std::mem::take(&mut *WRITTEN.lock().expect("no panic"))
    }

    /// Fault S20: 28,000 refused peers were 28,000 lines.
    #[test]
    fn fault_s20_a_flood_is_one_line_and_a_count_a_minute() {
        let write = |line: &str| WRITTEN.lock().expect("no panic").push(line.to_owned());
        let (log, began) = (Log { kinds: Mutex::default(), write }, Instant::now());
        for _ in 0..28_000 {
            log.say(Kind::Refused, &"user 7", began);
        }
        log.say(Kind::Connection, &"broken pipe", began);
        assert_eq!(written(), ["user 7", "broken pipe"]);
        assert!(log.has_counted());

        log.tell_counted(began + PERIOD);
        assert_eq!(written(), ["27999 more refused connections"]);
        assert!(!log.has_counted());

        log.say(Kind::Refused, &"user 8", began + PERIOD);
        log.say(Kind::Refused, &"user 9", began + PERIOD);
        log.end();
        assert_eq!(written(), ["user 8", "1 more refused connections"]);
    }
}
