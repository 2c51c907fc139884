//! Who gets an account, and what it is like.

use super::meta::{self, MetaRow};
use super::roles::RoleMap;
use super::row::Row;
use super::sync::ProfileSync;
use super::table::{row, synced_fields};
use super::text::{connector_targets, email_domains, lines, sites};
use super::usernames::Usernames;
use serde_json::Value;

/// The scope under which Logto names a visitor's social accounts.
pub const IDENTITIES: &str = "identities";
/// An organization of which nobody is a member.
const NOBODY: &str = "\0";

/// What accounts are made of.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box that the admin ticks")]
pub struct Accounts {
    /// Refuse who has no verified email address.
    pub require_verified_email: bool,
    /// Social connectors whose email addresses count as proven.
    pub trusted_email_connectors: Vec<String>,
    /// A link mailed to the address of an existing account connects it, unless it is privileged or linked.
    pub link_by_email: bool,
    /// Who gets a new account.
    pub provisioning: Provisioning,
    /// Refuse who is in none of these organizations; empty: nobody.
    pub required_organizations: Vec<String>,
    /// A new account waits for an admin.
    pub pending_approval: bool,
    /// Role of a new user whom no mapping gives one; empty: WordPress's own default.
    pub default_role: String,
    /// Which role of Logto gives which of WordPress.
    pub roles: RoleMap,
    /// Which organization makes a member of which site of the network.
    pub sites: Vec<(String, u64)>,
    /// Users of the network join the site that they sign in to.
    pub join_site: bool,
    /// Days for which a provider's word counts without being repeated; 0: always.
    pub grant_days: u64,
    /// Which profile fields follow the provider.
    pub sync: ProfileSync,
    /// What a new user is called.
    pub usernames: Usernames,
    /// Which claim is written to which user meta.
    pub meta: Vec<MetaRow>,
}

/// Who gets a new account.
#[derive(Debug, PartialEq, Eq)]
pub enum Provisioning {
    /// Everybody who is admitted.
    On,
    /// Nobody: accounts are made in WordPress and linked.
    Off,
    /// Who is on one of the lists; empty lists admit nobody.
    AllowList(AllowList),
}

/// Whom an allow-list admits: who has one of these.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct AllowList {
    /// Domains of verified email addresses, in lower case.
    pub email_domains: Vec<String>,
    /// Organization IDs.
    pub organizations: Vec<String>,
    /// Names of Logto roles.
    pub roles: Vec<String>,
}

impl Accounts {
    pub(super) fn read(stored: &Value) -> Self {
        let provisioning = match const { row("provisioning") }.text(stored).as_str() {
            "" | "on" => Provisioning::On,
            "allow_list" => Provisioning::AllowList(AllowList {
                email_domains: email_domains(&const { row("allow_email_domains") }.text(stored)).unwrap_or_default(),
                organizations: lines(&const { row("allow_organizations") }.text(stored), "").unwrap_or_default(),
                roles: lines(&const { row("allow_roles") }.text(stored), "").unwrap_or_default(),
            }),
            // A word of another version may have meant any restriction.
            _ => Provisioning::Off,
        };
        Self {
            require_verified_email: const { row("require_verified_email") }.flag(stored),
            trusted_email_connectors: connector_targets(&const { row("trusted_email_connectors") }.text(stored))
                .unwrap_or_default(),
            link_by_email: const { row("link_by_email") }.flag(stored),
            provisioning,
            required_organizations: restriction(stored, const { row("required_organizations") }),
            pending_approval: const { row("pending_approval") }.flag(stored),
            default_role: const { row("default_role") }.text(stored),
            roles: RoleMap::parse(
                &const { row("role_map") }.text(stored),
                &const { row("role_map_mode") }.text(stored),
            ),
            sites: sites(&const { row("site_map") }.text(stored)).unwrap_or_default(),
            join_site: const { row("join_site") }.flag(stored),
            grant_days: const { row("grant_days") }.text_or_default(stored).parse().unwrap_or(30),
            sync: ProfileSync::read(stored, synced_fields()),
            usernames: Usernames::parse(
                &const { row("username_strategy") }.text(stored),
                &const { row("username_template") }.text(stored),
            ),
            meta: meta::rows(&const { row("meta_map") }.text(stored)).unwrap_or_default(),
        }
    }

