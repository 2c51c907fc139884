//! The one settings table: every field of the WordPress option `logto_sign_in`.
//!
//! | field | type | default | meaning |
//! |---|---|---|---|
//! | `endpoint` | URL | – | the Logto endpoint; the issuer is `<endpoint>/oidc` |
//! | `app_id` | text | – | `client_id` (RFC 6749 §2.2) |
//! | `app_secret` | text | – | `client_secret` (RFC 6749 §2.3.1) |
//! | `scope` | words | `openid profile email phone` | `scope` (RFC 6749 §3.3); `openid` is always there |
//! | `extra_params` | lines `name=value` | – | more authorization parameters; never a protocol parameter |
//! | `remember_session` | bool | true | the WordPress session outlives the browser |
//! | `connectors` | lines `connector` or `connector = label` | – | buttons that lead straight to a connector of the tenant |
//! | `form_login` | bool | true | WordPress's own password form stays available |
//! | `require_verified_email` | bool | false | refuse who has no verified e-mail address |
//! | `required_organizations` | lines | – | refuse who is in none of these organisations |
//! | `link_by_email` | bool | false | a verified e-mail address selects an account that may not administer |
//! | `provisioning` | `on`, `off`, `allow_list` | `on` | who gets a new account |
//! | `allow_email_domains`, `allow_organizations`, `allow_roles` | lines | – | the allow-list |
//! | `pending_approval` | bool | false | a new account waits for an admin |
//! | `default_role` | role | WordPress's | role of who gets none by the mapping |
//! | `role_map` | lines `Logto role = WordPress role` | – | see [`roles`]; `org:<id>:<role>` is an organisation's |
//! | `role_map_mode` | `first`, `all` | `first` | whether the first row that fits counts, or every one |
//! | `site_map` | lines `organisation = site number` | – | on a network: who becomes a member where |
//! | `join_site` | bool | true | on a network: who signs in to a site joins it |
//! | `sync_…` | `never`, `first`, `always` | `always` | when a profile field is written; see [`sync`] |
//! | `avatar` | bool | false | the provider's picture is the avatar; WordPress's affair alone |
//! | `username_strategy` | `smart`, `email`, `username`, `template` | `smart` | what a new user is called |
//! | `username_template` | text with `{…}` | – | see [`usernames`] |
//! | `dingtalk_client_id` | text | – | Client ID of the DingTalk application; with it DingTalk is on |
//! | `dingtalk_client_secret` | text | – | its Client Secret |
//! | `dingtalk_scope` | `openid`, `openid corpid` | `openid` | whether DingTalk tells the visitor's organisation |
//! | `dingtalk_corp_ids` | words | – | organisations that may sign in; none: every one |
//! | `dingtalk_app_corp_id` | `corpId` | – | whose application it is; with it, visitors sign in inside the DingTalk app |
//! | `dingtalk_origin` | loopback URL | – | a stand-in for DingTalk on this machine, for tests |
//!
//! Stored options are read leniently (`"1"`, `1` and `true` are all true): an import or WP-CLI may
//! have written another scalar type, and a sign-in must not fail on that.

mod accounts;
pub mod check;
mod connectors;
mod dingtalk;
mod logto;
pub mod logto_plugin;
pub mod roles;
pub mod sync;
mod text;
pub mod usernames;

use crate::codes::{ErrorCode, Refused};
use serde_json::Value;
use url::Url;

pub use accounts::{Accounts, AllowList, Provisioning};
pub use connectors::{connectors, is_direct_sign_in};
pub use dingtalk::Dingtalk;
pub use logto::Logto;
pub use roles::{ClaimedRole, RoleMap};
pub use text::{
    app_corp_id, corp_ids, dingtalk_scope, email_domains, endpoint, extra_params, issuer, lines, scope, sites,
};
pub use usernames::Usernames;

/// What scopes are asked for when the admin names none.
pub const DEFAULT_SCOPE: &str = "openid profile email phone";

/// The settings that a sign-in runs on: each provider's, and those of every account.
#[derive(Debug)]
pub struct Settings {
    logto: Result<Logto, Refused>,
    dingtalk: Result<Dingtalk, Refused>,
    /// Who gets an account, and what it is like.
    pub accounts: Accounts,
    /// Whether a button leads straight to the tenant's own DingTalk connector.
    pub names_dingtalk_connector: bool,
    /// The WordPress session outlives the browser.
    pub remember_session: bool,
    /// WordPress's own password form is available.
    pub form_login: bool,
}

impl Settings {
    /// Reads the stored option. Whether a provider can be used shows when it is asked for.
    pub fn read(stored: &Value) -> Self {
        let accounts = Accounts::read(stored);
        Self {
            logto: Logto::read(stored, &accounts.scopes()),
            dingtalk: Dingtalk::read(stored),
            accounts,
            names_dingtalk_connector: names(&text_of(stored, "connectors"), "social:dingtalk"),
            remember_session: flag_of(stored, "remember_session", true),
            form_login: flag_of(stored, "form_login", true),
        }
    }

    /// The Logto tenant.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`] when endpoint, App ID or App secret is missing or unusable.
    pub fn logto(&self) -> Result<&Logto, Refused> {
        self.logto.as_ref().map_err(Clone::clone)
    }

    /// DingTalk without a tenant.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`] when Client ID or Client Secret is missing.
    pub fn dingtalk(&self) -> Result<&Dingtalk, Refused> {
        self.dingtalk.as_ref().map_err(Clone::clone)
    }
}

/// That a provider cannot be used, and what the admin has to enter.
fn missing(what: &str) -> Refused {
    Refused::new(ErrorCode::NotConfigured, format_args!("{what} in Logto › Settings"))
}

/// Whether the URL's host is this machine itself (RFC 8252 §8.3, RFC 6761 §6.3).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Whether a line names this connector, with or without `= label`.
fn names(lines: &str, connector: &str) -> bool {
    lines.lines().any(|line| line.split('=').next().is_some_and(|name| name.trim() == connector))
}

/// A text field of whatever scalar type was stored.
fn text_of(stored: &Value, field: &str) -> String {
    match stored.get(field) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// A yes-or-no field of whatever scalar type was stored.
fn flag_of(stored: &Value, field: &str, default: bool) -> bool {
    match stored.get(field) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Number(number)) => number.as_f64().is_some_and(|n| n != 0.0),
        Some(Value::String(word)) => match word.trim().to_ascii_lowercase().as_str() {
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
    use serde_json::json;

    fn stored() -> Value {
        json!({"endpoint": "https://tenant.example", "app_id": "app", "app_secret": "secret"})
    }

    #[test]
    fn three_fields_suffice() {
        let settings = Settings::read(&stored());
        let logto = settings.logto().expect("ready");
        assert_eq!(logto.issuer, "https://tenant.example/oidc");
        assert_eq!(logto.scope, DEFAULT_SCOPE);
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
        assert_eq!(logto.scope, DEFAULT_SCOPE);
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

    #[test]
    fn loopback_is_the_host_itself_and_nothing_like_it() {
        for yes in
            ["http://127.0.0.1:3001", "http://127.9.9.9", "http://[::1]", "http://localhost:1", "http://a.localhost"]
        {
            assert!(is_loopback(&Url::parse(yes).expect(yes)), "{yes}");
        }
        for no in ["http://127.0.0.1.example", "http://localhost.example", "http://10.0.0.1", "http://notlocalhost"] {
            assert!(!is_loopback(&Url::parse(no).expect(no)), "{no}");
        }
    }
}
