//! How an operation ends.

use super::{Issuer, Profile, Verdict};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The end of an operation.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Outcome {
    /// Send the visitor elsewhere.
    Redirect {
        /// Where to.
        url: String,
        /// Whether `url` is the provider's (allow exactly this host) or must pass WordPress's own check.
        external: bool,
        /// Cookies to set or clear.
        cookies: Vec<SetCookie>,
    },
    /// A verified visitor has an account: sign this user in.
    SignedIn {
        /// The WordPress user.
        user_id: u64,
        /// Whether the session outlives the browser.
        remember: bool,
        /// Where the visitor wanted to be; empty for WordPress's default.
        redirect_to: String,
        /// Fields to bring up to date first.
        profile: Option<Profile>,
        /// The session's issuer hash: sign-out goes to the provider only for such sessions.
        issuer_hash: String,
        /// Cookies to set or clear.
        cookies: Vec<SetCookie>,
    },
    /// The signed-in user has one more way to sign in.
    Linked {
        /// The WordPress user.
        user_id: u64,
        /// Where the user was.
        redirect_to: String,
        /// Cookies to set or clear.
        cookies: Vec<SetCookie>,
    },
    /// Whether a way to sign in may be removed.
    Unlinking {
        /// Whether it may.
        allowed: bool,
    },
    /// Nothing was changed.
    Refused {
        /// Stable code; WordPress has the words for it.
        code: &'static str,
        /// HTTP status of the page.
        status: u16,
        /// Whether starting again may help.
        retry: bool,
        /// Where the visitor wanted to be, if known.
        redirect_to: String,
        /// Cookies to set or clear.
        cookies: Vec<SetCookie>,
    },
    /// Settings, cleaned; cleaning them again changes nothing.
    Settings {
        /// Every field with a value that can be stored.
        values: BTreeMap<&'static str, Value>,
        /// What is wrong with what was submitted.
        problems: Vec<Problem>,
    },
    /// What an import would make of the settings of Logto's own plugin.
    SettingsImport {
        /// Every field with the value to store; cleaning them again changes nothing.
        values: BTreeMap<&'static str, Value>,
        /// Fields that come from that plugin.
        fields: Vec<&'static str>,
        /// What stays as it is, and why.
        problems: Vec<Problem>,
        /// Whose subjects the links hold; without it, no link can be imported.
        issuer: Option<Issuer>,
    },
    /// What becomes of links of Logto's own plugin.
    LinkVerdicts {
        /// One for each, in their order.
        verdicts: Vec<Verdict>,
    },
    /// The provider answered as it should.
    Connected {
        /// Its issuer identifier.
        issuer: String,
        /// Signature algorithms of its usable keys.
        algorithms: Vec<String>,
    },
    /// What this core is.
    About {
        /// Version of the plugin that it belongs to.
        version: &'static str,
        /// Signature algorithms that can be verified.
        algorithms: Vec<&'static str>,
        /// Every code that [`Outcome::Refused`] and [`Problem`] can carry.
        codes: Vec<&'static str>,
    },
}

/// A problem with a submitted setting.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Name of the field.
    pub field: &'static str,
    /// Stable code; WordPress has the words for it.
    pub code: &'static str,
}

/// A cookie to set; always `HttpOnly` and `SameSite=Lax`, and without `Domain`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetCookie {
    /// Name.
    pub name: String,
    /// Value; empty when the cookie is to be cleared.
    pub value: String,
    /// Seconds to live; 0 clears it.
    pub max_age: u64,
    /// Path.
    pub path: String,
    /// Whether it is for https only.
    pub secure: bool,
}
