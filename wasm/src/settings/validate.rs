//! Decides what of a submitted form is stored.
//!
//! A setting with a problem keeps its stored value. A setting that the manager may not change has no value at all: it is
//! stored elsewhere, where that manager cannot write. A stored secret is kept only for the endpoint and the client that it
//! was stored with. Sanitizing twice changes nothing: WordPress sanitizes an option twice when it is first saved.

use super::row::Row;
use super::stored::{text_in, text_of};
use super::table::{TABLE, row};
use super::text::{app_corp_id, corp_ids};
use super::{roles, sync};
use crate::protocol::{Manager, Problem, Provider};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The code of the problem that a site's manager submits a setting of the network. It stays as it is.
pub const MANAGED_BY_NETWORK: &str = "setting_managed_by_network";

/// The code of the problem that somebody turns off password login who has signed in no other way yet: they, and everybody
/// else, might be locked out.
pub const PASSWORDS_NEEDED: &str = "password_login_needed";

/// What is stored of submitted settings, and what is wrong with the others.
#[derive(Debug, PartialEq)]
pub struct Sanitized {
    /// A value for each setting that the manager may change.
    pub values: BTreeMap<&'static str, Value>,
    /// One for each setting that stays as it is.
    pub problems: Vec<Problem>,
}

impl Sanitized {
    /// Leaves password login on for somebody who has signed in no other way. `has_signed_in` says whether whoever submits
    /// a form has signed in at a provider; a program has other ways back to the site.
    #[must_use]
    pub fn with_a_way_in(mut self, has_signed_in: Option<bool>, stored: &Value) -> Self {
        let form_login = const { row("form_login") };
        let is_turned_off = form_login.flag(stored) && self.values.get(form_login.name) == Some(&json!(false));
        if is_turned_off && has_signed_in == Some(false) {
            self.values.insert(form_login.name, json!(true));
            self.problems.push(Problem { field: form_login.name, code: PASSWORDS_NEEDED });
        }
        self
    }
}

/// Sanitizes `submitted` for the settings that `manager` may change; `stored` has the values that settings with a problem
/// keep, and `roles` are the site's.
pub fn check(submitted: &Value, manager: Manager, stored: &Value, roles: &[String]) -> Sanitized {
    let mut form = Form { submitted, stored, roles, values: BTreeMap::new(), problems: Vec::new() };
    if manager == Manager::Network {
        let dingtalk = form.dingtalk_credentials();
        form.logto_credentials(dingtalk);
    }
    for row in TABLE {
        if !row.may_be_changed_by(manager) {
            form.refuse_change(row);
        } else if !form.values.contains_key(row.name) {
            form.setting(row);
        }
    }
    Sanitized { values: form.values, problems: form.problems }
}

/// As [`check`], for a form that has some of the settings: the others stay as they are stored, and no problem is told of
/// them, unless they change because of what was submitted.
pub fn check_some(submitted: &Value, manager: Manager, stored: &Value, roles: &[String]) -> Sanitized {
    let mut whole = stored.as_object().cloned().unwrap_or_default();
    for row in TABLE.iter().filter(|row| row.secret) {
        // A stored secret that nobody entered is kept for its owner alone.
        whole.remove(row.name);
    }
    whole.extend(submitted.as_object().cloned().unwrap_or_default());
    let Sanitized { values, mut problems } = check(&Value::Object(whole), manager, stored, roles);
    let changed = |field| values.get(field).is_some_and(|value| text_in(value) != text_of(stored, field));
    problems.retain(|problem| submitted.get(problem.field).is_some() || changed(problem.field));
    Sanitized { values, problems }
}

/// As [`check_some`], with the credentials of a provider gone: nobody signs in there until others are entered.
pub fn disconnect(
    provider: Provider,
    submitted: &Value,
    manager: Manager,
    stored: &Value,
    roles: &[String],
) -> Sanitized {
    let credentials: &[&str] = match provider {
        Provider::Logto => &["endpoint", "issuer", "app_id", "app_secret"],
        Provider::Dingtalk => &["dingtalk_client_id", "dingtalk_client_secret"],
    };
    let mut others = stored.as_object().cloned().unwrap_or_default();
    others.retain(|name, _| !credentials.contains(&name.as_str()));
    check_some(submitted, manager, &Value::Object(others), roles)
}

