//! Coming from Logto's own plugin (`logto-io/wordpress`): its option `logto_options` as settings of ours.
//!
//! | there | here |
//! |---|---|
//! | `endpoint`, `appId`, `appSecret` | `endpoint`, `app_id`, `app_secret`: all three or none |
//! | `scope`, default `email roles`; `openid profile` always | `scope`, without `offline_access` |
//! | `extraParams`, a query string | `extra_params`, lines `name=value` |
//! | `requireVerifiedEmail`, default true | `require_verified_email` |
//! | `requireOrganizationId` | `required_organizations` |
//! | `roleMapping`, rows of two | `role_map`, lines `logto role = wordpress role` |
//! | `rememberSession`, default true | `remember_session` |
//! | `syncProfile`, default true | the fields `sync_…`: `always`, else `first` |
//! | `wpFormLogin`: `query`, `disabled` | `form_login` |
//! | `usernameStrategy` | `username_strategy` |
//!
//! What that option lacks is taken as its default there: the site has worked with it. The rules of a submitted form
//! ([`validate`]) hold for all of it, and what has a problem stays as it is here. On a network, only its administrators
//! import, so nothing is left out that belongs to the network.

use super::endpoint::{endpoint, issuer};
use super::row::Row;
use super::stored::{flag_of, text_of};
use super::sync::Policy;
use super::table::{row, synced_fields};
use super::validate::{self, Sanitized};
use crate::crypto::sha256_hex;
use crate::protocol::{Issuer, Manager, Outcome, Problem};
use serde_json::{Value, json};
use url::form_urlencoded;

/// The codes of problems that only an import has.
pub const PROBLEMS: &[&str] = &["links_tenant_unknown", "role_mapping_invalid", "setting_unknown"];

/// What that plugin asks for when nobody has named scopes.
const DEFAULT_SCOPE: &str = "email roles";
/// With `requireOrganizationId`, it asks for this too.
const ORGANIZATIONS_SCOPE: &str = "urn:logto:scope:organizations";

/// The settings that an import would store, over those that are stored, and the issuer of the links.
pub fn import(official: &Value, other_endpoints: &[Value], stored: &Value, roles: &[String]) -> Outcome {
    let mut import = Import { official, fields: Vec::new(), problems: Vec::new() };
    import.connection();
    if official.as_object().is_some_and(|options| !options.is_empty()) {
        import.requests();
        import.accounts();
    }
    let issuer = import.issuer(other_endpoints);
    let Import { mut fields, mut problems, .. } = import;

    let mut submitted = stored.as_object().cloned().unwrap_or_default();
    submitted.extend(fields.iter().map(|(field, value)| ((*field).to_owned(), value.clone())));
    let Sanitized { values, problems: found } =
        validate::check(&Value::Object(submitted), Manager::Network, stored, roles);
    let unknown = fields.iter().filter(|(field, value)| !values.contains_key(field) && value != "");
    let unknown = unknown.map(|(field, _)| Problem { field, code: "setting_unknown" });
    for problem in found.into_iter().chain(unknown.collect::<Vec<_>>()) {
        note(&mut problems, problem);
    }
    fields.retain(|(field, _)| values.contains_key(field) && !problems.iter().any(|problem| problem.field == *field));
    Outcome::SettingsImport { fields: fields.into_iter().map(|(field, _)| field).collect(), values, problems, issuer }
}

/// One problem for each field, the first.
fn note(problems: &mut Vec<Problem>, problem: Problem) {
    if !problems.iter().any(|known| known.field == problem.field) {
        problems.push(problem);
    }
}

struct Import<'a> {
    official: &'a Value,
    fields: Vec<(&'static str, Value)>,
    problems: Vec<Problem>,
}

