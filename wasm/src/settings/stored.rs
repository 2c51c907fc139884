//! What is stored, read leniently.
//!
//! An import or WP-CLI may have written another scalar type (`"1"`, `1` and `true` are all true), and a sign-in must not
//! fail on that.

use crate::codes::{ErrorCode, Refused};
use serde_json::Value;

/// That a provider cannot be used, and what the admin has to enter.
pub(super) fn missing(what: &str) -> Refused {
    Refused::new(ErrorCode::NotConfigured, format_args!("{what} in Logto › Settings"))
}

/// A text member of whatever scalar type.
pub(super) fn text_of(object: &Value, name: &str) -> String {
    object.get(name).map(text_in).unwrap_or_default()
}

/// A flag member of whatever scalar type.
pub(super) fn flag_of(object: &Value, name: &str, default: bool) -> bool {
    object.get(name).map_or(default, |value| flag_in(value, default))
}

/// A text of whatever scalar type.
pub(super) fn text_in(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A flag of whatever scalar type; what means neither is the default.
pub(super) fn flag_in(value: &Value, default: bool) -> bool {
    flag_word(value).unwrap_or(default)
}

/// What a flag of whatever scalar type means, if it means anything.
pub(super) fn flag_word(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64().is_some_and(|n| n != 0.0)),
        Value::String(word) => match word.trim().to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => Some(true),
            "" | "0" | "false" | "no" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
