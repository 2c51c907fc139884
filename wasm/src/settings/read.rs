//! Reading the stored option.
//!
//! Leniently: an import or WP-CLI may have written another scalar type (`"1"`, `1` and `true` are all true), and a
//! sign-in must not fail on that.

use super::row::Row;
use super::table::row;
use super::{Accounts, Dingtalk, Logto, Settings};
use serde_json::Value;

impl Settings {
    /// Reads the stored option. Whether a provider can be used shows when it is asked for.
    pub fn read(stored: &Value) -> Self {
        let accounts = Accounts::read(stored);
        Self {
            logto: Logto::read(stored, &accounts.scopes()),
            dingtalk: Dingtalk::read(stored),
            accounts,
            names_dingtalk_connector: names(&const { row("connectors") }.text(stored), "social:dingtalk"),
            remember_session: const { row("remember_session") }.flag(stored),
            form_login: const { row("form_login") }.flag(stored),
        }
    }
}

impl Row {
    /// The stored text, which may be anything.
    pub(super) fn text(&self, stored: &Value) -> String {
        text_of(stored, self.name)
    }

    /// The stored text in its one form; the default where nothing usable is stored.
    pub(super) fn text_or_default(&self, stored: &Value) -> String {
        let stored = self.sanitize(stored.get(self.name).unwrap_or(&Value::Null));
        stored.map_or_else(|_| self.default.to_owned(), |value| text_in(&value))
    }

    /// The stored flag.
    pub(super) fn flag(&self, stored: &Value) -> bool {
        flag_of(stored, self.name, self.default_flag())
    }
}

/// Whether a line names this connector, with or without `= label`.
fn names(lines: &str, connector: &str) -> bool {
    lines.lines().any(|line| line.split('=').next().is_some_and(|name| name.trim() == connector))
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

/// A flag of whatever scalar type; a word that means neither is the default.
pub(super) fn flag_in(value: &Value, default: bool) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_some_and(|n| n != 0.0),
        Value::String(word) => match word.trim().to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => true,
            "" | "0" | "false" | "no" | "off" => false,
            _ => default,
        },
        _ => default,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::ErrorCode;
    use crate::settings::Usernames;
    use serde_json::json;

    fn stored() -> Value {
        json!({"endpoint": "https://tenant.example", "app_id": "app", "app_secret": "secret"})
    }

    #[test]
    fn three_fields_suffice() {
        let settings = Settings::read(&stored());

        let logto = settings.logto().expect("ready");
        assert_eq!(logto.issuer, "https://tenant.example/oidc");
        assert_eq!(logto.scope, "openid profile email phone");
        assert!(!settings.accounts.require_verified_email && settings.remember_session);
        assert_eq!(settings.accounts.usernames, Usernames::Smart);
    }

    #[test]
    fn each_missing_field_is_not_configured() {
        for field in ["endpoint", "app_id", "app_secret"] {
            let mut settings = stored();
            settings[field] = json!("");
            assert_eq!(Settings::read(&settings).logto().expect_err(field).code, ErrorCode::NotConfigured);
        }
        assert!(Settings::read(&Value::Null).logto().is_err());
        assert!(Settings::read(&Value::Null).dingtalk().is_err());
    }

    #[test]
    fn wrong_scalar_types_are_understood() {
        let mut settings = stored();
        settings["app_id"] = json!(12345);
        settings["remember_session"] = json!("0");
        settings["require_verified_email"] = json!(1);
        settings["scope"] = json!(["openid"]);

        let settings = Settings::read(&settings);

        let logto = settings.logto().expect("ready");
        assert_eq!(logto.app_id, "12345");
        assert!(!settings.remember_session && settings.accounts.require_verified_email);
        assert_eq!(logto.scope, "openid profile email phone");
    }

    #[test]
    fn an_unusable_text_is_the_default() {
        let scope = const { row("scope") };
        for (stored, expected) in [
            (json!({"scope": "名"}), "openid profile email phone"),
            (json!({"scope": " email  openid"}), "openid email"),
            (json!({}), "openid profile email phone"),
            (Value::Null, "openid profile email phone"),
        ] {
            assert_eq!(scope.text_or_default(&stored), expected, "{stored}");
        }
    }

    #[test]
    fn a_connector_is_named_by_its_line() {
        let named = |lines: &str| Settings::read(&json!({"connectors": lines})).names_dingtalk_connector;
        for yes in ["social:dingtalk", "sso:a = A\nsocial:dingtalk = 钉钉", " social:dingtalk= "] {
            assert!(named(yes), "{yes}");
        }
        for no in ["", "social:dingtalk-2", "sso:a = social:dingtalk", "social:dingtalk social:x"] {
            assert!(!named(no), "{no}");
        }
    }

    #[test]
    fn the_secret_is_never_printed() {
        let settings = Settings::read(&stored());
        assert!(format!("{settings:?}").contains("[redacted]"));
        assert!(!format!("{settings:?}").contains("\"secret\""));
    }
}