impl Import<'_> {
    /// Endpoint and credentials belong together: those of one tenant must never be sent to another.
    fn connection(&mut self) {
        const PARTS: [(&Row, &str); 3] =
            [(row("endpoint"), "endpoint"), (row("app_id"), "appId"), (row("app_secret"), "appSecret")];
        let parts = PARTS.map(|(row, name)| (row.name, row.sanitize(&json!(text_of(self.official, name)))));
        let complete = parts.iter().all(|(_, result)| result.is_ok());
        for (field, result) in parts {
            match result {
                Ok(value) if complete => self.take(field, value),
                Ok(_) => {}
                Err(code) => note(&mut self.problems, Problem { field, code }),
            }
        }
    }

    fn requests(&mut self) {
        let organization = text_of(self.official, "requireOrganizationId");
        let scope = match self.official.get("scope") {
            None | Some(Value::Null) => DEFAULT_SCOPE.to_owned(),
            Some(_) => text_of(self.official, "scope"),
        };
        let more = if organization.is_empty() { "" } else { ORGANIZATIONS_SCOPE };
        // No refresh token is ever kept here, so none is asked for.
        let words = scope.split_whitespace().filter(|word| *word != "offline_access");
        let words = ["openid", "profile"].into_iter().chain(words).chain([more]).filter(|word| !word.is_empty());
        self.take("scope", json!(words.collect::<Vec<_>>().join(" ")));
        self.take("required_organizations", json!(organization));
        self.take_if("extra_params", extra_params(&text_of(self.official, "extraParams")));
    }

    fn accounts(&mut self) {
        self.take_if("role_map", role_map(self.official.get("roleMapping").unwrap_or(&Value::Null)));
        let word = |name: &str| text_of(self.official, name).to_ascii_lowercase();
        self.take("username_strategy", json!(word("usernameStrategy")));
        self.take("form_login", json!(word("wpFormLogin") != "disabled"));
        for (field, name) in
            [("require_verified_email", "requireVerifiedEmail"), ("remember_session", "rememberSession")]
        {
            self.take(field, json!(flag_of(self.official, name, true)));
        }
        // Language and website never followed there.
        let policy = if flag_of(self.official, "syncProfile", true) { Policy::Always } else { Policy::First };
        for (row, _) in synced_fields().filter(|(_, field)| !matches!(*field, "locale" | "url")) {
            self.take(row.name, json!(policy.word()));
        }
    }

    /// The links name no issuer: it is the tenant's, if the whole network has one and the same.
    fn issuer(&mut self, other_endpoints: &[Value]) -> Option<Issuer> {
        let issuer_of = |options: &Value| endpoint(&text_of(options, "endpoint")).ok().map(|url| issuer(&url));
        let issuer = issuer_of(self.official)?;
        let others = other_endpoints.iter().map(|value| json!({"endpoint": value}));
        let mut used = others.filter(|options| !text_of(options, "endpoint").is_empty());
        if used.any(|options| issuer_of(&options).as_ref() != Some(&issuer)) {
            note(&mut self.problems, Problem { field: "links", code: "links_tenant_unknown" });
            return None;
        }
        Some(Issuer { issuer_hash: sha256_hex(&issuer), issuer })
    }

    fn take(&mut self, field: &'static str, value: Value) {
        self.fields.push((field, value));
    }

    fn take_if(&mut self, field: &'static str, result: Result<String, &'static str>) {
        match result {
            Ok(text) => self.take(field, json!(text)),
            Err(code) => note(&mut self.problems, Problem { field, code }),
        }
    }
}

/// A query string as lines `name=value`. What a line cannot say is a problem: `%0A` must not become another parameter.
fn extra_params(query: &str) -> Result<String, &'static str> {
    let mut lines = Vec::new();
    for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
        if [&name, &value].iter().any(|part| part.contains(['\r', '\n', '&'])) || name.contains('=') {
            return Err("extra_params_invalid");
        }
        lines.push(format!("{name}={value}"));
    }
    Ok(lines.join("\n"))
}

/// Rows `[logto role, wordpress role]`, or as that plugin's form sends them: `{"keys": […], "values": […]}`. The first
/// row that fits decides, so none may be left out: one that cannot be said spoils all.
fn role_map(rows: &Value) -> Result<String, &'static str> {
    let (keys, values) = (rows.get("keys").map(items), rows.get("values").map(items));
    let pairs = match (keys, values) {
        (Some(keys), Some(values)) if keys.len() == values.len() => keys.into_iter().zip(values).collect(),
        (None, None) => items(rows).into_iter().map(pair).collect::<Result<Vec<_>, _>>()?,
        _ => return Err("role_mapping_invalid"),
    };
    let mut lines = Vec::new();
    for (logto, wordpress) in pairs {
        let [logto, wordpress] = [logto, wordpress].map(|role| text_of(&json!({"role": role}), "role"));
        if logto.is_empty() && wordpress.is_empty() {
            continue;
        }
        let speakable = |role: &str| !role.is_empty() && !role.chars().any(|c| c.is_control() || c == '=');
        if !speakable(&logto) || !speakable(&wordpress) {
            return Err("role_mapping_invalid");
        }
        lines.push(format!("{logto} = {wordpress}"));
    }
    Ok(lines.join("\n"))
}

fn pair(row: &Value) -> Result<(&Value, &Value), &'static str> {
    match items(row).as_slice() {
        [logto, wordpress] => Ok((logto, wordpress)),
        _ => Err("role_mapping_invalid"),
    }
}

/// The items of a list. PHP writes a list that has lost an item as an object.
fn items(list: &Value) -> Vec<&Value> {
    match list {
        Value::Array(items) => items.iter().collect(),
        Value::Object(items) => items.values().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
