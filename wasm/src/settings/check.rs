//! Cleaning what an admin submitted.
//!
//! A field with a problem keeps what was stored. Cleaning what was cleaned changes nothing:
//! WordPress sanitises an option twice when it is first saved.

mod accounts;

use super::{app_corp_id, connectors, corp_ids, dingtalk_scope, endpoint, extra_params, flag_of, scope, text_of};
use crate::protocol::{Outcome, Problem};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every code that a problem can have.
pub const PROBLEMS: &[&str] = &[
    "endpoint_missing",
    "endpoint_invalid",
    "endpoint_not_https",
    "app_id_missing",
    "app_secret_missing",
    "scope_invalid",
    "extra_params_invalid",
    "extra_params_reserved",
    "allow_email_domains_invalid",
    "list_invalid",
    "choice_unknown",
    "role_map_invalid",
    "role_unknown",
    "site_map_invalid",
    "connectors_invalid",
    "username_strategy_unknown",
    "username_template_invalid",
    "dingtalk_client_id_missing",
    "dingtalk_client_secret_missing",
    "dingtalk_scope_unknown",
    "dingtalk_corp_ids_invalid",
    "dingtalk_app_corp_id_invalid",
    "links_tenant_unknown",
    "role_mapping_invalid",
    "setting_unknown",
];

/// Longest App ID or App secret, in bytes.
const LONGEST: usize = 1024;

/// Cleans `submitted`; `stored` is what a field with a problem keeps, and `roles` are those that exist on the site.
pub fn check(submitted: &Value, stored: &Value, roles: &[String]) -> Outcome {
    let (values, problems) = clean(submitted, stored, roles);
    Outcome::Settings { values, problems }
}

/// The values that can be stored, and what is wrong with the others.
pub(super) fn clean(
    submitted: &Value,
    stored: &Value,
    roles: &[String],
) -> (BTreeMap<&'static str, Value>, Vec<Problem>) {
    let mut form = Form { submitted, stored, roles, values: BTreeMap::new(), problems: Vec::new() };
    let dingtalk = form.dingtalk();
    form.logto(dingtalk);
    form.clean("scope", scope);
    form.clean("extra_params", |text| {
        let lines = extra_params(text)?.into_iter().map(|(name, value)| format!("{name}={value}"));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    });
    form.clean("connectors", |text| connectors(text).map(|lines| lines.join("\n")));
    form.clean("dingtalk_scope", dingtalk_scope);
    form.clean("dingtalk_corp_ids", |text| corp_ids(text).map(|ids| ids.join("\n")));
    let listed = corp_ids(form.values.get("dingtalk_corp_ids").and_then(Value::as_str).unwrap_or_default());
    let listed = listed.unwrap_or_default();
    form.clean("dingtalk_app_corp_id", |text| app_corp_id(text, &listed));
    form.sessions();
    form.accounts();
    (form.values, form.problems)
}

/// The endpoint in the one form in which it is kept.
pub(super) fn endpoint_text(text: &str) -> Result<String, &'static str> {
    endpoint(text).map(|url| url.as_str().trim_end_matches('/').to_owned())
}

pub(super) fn app_id(text: &str) -> Result<String, &'static str> {
    word(text, "app_id_missing")
}

pub(super) fn app_secret(text: &str) -> Result<String, &'static str> {
    word(text, "app_secret_missing")
}

struct Form<'a> {
    submitted: &'a Value,
    stored: &'a Value,
    roles: &'a [String],
    values: BTreeMap<&'static str, Value>,
    problems: Vec<Problem>,
}

