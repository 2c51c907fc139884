//! How long a session lasts, and how often the provider is asked about it.

use super::roles::whole_days;
use super::row::Grammar;

/// Whole minutes, at most a week.
pub const REVALIDATE_MINUTES: Grammar = Grammar { form: "number", sanitize: minutes, problems: &[PROBLEM] };

const PROBLEM: &str = "revalidate_minutes_invalid";

/// Most minutes.
const MAX_MINUTES: u32 = 7 * 24 * 60;

/// Whole days, from one to a year.
pub const SESSION_DAYS: Grammar = Grammar { form: "number", sanitize: days, problems: &[DAYS_PROBLEM] };

const DAYS_PROBLEM: &str = "session_days_invalid";

/// Most days.
const MAX_DAYS: u32 = 365;

fn days(text: &str) -> Result<String, &'static str> {
    whole_days(text, MAX_DAYS).filter(|days| days != "0").ok_or(DAYS_PROBLEM)
}

fn minutes(text: &str) -> Result<String, &'static str> {
    whole_days(text, MAX_MINUTES).ok_or(PROBLEM)
}

/// The seconds of a text as it is stored.
pub fn seconds(text: &str) -> u64 {
    text.parse::<u64>().unwrap_or_default().saturating_mul(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_lasts_a_day_to_a_year() {
        for (text, stored) in [("1", Ok("1")), ("365", Ok("365")), ("0", Err(DAYS_PROBLEM)), ("366", Err(DAYS_PROBLEM))]
        {
            assert_eq!(days(text).as_deref(), stored.as_ref().copied(), "{text}");
        }
    }

    #[test]
    fn a_week_is_the_longest_time() {
        for (text, stored) in [("0", Ok("0")), ("15", Ok("15")), ("10080", Ok("10080")), ("10081", Err(PROBLEM))] {
            assert_eq!(minutes(text).as_deref(), stored.as_ref().copied(), "{text}");
        }
        assert_eq!([seconds("15"), seconds("0"), seconds("junk")], [900, 0, 0]);
    }
}
