//! What a sign-in reads from the stored option.

use super::accounts::{Accounts, IDENTITIES};
use super::api::Api;
use super::dingtalk::Dingtalk;
use super::logto::{Logto, OFFLINE_ACCESS};
use super::sessions;
use super::table::{TABLE, row};
use crate::codes::Refused;
use crate::crypto::secret::Secret;
use serde_json::Value;

/// The settings that a sign-in runs on: each provider's, and those of every account.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box that the admin ticks")]
pub struct Settings {
    logto: Result<Logto, Refused>,
    dingtalk: Result<Dingtalk, Refused>,
    /// Who gets an account, and what it is like.
    pub accounts: Accounts,
    /// The REST API.
    pub api: Api,
    /// Whether a button leads straight to the tenant's own DingTalk connector.
    pub names_dingtalk_connector: bool,
    /// The page after a sign-in that began on no page of its own; empty leaves it to WordPress.
    pub landing_page: String,
    /// The organization whose branding the sign-in page has; may be empty.
    pub organization_id: String,
    /// Visitors are signed in without a click where the provider knows them.
    pub silent_sign_in: bool,
    /// The WordPress session outlives the browser.
    pub remember_session: bool,
    /// Seconds after which the provider is asked about a session again; 0: never.
    pub revalidate_secs: u64,
    /// The provider's pages may end a session (OpenID Connect Front-Channel Logout).
    pub frontchannel_logout: bool,
    /// Application passwords stop working when the provider ends the sessions of their user.
    pub logout_application_passwords: bool,
    /// Userinfo is requested even where the ID token says everything.
    pub always_userinfo: bool,
    /// WordPress's own password form is available.
    pub form_login: bool,
    secrets: Vec<Secret>,
}

impl Settings {
    /// Reads the stored option. Whether a provider can be used shows when it is asked for.
    pub fn read(stored: &Value) -> Self {
        let (accounts, dingtalk) = (Accounts::read(stored), Dingtalk::read(stored));
        let mut scopes = accounts.scopes();
        // Logto names a visitor's account at DingTalk under this scope alone: one person has one account.
        if dingtalk.is_ok() && !scopes.contains(&IDENTITIES) {
            scopes.push(IDENTITIES);
        }
        let revalidate_secs = sessions::seconds(&const { row("revalidate_minutes") }.text_or_default(stored));
        if revalidate_secs > 0 {
            scopes.push(OFFLINE_ACCESS);
        }
        Self {
            logto: Logto::read(stored, &scopes),
            dingtalk,
            accounts,
            api: Api::read(stored),
            names_dingtalk_connector: names(&const { row("connectors") }.text(stored), "social:dingtalk"),
            landing_page: const { row("landing_page") }.text_or_default(stored),
            organization_id: const { row("organization_id") }.text_or_default(stored),
            silent_sign_in: const { row("silent_sign_in") }.flag(stored),
            remember_session: const { row("remember_session") }.flag(stored),
            revalidate_secs,
            frontchannel_logout: const { row("frontchannel_logout") }.flag(stored),
            logout_application_passwords: const { row("logout_application_passwords") }.flag(stored),
            always_userinfo: const { row("always_userinfo") }.flag(stored),
            form_login: const { row("form_login") }.flag(stored),
            secrets: TABLE.iter().filter(|row| row.secret).map(|row| Secret::new(row.text(stored))).collect(),
        }
    }

    /// What no line of the log may hold, whether a provider can be used or not.
    pub fn secrets(&self) -> Vec<Secret> {
        self.secrets.clone()
    }

    /// The Logto tenant.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`](crate::codes::ErrorCode::NotConfigured) when endpoint, App ID or App secret is missing or unusable.
    pub fn logto(&self) -> Result<&Logto, Refused> {
        self.logto.as_ref().map_err(Clone::clone)
    }

    /// DingTalk without a tenant.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`](crate::codes::ErrorCode::NotConfigured) when Client ID or Client Secret is missing.
    pub fn dingtalk(&self) -> Result<&Dingtalk, Refused> {
        self.dingtalk.as_ref().map_err(Clone::clone)
    }
}

/// Whether a line names this connector, with or without `= label`.
fn names(lines: &str, connector: &str) -> bool {
    lines.lines().any(|line| line.split('=').next().is_some_and(|name| name.trim() == connector))
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
        assert_eq!(logto.scope, "openid profile email phone identities");
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
