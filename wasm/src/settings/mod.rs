//! The settings: the members of the WordPress option `logto_sign_in`.
//!
//! [`table::TABLE`] has one row for each. [`Settings::read`] reads what is stored, [`validate::check`] decides what of a
//! submitted form is stored. The other files each hold one kind of text: its grammar, and what a sign-in reads from it.

mod accounts;
mod connectors;
mod dingtalk;
mod logto;
pub mod logto_plugin;
mod read;
pub mod roles;
pub mod row;
pub mod sync;
pub mod table;
mod text;
pub mod usernames;
pub mod validate;

use crate::codes::{ErrorCode, Refused};
use url::Url;

pub use accounts::{Accounts, AllowList, Provisioning};
pub use connectors::is_direct_sign_in;
pub use dingtalk::Dingtalk;
pub use logto::Logto;
pub use roles::{ClaimedRole, RoleMap};
pub use usernames::Usernames;

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

/// Every code that a problem with a setting or an import can have.
pub fn problems() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    for code in table::TABLE.iter().flat_map(row::Row::problems).chain(logto_plugin::PROBLEMS) {
        if !all.contains(code) {
            all.push(code);
        }
    }
    all
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

#[cfg(test)]
mod tests {
    use super::*;

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
