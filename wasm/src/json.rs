//! JSON objects from outside, of which only the members that somebody uses are read.
//!
//! What a provider adds for others may be anything: a text with half of a surrogate pair, a number beyond every double, a
//! nesting without end. It is passed over as it stands, at the cost of its bytes.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

/// Longest list or object that is read, in bytes: what JSON makes of it takes a multiple of its length.
const MAX_NESTED_BYTES: usize = 128 * 1024;
/// Longest member that is read only if it can be, in bytes.
const MAX_OPTIONAL_BYTES: usize = 16 * 1024;
/// Deepest nesting of such a member: readers of a reply have a limit too.
const MAX_OPTIONAL_DEPTH: usize = 16;

/// Why an object is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectError {
    /// It is not JSON, or no object.
    NotAnObject,
    /// A name appears twice (RFC 7515 §4, RFC 7519 §4): readers that disagree on which of the two counts are how one text
    /// gets two meanings.
    Repeated,
    /// A member that is used cannot be read, or is too long.
    Unreadable(String),
}

impl fmt::Display for ObjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("not a JSON object"),
            Self::Repeated => f.write_str("a name appears twice in the JSON object"),
            Self::Unreadable(name) => write!(f, "the member \"{name}\" cannot be read"),
        }
    }
}

/// The members of a JSON object that `wanted` takes by name; the others are not read.
///
/// # Errors
/// [`ObjectError`]
pub fn members(json: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Map<String, Value>, ObjectError> {
    members_and_more(json, wanted, |_| false)
}

/// As [`members`], with those that `more` takes. One of those that cannot be read, or is long or nested deeply, is left out.
///
/// # Errors
/// [`ObjectError`]
pub fn members_and_more(
    json: &[u8],
    wanted: impl Fn(&str) -> bool,
    more: impl Fn(&str) -> bool,
) -> Result<Map<String, Value>, ObjectError> {
    let mut error = ObjectError::NotAnObject;
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let members = Members { wanted, more, error: &mut error }.deserialize(&mut deserializer);
    match members.and_then(|members| deserializer.end().map(|()| members)) {
        Ok(members) => Ok(members),
        Err(_) => Err(error),
    }
}

struct Members<'e, F, G> {
    wanted: F,
    more: G,
    error: &'e mut ObjectError,
}

impl<'de, F: Fn(&str) -> bool, G: Fn(&str) -> bool> DeserializeSeed<'de> for Members<'_, F, G> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: Fn(&str) -> bool, G: Fn(&str) -> bool> Visitor<'de> for Members<'_, F, G> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let (mut members, mut names) = (Map::new(), BTreeSet::new());
        while let Some(name) = access.next_key::<String>()? {
            if (self.wanted)(&name) {
                let raw: &RawValue = access.next_value()?;
                let Some(value) = read(raw.get()) else {
                    *self.error = ObjectError::Unreadable(name);
                    return Err(A::Error::custom("unreadable"));
                };
                members.insert(name.clone(), value);
            } else if (self.more)(&name) {
                let raw: &RawValue = access.next_value()?;
                if let Some(value) = read_if_possible(raw.get()) {
                    members.insert(name.clone(), value);
                }
            } else {
                access.next_value::<IgnoredAny>()?;
            }
            if !names.insert(name) {
                *self.error = ObjectError::Repeated;
                return Err(A::Error::custom("repeated"));
            }
        }
        Ok(members)
    }
}

fn read(raw: &str) -> Option<Value> {
    let is_nested = raw.starts_with(['[', '{']);
    if is_nested && raw.len() > MAX_NESTED_BYTES { None } else { serde_json::from_str(raw).ok() }
}

fn read_if_possible(raw: &str) -> Option<Value> {
    let value = if raw.len() > MAX_OPTIONAL_BYTES { None } else { serde_json::from_str(raw).ok() };
    value.filter(|value| is_shallow(value, MAX_OPTIONAL_DEPTH))
}

