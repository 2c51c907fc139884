//! Text that came from outside: what a member of a JSON object says, and what a log line may hold.

use serde_json::Value;

/// A text in ASCII, word by word as one would read it.
#[cfg(feature = "arithmetic")]
pub use deunicode::deunicode;

#[cfg(not(feature = "arithmetic"))]
pub use crate::host::deunicode;

/// Longest excerpt of a provider's text in a log line, in characters.
const MAX_LOG_EXCERPT_CHARS: usize = 120;

/// A string member with something in it; `null`, an empty string and another type count as absent.
pub fn string_member<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// As [`string_member`], without the white space around it.
pub fn trimmed_member<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    string_member(object, name).map(str::trim).filter(|text| !text.is_empty())
}

/// A provider's text, short enough for a log line and without control characters (CWE-117).
pub fn truncate_for_log(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(MAX_LOG_EXCERPT_CHARS).collect()
}

/// Whether a character shows, and turns none of its neighbors around.
pub fn is_visible(c: char) -> bool {
    let turns = matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    !c.is_control() && !turns && c != '\u{FEFF}'
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn null_empty_and_other_types_count_as_absent() {
        for value in [json!(null), json!(""), json!(7), json!(["a"])] {
            assert_eq!(string_member(&json!({ "name": value }), "name"), None, "{value}");
        }
        assert_eq!(string_member(&json!({"name": " a "}), "name"), Some(" a "));
        assert_eq!(trimmed_member(&json!({"name": " a "}), "name"), Some("a"));
        assert_eq!(trimmed_member(&json!({"name": "  "}), "name"), None);
    }

    #[test]
    fn a_log_excerpt_is_one_short_line() {
        assert_eq!(truncate_for_log("a\r\nb\u{1b}[31m"), "ab[31m");
        assert_eq!(truncate_for_log(&"x".repeat(500)).len(), 120);
    }
}