    /// The scopes without which Logto would not say what these settings ask about.
    pub(super) fn scopes(&self) -> Vec<&'static str> {
        let lists = match &self.provisioning {
            Provisioning::AllowList(lists) => Some(lists),
            Provisioning::On | Provisioning::Off => None,
        };
        let roles = self.roles.asks_for_roles() || lists.is_some_and(|lists| !lists.roles.is_empty());
        let organizations = !self.required_organizations.is_empty()
            || !self.sites.is_empty()
            || lists.is_some_and(|lists| !lists.organizations.is_empty());
        // Logto names the origin of an address under this scope alone.
        let origin_of_email = self.require_verified_email
            || self.link_by_email
            || lists.is_some_and(|lists| !lists.email_domains.is_empty());
        let mut scopes: Vec<_> = [
            (origin_of_email, IDENTITIES),
            (roles, "roles"),
            (organizations, "urn:logto:scope:organizations"),
            (self.roles.asks_for_organization_roles(), "urn:logto:scope:organization_roles"),
        ]
        .into_iter()
        .filter_map(|(wanted, scope)| wanted.then_some(scope))
        .collect();
        for scope in self.meta.iter().filter_map(|row| scope_of(row.root())) {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        scopes
    }
}

/// The scope under which a provider tells a claim (OpenID Connect Core §5.4, and Logto's own scopes).
fn scope_of(claim: &str) -> Option<&'static str> {
    match claim {
        "address" => Some("address"),
        "birthdate" | "created_at" | "family_name" | "gender" | "given_name" | "locale" | "middle_name" | "name"
        | "nickname" | "picture" | "preferred_username" | "profile" | "updated_at" | "username" | "website"
        | "zoneinfo" => Some("profile"),
        "custom_data" => Some("custom_data"),
        "email" | "email_verified" => Some("email"),
        "identities" | "sso_identities" => Some(IDENTITIES),
        "organization_data" | "organizations" => Some("urn:logto:scope:organizations"),
        "organization_roles" => Some("urn:logto:scope:organization_roles"),
        "phone_number" | "phone_number_verified" => Some("phone"),
        "roles" => Some("roles"),
        _ => None,
    }
}

/// A list that restricts when there is one: an unreadable list admits nobody.
fn restriction(stored: &Value, row: &Row) -> Vec<String> {
    match stored.get(row.name) {
        Some(Value::Array(_) | Value::Object(_)) => vec![NOBODY.to_owned()],
        _ => lines(&row.text(stored), "").unwrap_or_else(|_| vec![NOBODY.to_owned()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_stored_admits_everybody_and_links_nobody_by_email() {
        let accounts = Accounts::read(&Value::Null);
        assert_eq!(accounts.provisioning, Provisioning::On);
        assert!(!accounts.link_by_email && !accounts.pending_approval && accounts.join_site);
        assert_eq!(accounts.scopes(), [""; 0]);
    }

    #[test]
    fn a_word_of_another_version_admits_nobody() {
        assert_eq!(Accounts::read(&json!({"provisioning": "invited"})).provisioning, Provisioning::Off);
    }

    #[test]
    fn an_unreadable_restriction_admits_nobody() {
        for stored in [json!(["o1"]), json!({"o1": true}), json!("o\u{7}1")] {
            let accounts = Accounts::read(&json!({"required_organizations": stored}));
            assert_eq!(accounts.required_organizations, [NOBODY], "{stored}");
        }
        assert_eq!(Accounts::read(&json!({"required_organizations": null})).required_organizations, [""; 0]);
    }

    #[test]
    fn an_allow_list_without_a_list_admits_nobody() {
        let accounts = Accounts::read(&json!({"provisioning": "allow_list"}));
        assert_eq!(accounts.provisioning, Provisioning::AllowList(AllowList::default()));
    }

    #[test]
    fn what_is_asked_about_is_asked_for() {
        for (stored, scope) in [
            (json!({"require_verified_email": true}), "identities"),
            (json!({"link_by_email": true}), "identities"),
            (json!({"provisioning": "allow_list", "allow_email_domains": "example.com"}), "identities"),
            (json!({"role_map": "editor = editor"}), "roles"),
            (json!({"provisioning": "allow_list", "allow_roles": "staff"}), "roles"),
            (json!({"role_map": "org:o1:member = author"}), "urn:logto:scope:organization_roles"),
            (json!({"required_organizations": "o1"}), "urn:logto:scope:organizations"),
            (json!({"provisioning": "allow_list", "allow_organizations": "o1"}), "urn:logto:scope:organizations"),
            (json!({"site_map": "o1 = 2"}), "urn:logto:scope:organizations"),
            (json!({"meta_map": "custom_data.department = department\ncustom_data.team = team"}), "custom_data"),
            (json!({"meta_map": "address.country = country"}), "address"),
        ] {
            assert_eq!(Accounts::read(&stored).scopes(), [scope], "{stored}");
        }
    }
}
