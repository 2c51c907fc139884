//! What the plugin records, and for how long.

use super::roles::whole_days;
use super::row::Grammar;

/// See [`days`].
pub const DAYS: Grammar = Grammar { form: "number", sanitize: days, problems: &[PROBLEM] };

const PROBLEM: &str = "activity_days_invalid";

/// Most days for which a record is kept.
const MAX_DAYS: u32 = 365;

/// Days for which a record is kept.
fn days(text: &str) -> Result<String, &'static str> {
    whole_days(text, MAX_DAYS).ok_or(PROBLEM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_the_longest_time() {
        for (text, stored) in [("0", Ok("0")), ("365", Ok("365")), ("366", Err(PROBLEM)), ("-1", Err(PROBLEM))] {
            assert_eq!(days(text).as_deref(), stored.as_ref().copied(), "{text}");
        }
    }
}