struct Form<'a> {
    submitted: &'a Value,
    stored: &'a Value,
    roles: &'a [String],
    values: BTreeMap<&'static str, Value>,
    problems: Vec<Problem>,
}

impl Form<'_> {
    /// A setting of the network, submitted on a site. Submitting what applies already changes nothing, and an empty secret
    /// is one that was not entered.
    fn refuse_change(&mut self, row: &'static Row) {
        let applies = row.sanitize(self.stored.get(row.name).unwrap_or(&Value::Null));
        let unchanged = |given: &Value| row.sanitize(given) == applies || row.secret && text_in(given).is_empty();
        if self.submitted.get(row.name).is_some_and(|given| !unchanged(given)) {
            self.problems.push(Problem { field: row.name, code: MANAGED_BY_NETWORK });
        }
    }

    /// One setting by its row, with what depends on other settings or on the site.
    fn setting(&mut self, row: &'static Row) {
        match row.name {
            "dingtalk_app_corp_id" => {
                let listed = self.values.get("dingtalk_corp_ids").and_then(Value::as_str).unwrap_or_default();
                let listed = corp_ids(listed).unwrap_or_default();
                self.sanitize(row, |given| {
                    let sanitized = row.sanitize(given)?;
                    app_corp_id(sanitized.as_str().unwrap_or_default(), &listed).map(|id| json!(id))
                });
            }
            "default_role" => self.default_role(row),
            "role_map" => self.role_map(row),
            // A template is required only by its strategy. Otherwise it may be empty.
            "username_template" if self.is_empty(row.name) && !self.is("username_strategy", "template") => {
                self.clear(&[row.name]);
            }
            name if name.starts_with("sync_") => {
                let default = sync::default(self.submitted, row).word();
                self.sanitize(
                    row,
                    |given| if text_in(given).is_empty() { Ok(json!(default)) } else { row.sanitize(given) },
                );
            }
            _ => self.plain(row),
        }
    }

    /// Direct DingTalk sign-in, which a Client ID turns on. Whether it is on.
    fn dingtalk_credentials(&mut self) -> bool {
        if !self.is_empty("dingtalk_client_id") {
            self.plain(const { row("dingtalk_client_id") });
            self.secret(const { row("dingtalk_client_secret") }, const { &[row("dingtalk_client_id")] });
        }
        if self.is_unset("dingtalk_client_id") {
            self.clear(&["dingtalk_client_id", "dingtalk_client_secret"]);
        }
        !self.is_unset("dingtalk_client_id")
    }

    /// The tenant, which a site with DingTalk alone may leave out; its secret goes with it. Another issuer takes the place
    /// of the endpoint, which may be empty then.
    fn logto_credentials(&mut self, dingtalk: bool) {
        self.plain(const { row("issuer") });
        let is_tenant = self.is_unset("issuer");
        if !(dingtalk && is_tenant && self.is_empty("endpoint") && self.is_empty("app_id")) {
            if is_tenant || !self.is_empty("endpoint") {
                self.plain(const { row("endpoint") });
            } else {
                self.clear(&["endpoint"]);
            }
            self.plain(const { row("app_id") });
            let owners: &[&'static Row] = if is_tenant {
                const { &[row("endpoint"), row("app_id"), row("issuer")] }
            } else {
                const { &[row("app_id"), row("issuer")] }
            };
            self.secret(const { row("app_secret") }, owners);
        }
        if dingtalk && self.is_unset("endpoint") && self.is_unset("app_id") {
            self.clear(&["endpoint", "app_id", "app_secret"]);
        }
    }

    /// The page never shows a saved secret, so an empty field means the stored one, but only while it goes where it went
    /// before: each of its `owners` still has the value that it was stored with. A new endpoint never receives the
    /// secret of the old one.
    fn secret(&mut self, row: &'static Row, owners: &[&'static Row]) {
        if !self.is_empty(row.name) {
            self.plain(row);
        } else if owners.iter().all(|owner| self.is_as_stored(owner)) {
            self.keep(row, |given| row.sanitize(given));
        } else {
            self.clear(&[row.name]);
            if !row.text(self.stored).is_empty() {
                self.problems.push(Problem { field: row.name, code: "secret_cleared" });
            }
        }
        if self.is_unset(row.name) && !self.problems.iter().any(|problem| problem.field == row.name) {
            self.problems.extend(row.sanitize(&Value::Null).err().map(|code| Problem { field: row.name, code }));
        }
    }

    fn default_role(&mut self, row: &'static Row) {
        let roles = self.roles;
        self.sanitize(row, |given| {
            let role = row.sanitize(given)?;
            if role == "" || has_role(roles, role.as_str().unwrap_or_default()) {
                Ok(role)
            } else {
                Err("role_unknown")
            }
        });
    }

    fn role_map(&mut self, row: &'static Row) {
        let roles = self.roles;
        // The plugin that a role belongs to may be inactive for a while: its rows stay.
        let stored = roles::rows(&row.text(self.stored)).unwrap_or_default();
        let submitted = json!(role_lines(self.submitted));
        self.sanitize_value(row, &submitted, |given| {
            let sanitized = row.sanitize(given)?;
            let rows = roles::rows(sanitized.as_str().unwrap_or_default())?;
            let known = rows.iter().all(|row| has_role(roles, &row.role) || stored.contains(row));
            if known { Ok(sanitized) } else { Err("role_unknown") }
        });
    }

    /// A setting that depends on nothing but its row.
    fn plain(&mut self, row: &'static Row) {
        self.sanitize(row, |given| row.sanitize(given));
    }

    fn sanitize(&mut self, row: &'static Row, rule: impl Fn(&Value) -> Result<Value, &'static str>) {
        self.sanitize_value(row, self.submitted.get(row.name).unwrap_or(&Value::Null), rule);
    }

    fn sanitize_value(
        &mut self,
        row: &'static Row,
        given: &Value,
        rule: impl Fn(&Value) -> Result<Value, &'static str>,
    ) {
        match rule(given) {
            Ok(value) => {
                self.values.insert(row.name, value);
            }
            Err(code) => {
                self.problems.push(Problem { field: row.name, code });
                self.keep(row, rule);
            }
        }
    }

    /// Keeps the stored value if it passes the rule. Otherwise the setting becomes what an empty field means.
    fn keep(&mut self, row: &'static Row, rule: impl Fn(&Value) -> Result<Value, &'static str>) {
        let stored = rule(self.stored.get(row.name).unwrap_or(&Value::Null));
        let value = stored.or_else(|_| rule(&Value::Null)).unwrap_or_else(|_| json!(""));
        self.values.insert(row.name, value);
    }

    /// Empties settings that are not used.
    fn clear(&mut self, names: &[&'static str]) {
        self.values.extend(names.iter().map(|name| (*name, json!(""))));
    }

    /// Whether a sanitized setting has the value that is stored, in whatever form.
    fn is_as_stored(&self, row: &Row) -> bool {
        let stored = row.sanitize(self.stored.get(row.name).unwrap_or(&Value::Null));
        stored.is_ok_and(|stored| self.values.get(row.name) == Some(&stored))
    }

    /// Whether a sanitized setting has this value.
    fn is(&self, name: &str, value: &str) -> bool {
        self.values.get(name).is_some_and(|known| known == value)
    }

    /// Whether a sanitized setting is empty.
    fn is_unset(&self, name: &str) -> bool {
        self.values.get(name).is_none_or(|value| value == "")
    }

    /// Whether a setting was submitted empty, or not at all.
    fn is_empty(&self, name: &str) -> bool {
        text_of(self.submitted, name).is_empty()
    }
}

/// Whether the site has the role. A caller that names no roles cannot be asked; nobody is given a role that does not
/// exist.
fn has_role(roles: &[String], role: &str) -> bool {
    roles.is_empty() || roles.iter().any(|known| known == role)
}

/// The mapping as lines: a form sends rows with the members `logto` and `wordpress`, the empty row at the end included.
/// What comes after the longest mapping is left out: it is refused for its length already.
fn role_lines(submitted: &Value) -> String {
    let Some(Value::Array(rows)) = submitted.get("role_map") else { return text_of(submitted, "role_map") };
    let line = |row: &Value| match (text_of(row, "logto"), text_of(row, "wordpress")) {
        (logto, _) if logto.is_empty() => None,
        (logto, wordpress) => Some(format!("{logto} = {wordpress}").replace(['\r', '\n'], " ")),
    };
    let mut lines = String::new();
    for line in rows.iter().filter_map(line) {
        lines.push_str(&line);
        lines.push('\n');
        if lines.len() > roles::MAX_BYTES {
            break;
        }
    }
    lines
}

#[cfg(test)]
mod tests;