fn is_shallow(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => depth > 0 && items.iter().all(|item| is_shallow(item, depth - 1)),
        Value::Object(members) => depth > 0 && members.values().all(|member| is_shallow(member, depth - 1)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use simulator::figures;
    use simulator::json_texts::{self, Text, Verdict};

    fn of(json: &str) -> Result<Value, ObjectError> {
        members(json.as_bytes(), |name| name == "used").map(Value::Object)
    }

    /// Fault R9: half of a surrogate pair, a number beyond every double, or deep nesting in a member that nobody uses
    /// refused a sign-in.
    #[test]
    fn fault_r9_what_nobody_uses_is_not_read() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for other in [r#""\ud800""#, "1e999", "-1e999999", deep.as_str(), r#"{"used":2}"#, r#"{"a":1,"a":1}"#] {
            assert_eq!(of(&format!(r#"{{"other":{other},"used":1}}"#)), Ok(json!({"used": 1})), "{other:.40}");
        }
    }

    #[test]
    fn fault_r9_a_used_member_that_cannot_be_read_is_named() {
        let (deep, long) = ("[".repeat(200) + &"]".repeat(200), format!("[{}1]", "1,".repeat(MAX_NESTED_BYTES / 2)));
        for used in [r#""\ud800""#, "1e999", deep.as_str(), long.as_str()] {
            assert_eq!(of(&format!(r#"{{"used":{used}}}"#)), Err(ObjectError::Unreadable("used".into())), "{used:.40}");
        }
        let text = "x".repeat(2 * MAX_NESTED_BYTES);
        assert_eq!(of(&format!(r#"{{"used":"{text}"}}"#)), Ok(json!({ "used": text })));
    }

    #[test]
    fn what_is_only_welcome_is_left_out_where_it_cannot_be_read() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let read = |welcome: &str| {
            let json = format!(r#"{{"welcome":{welcome},"used":1}}"#);
            members_and_more(json.as_bytes(), |name| name == "used", |name| name == "welcome").map(|found| found.len())
        };
        for welcome in [r#""\ud800""#, "1e999", &nested(17), &format!("\"{}\"", "x".repeat(MAX_OPTIONAL_BYTES))] {
            assert_eq!(read(welcome), Ok(1), "{welcome:.40}");
        }
        assert_eq!((read(r#"{"a":[1]}"#), read(&nested(16))), (Ok(2), Ok(2)));
        assert_eq!(members_and_more(br#"{"x":1,"x":1}"#, |_| false, |_| true), Err(ObjectError::Repeated));
    }

    #[test]
    fn a_name_appears_once() {
        for json in [r#"{"used":1,"used":1}"#, r#"{"other":1,"other":1}"#, r#"{"used":1,"us\u0065d":2}"#] {
            assert_eq!(of(json), Err(ObjectError::Repeated), "{json}");
        }
    }

    #[test]
    fn anything_else_is_no_object() {
        for json in ["", "null", "[]", "7", "{", r#"{"used":}"#, r#"{"used":1}x"#, r#"{"other":tru}"#, "\u{feff}{}"] {
            assert_eq!(of(json), Err(ObjectError::NotAnObject), "{json}");
        }
    }

    /// The whole text, and the text as a member: one that counts, and one that is passed over.
    #[test]
    fn a_public_suite_of_texts_is_read_as_rfc_8259_says() {
        let [mut accepted, mut refused] = [0, 0];
        for Text { name, bytes, verdict } in json_texts::all() {
            let around = |member: &str| [format!("{{\"{member}\":").as_bytes(), &bytes, br#","last":1}"#].concat();
            let is_read = |json: &[u8]| members(json, |name| matches!(name, "used" | "last")).is_ok();

            let (whole, used, unused) = (is_read(&bytes), is_read(&around("used")), is_read(&around("unused")));

            match verdict {
                // What has no meaning as a value may still be refused where it counts: RFC 8259 §8.2, §9.
                Verdict::Accepted => assert!(used && unused, "{name}"),
                Verdict::Refused => assert!(!used && !unused && !whole, "{name}"),
                Verdict::Either => {}
            }
            accepted += u64::from(unused);
            refused += u64::from(!unused);
        }
        let counts = [("tried", accepted + refused), ("accepted", accepted), ("refused", refused)];
        figures::tell("public vectors", "JSONTestSuite", &counts);
    }
}
