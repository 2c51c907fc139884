//! The fields about accounts.

use super::Form;
use crate::settings::roles::{RoleRow, rows};
use crate::settings::sync::{FIELDS, Policy, default};
use crate::settings::{email_domains, lines, sites, text_of, usernames};
use serde_json::{Value, json};

impl Form<'_> {
    pub(super) fn accounts(&mut self) {
        for (field, default) in [
            ("require_verified_email", false),
            ("link_by_email", false),
            ("pending_approval", false),
            ("join_site", true),
            ("avatar", false),
        ] {
            self.flag(field, default);
        }
        self.clean("provisioning", |word| choice(word, &["on", "off", "allow_list"]));
        self.clean("allow_email_domains", |text| email_domains(text).map(|domains| domains.join("\n")));
        for field in ["required_organizations", "allow_organizations", "allow_roles"] {
            self.clean(field, |text| lines(text, "list_invalid").map(|entries| entries.join("\n")));
        }
        self.clean("site_map", |text| {
            let lines = sites(text)?.into_iter().map(|(organization, site)| format!("{organization} = {site}"));
            Ok(lines.collect::<Vec<_>>().join("\n"))
        });
        self.roles();
        self.usernames();
        for (setting, _) in FIELDS {
            let usual = default(self.submitted, setting);
            self.clean(setting, |word| match word {
                "" => Ok(usual.word().to_owned()),
                word => Policy::parse(word).map(|policy| policy.word().to_owned()).ok_or("choice_unknown"),
            });
        }
    }

    fn roles(&mut self) {
        let roles = self.roles;
        // A caller that names no role cannot be asked; a sign-in gives nobody a role that does not exist.
        let exists = |role: &str| roles.is_empty() || roles.iter().any(|known| known == role);
        // The plugin that a role belongs to may be off for a while: its rows stay.
        let kept = rows(&text_of(self.stored, "role_map")).unwrap_or_default();
        self.clean("default_role", |role| match role {
            "" => Ok(String::new()),
            role if exists(role) => Ok(role.to_owned()),
            _ => Err("role_unknown"),
        });
        self.clean("role_map_mode", |word| choice(word, &["first", "all"]));
        self.clean_text("role_map", &role_lines(self.submitted), |text| {
            let rows = rows(text)?;
            if rows.iter().any(|row| !exists(&row.role) && !kept.contains(row)) {
                return Err("role_unknown");
            }
            Ok(rows.iter().map(RoleRow::line).collect::<Vec<_>>().join("\n"))
        });
    }

    /// A template is asked for only by its strategy, and otherwise kept only if it is one.
    fn usernames(&mut self) {
        self.clean("username_strategy", usernames::strategy);
        let wanted = self.values.get("username_strategy") == Some(&json!("template"));
        if wanted || !self.is_empty("username_template") {
            self.clean("username_template", usernames::template);
        } else {
            self.values.insert("username_template", json!(""));
        }
    }
}

/// One of `words`; the first when nothing was chosen.
fn choice(word: &str, words: &[&str]) -> Result<String, &'static str> {
    let chosen =
        if word.is_empty() { words.first().copied() } else { words.iter().copied().find(|known| *known == word) };
    chosen.map(str::to_owned).ok_or("choice_unknown")
}

/// The mapping as lines: a form sends rows with the members `logto` and `wordpress`, the empty row at the end included.
fn role_lines(submitted: &Value) -> String {
    let Some(Value::Array(rows)) = submitted.get("role_map") else { return text_of(submitted, "role_map") };
    let line = |row: &Value| match (text_of(row, "logto"), text_of(row, "wordpress")) {
        (logto, _) if logto.is_empty() => None,
        (logto, wordpress) => Some(format!("{logto} = {wordpress}").replace(['\r', '\n'], " ")),
    };
    rows.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::{Problem, check};
    use crate::protocol::Outcome;
    use serde_json::{Value, json};

    fn cleaned(submitted: &Value, stored: &Value) -> (Value, Vec<Problem>) {
        let mut whole = json!({"endpoint": "https://t.logto.app", "app_id": "app", "app_secret": "s3cret"});
        for (field, value) in submitted.as_object().expect("fields") {
            whole[field] = value.clone();
        }
        match check(&whole, stored, &["administrator".to_owned(), "editor".to_owned()]) {
            Outcome::Settings { values, problems } => (json!(values), problems),
            other => panic!("not settings: {other:?}"),
        }
    }

    #[test]
    fn each_problem_has_its_code() {
        for (field, value, code) in [
            ("provisioning", json!("invited"), "choice_unknown"),
            ("allow_email_domains", json!("localhost"), "allow_email_domains_invalid"),
            ("required_organizations", json!("a\u{7}b"), "list_invalid"),
            ("default_role", json!("king"), "role_unknown"),
            ("role_map", json!("boss = king"), "role_unknown"),
            ("role_map", json!("boss"), "role_map_invalid"),
            ("role_map", json!([{"logto": "boss", "wordpress": ""}]), "role_map_invalid"),
            ("role_map_mode", json!("last"), "choice_unknown"),
            ("site_map", json!("o1 = here"), "site_map_invalid"),
            ("username_strategy", json!("random"), "username_strategy_unknown"),
            ("username_template", json!("{sub}"), "username_template_invalid"),
            ("sync_email", json!("sometimes"), "choice_unknown"),
        ] {
            let (_, problems) = cleaned(&json!({field: value}), &Value::Null);
            assert_eq!(problems, [Problem { field, code }], "{field}: {value}");
        }
    }

    #[test]
    fn rows_of_a_form_become_lines_and_stay_so() {
        let rows = json!([
            {"logto": " boss ", "wordpress": "administrator"}, {"logto": "", "wordpress": "editor"},
            {"logto": "org:o1:member", "wordpress": "editor"}, 7,
        ]);
        let (once, problems) = cleaned(&json!({"role_map": rows}), &Value::Null);
        assert_eq!(problems, []);
        assert_eq!(once["role_map"], "boss = administrator\norg:o1:member = editor");
        assert_eq!(cleaned(&once, &once).0, once);
    }

    #[test]
    fn a_mapping_with_a_problem_stays_as_it_was() {
        let (values, _) = cleaned(&json!({"role_map": "boss = king"}), &json!({"role_map": "boss=editor"}));
        assert_eq!(values["role_map"], "boss = editor");
    }

    #[test]
    fn one_box_for_all_fields_becomes_a_choice_for_each() {
        let (values, problems) = cleaned(&json!({"sync_profile": "0", "sync_email": "always"}), &Value::Null);
        assert_eq!(problems, []);
        assert_eq!(values["sync_display_name"], "first");
        assert_eq!(values["sync_email"], "always");
        assert_eq!(values.get("sync_profile"), None);
    }

    #[test]
    fn a_template_is_needed_only_by_its_strategy() {
        let (values, problems) = cleaned(&json!({"username_strategy": "template"}), &Value::Null);
        assert_eq!(problems, [Problem { field: "username_template", code: "username_template_invalid" }]);
        assert_eq!(values["username_template"], "");
        assert_eq!(cleaned(&json!({"username_strategy": "smart"}), &Value::Null).1, []);
    }
}
