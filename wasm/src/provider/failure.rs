//! What is remembered of a provider that did not answer.
//!
//! A visitor who only starts a sign-in must not hold a server's worker until a silent provider times out, and the next
//! visitor after them. So the first failure is cached for all nodes: until its pause is over, a start is refused at
//! once. Then one request tries again, and each further failure makes the pause longer.

use crate::protocol::{HttpError, HttpResponse};
use crate::settings::Logto;
use serde::{Deserialize, Serialize};

/// Seconds of the first pause. Each further one is twice as long …
const FIRST_PAUSE_SECS: u64 = 30;
/// … up to this many seconds.
const MAX_PAUSE_SECS: u64 = 300;
/// Seconds for which a failure is kept: beyond its pause, so that the next one is known to be a further one.
pub const FAILURE_KEPT_SECS: u64 = 2 * MAX_PAUSE_SECS;

/// That an issuer did not answer, and how often in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    issuer: String,
    /// How many pauses there were before this one.
    pauses: u32,
    /// Unix time at which the pause ends.
    retry_at: u64,
}

/// Whether a response is none: nothing arrived, or not in time. An error that the provider itself sends holds nobody up.
pub fn is_silence(response: &HttpResponse) -> bool {
    matches!(response.error, Some(HttpError::Timeout | HttpError::Connection))
}

impl Failure {
    /// The failure of now. Those that come in within one pause are one.
    pub fn of(logto: &Logto, before: Option<&Self>, now: u64) -> Self {
        let before = before.filter(|before| before.issuer == logto.issuer);
        let pauses = before.map_or(0, |before| before.pauses.saturating_add(u32::from(before.retry_at <= now)));
        let pause = FIRST_PAUSE_SECS.checked_shl(pauses.min(8)).unwrap_or(MAX_PAUSE_SECS).min(MAX_PAUSE_SECS);
        Self { issuer: logto.issuer.clone(), pauses, retry_at: now.saturating_add(pause) }
    }

    /// Seconds until the issuer is asked again; `None` when it may be asked now. A pause that is longer than any is that
    /// of a node with another clock.
    pub fn pause(&self, logto: &Logto, now: u64) -> Option<u64> {
        let left = self.retry_at.checked_sub(now).filter(|left| (1..=MAX_PAUSE_SECS).contains(left));
        left.filter(|_| self.issuer == logto.issuer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use serde_json::json;

    fn settings(endpoint: &str) -> Settings {
        Settings::read(&json!({"endpoint": endpoint, "app_id": "app", "app_secret": "secret"}))
    }

    #[test]
    fn fault_s11_pauses_grow_to_five_minutes() {
        let settings = settings("https://t.example");
        let logto = settings.logto().expect("logto");
        let (mut now, mut failure, mut pauses) = (1000, None, Vec::new());

        for _ in 0..7 {
            let next = Failure::of(logto, failure.as_ref(), now);
            let pause = next.pause(logto, now).expect("a pause");
            assert_eq!(next.pause(logto, now + pause - 1), Some(1));
            assert_eq!(next.pause(logto, now + pause), None);
            pauses.push(pause);
            now += pause;
            failure = Some(next);
        }

        assert_eq!(pauses, [30, 60, 120, 240, 300, 300, 300]);
    }

    #[test]
    fn failures_within_one_pause_are_one() {
        let settings = settings("https://t.example");
        let logto = settings.logto().expect("logto");
        let first = Failure::of(logto, None, 1000);

        let second = Failure::of(logto, Some(&first), 1029);

        assert_eq!(second.pause(logto, 1029), Some(30));
    }

    #[test]
    fn another_issuer_or_another_clock_pauses_nobody() {
        let (settings, other) = (settings("https://t.example"), settings("https://other.example"));
        let (logto, other) = (settings.logto().expect("logto"), other.logto().expect("logto"));
        let failure = Failure::of(logto, None, 1000);

        assert_eq!(failure.pause(other, 1000), None);
        assert_eq!(failure.pause(logto, 1000 - MAX_PAUSE_SECS), None);
        assert_eq!(Failure::of(other, Some(&failure), 2000).pauses, 0);
    }
}
