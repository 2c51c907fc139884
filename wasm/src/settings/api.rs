//! The REST API: whose access tokens it takes, and what they allow.

use super::scopes::{ScopeRow, rows};
use super::table::row;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The capability of every user.
const READ: &str = "read";

/// What a request with an access token runs on.
#[derive(Debug)]
pub struct Api {
    /// The API's identifier: the audience of its tokens. Empty: no token is taken.
    pub resource: String,
    /// The username of the user for whom clients call; empty: none do.
    pub m2m_user: String,
    scopes: Vec<ScopeRow>,
}

impl Api {
    pub(super) fn read(stored: &Value) -> Self {
        Self {
            resource: const { row("api_resource") }.text_or_default(stored),
            m2m_user: const { row("api_m2m_user") }.text_or_default(stored),
            scopes: rows(&const { row("api_scopes") }.text(stored)).unwrap_or_default(),
        }
    }

    /// Every scope that allows something, in the admin's order.
    pub fn scope(&self) -> String {
        let mut words: Vec<&str> = Vec::new();
        for row in &self.scopes {
            if !words.contains(&row.scope.as_str()) {
                words.push(&row.scope);
            }
        }
        words.join(" ")
    }

    /// The capabilities that scopes allow.
    pub fn capabilities(&self, scopes: &[String]) -> BTreeSet<String> {
        let rows = self.scopes.iter().filter(|row| scopes.contains(&row.scope));
        rows.flat_map(|row| row.capabilities.iter().cloned()).collect()
    }

    /// The capabilities that only other scopes allow, each with those scopes.
    pub fn other_capabilities(&self, allowed: &BTreeSet<String>) -> BTreeMap<String, String> {
        let mut others: BTreeMap<String, String> = BTreeMap::new();
        for row in &self.scopes {
            for capability in row.capabilities.iter().filter(|name| !allowed.contains(*name)) {
                let scopes = others.entry(capability.clone()).or_default();
                if !scopes.split(' ').any(|word| word == row.scope) {
                    let space = if scopes.is_empty() { "" } else { " " };
                    *scopes = format!("{scopes}{space}{}", row.scope);
                }
            }
        }
        others
    }
}

/// Whether capabilities allow nothing but reading.
pub fn only_read(capabilities: &BTreeSet<String>) -> bool {
    capabilities.iter().all(|name| name == READ || name.starts_with("read_"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scopes_add_up_and_what_is_not_mapped_allows_nothing() {
        let api =
            Api::read(&json!({"api_scopes": "read = read\nwrite = read, edit_posts\nedit = edit_posts, upload_files"}));
        let allowed =
            |words: &[&str]| api.capabilities(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());

        assert_eq!(api.scope(), "read write edit");
        assert_eq!(allowed(&["admin", "READ"]), BTreeSet::new());
        let read = allowed(&["read"]);
        assert!(only_read(&read) && !only_read(&allowed(&["write"])));
        let others =
            [("edit_posts".to_owned(), "write edit".to_owned()), ("upload_files".to_owned(), "edit".to_owned())];
        assert_eq!(api.other_capabilities(&read), BTreeMap::from(others));
    }

    #[test]
    fn an_unreadable_mapping_allows_nothing() {
        let api = Api::read(&json!({"api_scopes": "read = read\nbroken", "api_resource": "not a URI"}));
        assert!(api.capabilities(&["read".to_owned()]).is_empty() && api.resource.is_empty());
    }
}
