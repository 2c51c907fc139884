//! What a sign-in writes to user meta besides the profile: mapped claims, and the visitor's organizations.

use crate::protocol::Profile;
use crate::settings::Accounts;
use crate::text::is_visible;
use crate::token::Visitor;
use serde_json::Value;
use std::collections::BTreeMap;

/// Longest value, in characters.
const MAX_VALUE_CHARS: usize = 1000;
/// Most organizations that a profile page shows.
const MAX_ORGANIZATIONS: usize = 50;
/// Longest name of an organization that is shown.
const MAX_NAME_CHARS: usize = 128;

/// A profile with both.
pub fn complete(profile: Profile, visitor: &Visitor, accounts: &Accounts) -> Profile {
    Profile { meta: mapped(visitor, accounts), organizations: organizations(visitor), ..profile }
}

/// The mapped claims by their keys, as texts. A claim that the provider names without a value is an empty text, which
/// removes the meta. One that it does not name, or that is no text, number, boolean or list of them, is left out.
fn mapped(visitor: &Visitor, accounts: &Accounts) -> BTreeMap<String, String> {
    let row = |row: &crate::settings::MetaRow| Some((row.key.clone(), text(visitor.told(&row.claim)?)?));
    accounts.meta.iter().filter_map(row).collect()
}

/// A claim as WordPress stores it: a boolean is `1` or `0`, the elements of a list are separated by commas.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>()?.join(", "),
        value => scalar(value)?,
    };
    (text.chars().count() <= MAX_VALUE_CHARS).then_some(text)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(flag) => Some(u8::from(*flag).to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(visible(text)),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The organizations that the visitor belongs to: one a line, its ID and its name, if the provider told it. `None` where the
/// provider says nothing about organizations.
fn organizations(visitor: &Visitor) -> Option<String> {
    if !visitor.tells_organizations() {
        return None;
    }
    let named = visitor.told("organization_data").and_then(Value::as_array);
    let name = |id: &str| {
        let data = named?.iter().find(|data| data.get("id").and_then(Value::as_str) == Some(id))?;
        Some(data.get("name")?.as_str()?.chars().filter(|c| is_visible(*c)).take(MAX_NAME_CHARS).collect::<String>())
    };
    let is_id = |id: &&str| id.len() <= MAX_NAME_CHARS && id.bytes().all(|b| b.is_ascii_graphic());
    let line = |id| name(id).map_or_else(|| id.to_owned(), |name| format!("{id} {}", name.trim()).trim().to_owned());
    let lines: Vec<_> = visitor.string_list("organizations").filter(is_id).take(MAX_ORGANIZATIONS).map(line).collect();
    Some(lines.join("\n"))
}

/// Without control and invisible direction characters. A line break separates words.
fn visible(text: &str) -> String {
    let shown = |c: char| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
    text.chars().map(shown).filter(|c| is_visible(*c)).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use crate::token::visitor::tests::{dingtalk_visitor, visitor};
    use serde_json::json;

    fn meta(claims: &Value, map: &str) -> BTreeMap<String, String> {
        mapped(&visitor(claims), &Settings::read(&json!({ "meta_map": map })).accounts)
    }

    #[test]
    fn a_claim_is_one_text() {
        let claims = json!({"custom_data": {
            "text": " Sales\n\u{202E}and more ", "number": 42, "real": 1.5, "yes": true, "no": false, "gone": null,
            "list": ["a", 2, true], "deep": {"er": "value"}, "objects": [{"a": 1}], "object": {"a": 1},
            "long": "x".repeat(MAX_VALUE_CHARS + 1),
        }});
        let value = |path: &str| meta(&claims, &format!("custom_data.{path} = key")).get("key").cloned();

        for (path, expected) in [
            ("text", Some("Sales and more")),
            ("number", Some("42")),
            ("real", Some("1.5")),
            ("yes", Some("1")),
            ("no", Some("0")),
            ("list", Some("a, 2, 1")),
            ("deep.er", Some("value")),
            ("gone", Some("")),
            ("missing", Some("")),
            ("deep.missing", Some("")),
            ("text.deeper", Some("")),
            ("objects", None),
            ("object", None),
            ("long", None),
        ] {
            assert_eq!(value(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_claim_that_is_not_told_leaves_the_meta_as_it_is() {
        assert!(meta(&json!({"name": "Ann"}), "custom_data.department = department").is_empty());
        assert_eq!(meta(&json!({"custom_data": null}), "custom_data.department = department")["department"], "");
        assert_eq!(meta(&json!({"https://a.example/team": "red"}), "https://a.example/team = team")["team"], "red");
    }

    #[test]
    fn what_belongs_to_the_token_alone_is_no_claim_of_the_person() {
        let claims = json!({"nonce": "secret", "at_hash": "x", "exp": 7});
        assert!(meta(&claims, "nonce = a\nat_hash = b\nexp = c").is_empty());
    }

    #[test]
    fn organizations_have_their_names_where_the_provider_tells_them() {
        let told = |claims: Value| organizations(&visitor(&claims));
        let data = json!([{"id": "o1", "name": "Acme\n Inc."}, {"id": "o9", "name": "not a member"}, {"id": "o3"}]);

        assert_eq!(
            told(json!({"organizations": ["o1", "o2", "o3"], "organization_data": data})).as_deref(),
            Some("o1 Acme Inc.\no2\no3")
        );
        assert_eq!(told(json!({"organizations": []})).as_deref(), Some(""));
        assert_eq!(told(json!({"organizations": null})).as_deref(), Some(""));
        assert_eq!(told(json!({"organizations": ["o 1\n"]})).as_deref(), Some(""));
        assert_eq!(told(json!({})), None);
        assert_eq!(organizations(&dingtalk_visitor(&json!({"organizations": ["o1"]}))), None);
    }
}