impl Form<'_> {
    /// The tenant, which a site with DingTalk alone may leave out; its secret goes with it.
    fn logto(&mut self, dingtalk: bool) {
        if !(dingtalk && self.is_empty("endpoint") && self.is_empty("app_id")) {
            self.clean("endpoint", endpoint_text);
            self.clean("app_id", app_id);
            self.secret("app_secret", "app_secret_missing");
        }
        if dingtalk && self.is_unset("endpoint") && self.is_unset("app_id") {
            self.clear(&["endpoint", "app_id", "app_secret"]);
        }
    }

    /// DingTalk, which is on when it has a Client ID.
    fn dingtalk(&mut self) -> bool {
        if !self.is_empty("dingtalk_client_id") {
            self.clean("dingtalk_client_id", |text| word(text, "dingtalk_client_id_missing"));
            self.secret("dingtalk_client_secret", "dingtalk_client_secret_missing");
        }
        if self.is_unset("dingtalk_client_id") {
            self.clear(&["dingtalk_client_id", "dingtalk_client_secret"]);
        }
        !self.is_unset("dingtalk_client_id")
    }

    fn sessions(&mut self) {
        self.flag("remember_session", true);
        self.flag("form_login", true);
    }

    fn flag(&mut self, field: &'static str, default: bool) {
        self.values.insert(field, json!(flag_of(self.submitted, field, default)));
    }

    /// A secret: the page never shows a saved one, so an empty field means "as it is".
    fn secret(&mut self, field: &'static str, missing: &'static str) {
        if self.is_empty(field) {
            self.keep(field, |text| word(text, missing));
        } else {
            self.clean(field, |text| word(text, missing));
        }
        if self.is_unset(field) && !self.problems.iter().any(|problem| problem.field == field) {
            self.problem(field, missing);
        }
    }

    /// Whether nothing is in a field that was cleaned.
    fn is_unset(&self, field: &str) -> bool {
        self.values.get(field).is_none_or(|value| value == "")
    }

    fn is_empty(&self, field: &str) -> bool {
        text_of(self.submitted, field).is_empty()
    }

    /// Empties the fields of a provider that is not used.
    fn clear(&mut self, fields: &[&'static str]) {
        self.values.extend(fields.iter().map(|field| (*field, json!(""))));
    }

    fn clean(&mut self, field: &'static str, rule: impl Fn(&str) -> Result<String, &'static str>) {
        self.clean_text(field, &text_of(self.submitted, field), rule);
    }

    fn clean_text(&mut self, field: &'static str, text: &str, rule: impl Fn(&str) -> Result<String, &'static str>) {
        match rule(text) {
            Ok(text) => {
                self.values.insert(field, json!(text));
            }
            Err(code) => {
                self.problem(field, code);
                self.keep(field, rule);
            }
        }
    }

    /// What was stored, if it can stay; else what an empty field means.
    fn keep(&mut self, field: &'static str, rule: impl Fn(&str) -> Result<String, &'static str>) {
        let kept = rule(&text_of(self.stored, field)).or_else(|_| rule("")).unwrap_or_default();
        self.values.insert(field, json!(kept));
    }

    fn problem(&mut self, field: &'static str, code: &'static str) {
        self.problems.push(Problem { field, code });
    }
}

