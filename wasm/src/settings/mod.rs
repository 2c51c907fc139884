//! The one settings table: every field of the WordPress option `logto_sign_in`.
//!
//! | field | type | default | meaning |
//! |---|---|---|---|
//! | `endpoint` | URL | – | the Logto endpoint; the issuer is `<endpoint>/oidc` |
//! | `app_id` | text | – | `client_id` (RFC 6749 §2.2) |
//! | `app_secret` | text | – | `client_secret` (RFC 6749 §2.3.1) |
//! | `scope` | words | `openid profile email phone` | `scope` (RFC 6749 §3.3); `openid` is always there |
//! | `extra_params` | lines `name=value` | – | more authorization parameters; never a protocol parameter |
//! | `require_verified_email` | bool | false | refuse who has no verified e-mail address |
//! | `remember_session` | bool | true | the WordPress session outlives the browser |
//! | `sync_profile` | bool | true | bring the profile up to date at each sign-in |
//! | `form_login` | bool | true | WordPress's own password form stays available |
//! | `username_strategy` | `smart`, `email`, `username` | `smart` | what a new user is called |
//! | `dingtalk_client_id` | text | – | Client ID of the DingTalk application; with it DingTalk is on |
//! | `dingtalk_client_secret` | text | – | its Client Secret |
//! | `dingtalk_scope` | `openid`, `openid corpid` | `openid` | whether DingTalk tells the visitor's organisation |
//! | `dingtalk_corp_ids` | words | – | organisations that may sign in; none: every one |
//! | `dingtalk_origin` | loopback URL | – | a stand-in for DingTalk on this machine, for tests |
//!
//! Stored options are read leniently (`"1"`, `1` and `true` are all true): an import or WP-CLI may
//! have written another scalar type, and a sign-in must not fail on that.

pub mod check;
mod dingtalk;
mod logto;
pub mod official;
mod text;

use crate::error::{Refusal, Refused};
use serde_json::Value;
use url::Url;

pub use dingtalk::Dingtalk;
pub use logto::Logto;
pub use text::{corp_ids, dingtalk_scope, endpoint, extra_params, issuer, scope};

/// What scopes are asked for when the admin names none.
pub const DEFAULT_SCOPE: &str = "openid profile email phone";

/// How a new user's login is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsernameStrategy {
    /// E-mail, else user name, else name, else phone, else `user-<short hash>`.
    Smart,
    /// E-mail, else `user-<short hash>`.
    Email,
    /// User name, else `user-<short hash>`.
    Username,
}

impl UsernameStrategy {
    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "smart" => Some(Self::Smart),
            "email" => Some(Self::Email),
            "username" => Some(Self::Username),
            _ => None,
        }
    }
}

/// The settings that a sign-in runs on: each provider's, and those of every account.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box that the admin ticks")]
pub struct Settings {
    logto: Result<Logto, Refused>,
    dingtalk: Result<Dingtalk, Refused>,
    /// Refuse who has no verified e-mail address.
    pub require_verified_email: bool,
    /// The WordPress session outlives the browser.
    pub remember_session: bool,
    /// Bring the profile up to date at each sign-in.
    pub sync_profile: bool,
    /// WordPress's own password form is available.
    pub form_login: bool,
    /// What a new user is called.
    pub username_strategy: UsernameStrategy,
}

impl Settings {
    /// Reads the stored option. Whether a provider can be used shows when it is asked for.
    pub fn read(stored: &Value) -> Self {
        Self {
            logto: Logto::read(stored),
            dingtalk: Dingtalk::read(stored),
            require_verified_email: flag_of(stored, "require_verified_email", false),
            remember_session: flag_of(stored, "remember_session", true),
            sync_profile: flag_of(stored, "sync_profile", true),
            form_login: flag_of(stored, "form_login", true),
            username_strategy: UsernameStrategy::parse(&text_of(stored, "username_strategy"))
                .unwrap_or(UsernameStrategy::Smart),
        }
    }

    /// The Logto tenant.
    ///
    /// # Errors
    /// [`Refusal::NotConfigured`] when endpoint, App ID or App secret is missing or unusable.
    pub fn logto(&self) -> Result<&Logto, Refused> {
        self.logto.as_ref().map_err(Clone::clone)
    }

    /// DingTalk without a tenant.
    ///
    /// # Errors
    /// [`Refusal::NotConfigured`] when Client ID or Client Secret is missing.
    pub fn dingtalk(&self) -> Result<&Dingtalk, Refused> {
        self.dingtalk.as_ref().map_err(Clone::clone)
    }
}

/// That a provider cannot be used, and what the admin has to enter.
fn missing(what: &str) -> Refused {
    Refused::new(Refusal::NotConfigured, format_args!("{what} in Logto › Settings"))
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
        assert!(!settings.require_verified_email && settings.remember_session && settings.sync_profile);
        assert_eq!(settings.username_strategy, UsernameStrategy::Smart);
    }

    #[test]
    fn each_missing_field_is_not_configured() {
        for field in ["endpoint", "app_id", "app_secret"] {
            let mut settings = stored();
            settings[field] = json!("");
            assert_eq!(Settings::read(&settings).logto().expect_err(field).refusal, Refusal::NotConfigured);
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
        assert!(!settings.remember_session && settings.require_verified_email);
        assert_eq!(logto.scope, DEFAULT_SCOPE);
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