/// An identifier or secret as the Logto Console gives it: printable ASCII (RFC 6749 appendix A).
fn word(text: &str, missing: &'static str) -> Result<String, &'static str> {
    let fine = !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|b| matches!(b, 0x20..=0x7E));
    fine.then(|| text.to_owned()).ok_or(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(submitted: &Value, stored: &Value) -> (Value, Vec<Problem>) {
        match check(submitted, stored, &[]) {
            Outcome::Settings { values, problems } => (json!(values), problems),
            other => panic!("not settings: {other:?}"),
        }
    }

    fn full() -> Value {
        json!({
            "endpoint": "https://t.logto.app/", "app_id": " app ", "app_secret": "s3cret", "scope": "email",
            "extra_params": "b=2&a=1", "username_strategy": "email", "require_verified_email": "1",
            "remember_session": "", "sync_profile": "on", "form_login": "0",
            "connectors": " social:dingtalk=\r\n\r\nsso:abc123=Company  account"
        })
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        let (once, problems) = cleaned(&full(), &Value::Null);
        assert_eq!(problems, []);
        assert_eq!(once["scope"], "openid email");
        assert_eq!(once["extra_params"], "b=2\na=1");
        assert_eq!(once["connectors"], "social:dingtalk\nsso:abc123 = Company account");
        let (twice, problems) = cleaned(&once, &once);
        assert_eq!(problems, []);
        assert_eq!(once, twice);
        let (first_save, _) = cleaned(&once, &Value::Null);
        assert_eq!(once, first_save);
    }

    #[test]
    fn an_empty_secret_keeps_the_stored_one() {
        let mut submitted = full();
        submitted["app_secret"] = json!("");
        let (values, problems) = cleaned(&submitted, &json!({"app_secret": "stored"}));
        assert_eq!((values["app_secret"].as_str(), problems.len()), (Some("stored"), 0));
    }

    #[test]
    fn a_field_with_a_problem_keeps_what_was_stored() {
        let submitted = json!({"endpoint": "http://t.logto.app", "extra_params": "state=x", "username_strategy": "no", "connectors": "magic:x"});
        let stored = json!({"endpoint": "https://old.example", "app_id": "old", "connectors": "social:old"});
        let (values, problems) = cleaned(&submitted, &stored);
        assert_eq!(values["connectors"], "social:old");
        assert_eq!(values["endpoint"], "https://old.example");
        assert_eq!(values["app_id"], "old");
        let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
        assert_eq!(
            codes,
            [
                "endpoint_not_https",
                "app_id_missing",
                "app_secret_missing",
                "extra_params_reserved",
                "connectors_invalid",
                "username_strategy_unknown"
            ]
        );
    }

    #[test]
    fn dingtalk_alone_needs_no_tenant_and_is_removed_with_its_secret() {
        let submitted = json!({"dingtalk_client_id": "ding1", "dingtalk_client_secret": "s", "dingtalk_scope": "corpid openid",
            "dingtalk_corp_ids": "corp1, corp2 corp1", "dingtalk_app_corp_id": " corp2 "});
        let (values, problems) = cleaned(&submitted, &Value::Null);
        assert_eq!(problems, []);
        assert_eq!(values["dingtalk_scope"], "openid corpid");
        assert_eq!(values["dingtalk_corp_ids"], "corp1\ncorp2");
        assert_eq!(values["dingtalk_app_corp_id"], "corp2");
        let mut removed = full();
        removed["dingtalk_client_id"] = json!("");
        let (values, problems) = cleaned(&removed, &values);
        assert_eq!((values["dingtalk_client_secret"].as_str(), problems.len()), (Some(""), 0));
    }

    #[test]
    fn each_dingtalk_problem_has_its_code() {
        for (field, value, code) in [
            ("dingtalk_client_secret", "", "dingtalk_client_secret_missing"),
            ("dingtalk_client_id", "名", "dingtalk_client_id_missing"),
            ("dingtalk_scope", "everything", "dingtalk_scope_unknown"),
            ("dingtalk_corp_ids", "a;b", "dingtalk_corp_ids_invalid"),
            ("dingtalk_app_corp_id", "corp1 corp2", "dingtalk_app_corp_id_invalid"),
        ] {
            let mut submitted = json!({"dingtalk_client_id": "ding1", "dingtalk_client_secret": "s"});
            submitted[field] = json!(value);
            let (_, problems) = cleaned(&submitted, &Value::Null);
            assert_eq!(problems.first(), Some(&Problem { field, code }));
        }
    }

    #[test]
    fn cleaning_what_had_problems_twice_changes_nothing_either() {
        for submitted in [
            json!({"username_strategy": 7}),
            json!({"dingtalk_client_id": "名", "dingtalk_client_secret": "s"}),
            json!({"dingtalk_client_id": "d", "dingtalk_client_secret": "s", "endpoint": "ftp://x", "app_secret": "s"}),
            json!({"dingtalk_client_id": "d", "dingtalk_client_secret": "s", "app_id": "a", "app_secret": "s"}),
            json!({"dingtalk_corp_ids": "corp1", "dingtalk_app_corp_id": "corp9"}),
        ] {
            let corp = json!({"dingtalk_corp_ids": "corp9", "dingtalk_app_corp_id": "corp9"});
            for stored in [Value::Null, json!({"endpoint": 0, "app_id": [], "dingtalk_client_id": true}), corp] {
                let (once, _) = cleaned(&submitted, &stored);
                let (twice, _) = cleaned(&once, &stored);
                assert_eq!(once, twice, "{submitted} over {stored}");
            }
        }
    }

    #[test]
    fn anything_at_all_is_survived() {
        for submitted in [Value::Null, json!([]), json!("text"), json!(7), json!({"endpoint": {}, "scope": []})] {
            let (values, _) = cleaned(&submitted, &submitted);
            assert_eq!(values["scope"], super::super::DEFAULT_SCOPE);
        }
    }
}
