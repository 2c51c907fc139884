//! The messages between WordPress (PHP) and this core.
//!
//! One request is one JSON object; one reply is one JSON object. A host that frames messages (the
//! stdio child, the Unix socket) puts each on a line of its own, so the whole protocol can be
//! driven by hand:
//!
//! ```text
//! $ logto-sign-in serve <<< '{"operation":"about"}'
//! {"outcome":{"type":"about","version":"0.1.0",…}}
//! ```
//!
//! # A request
//!
//! ```text
//! {
//!   "operation": "start" | "callback" | "sign_out" | "signed_out" | "resume"
//!              | "check_settings" | "check_connection" | "about",
//!   "settings":  {…},   // the option `logto_sign_in` as stored; see [`crate::settings`]
//!   "site":      {…},   // [`Site`]
//!   "cache":     {…},   // [`Cache`]: what earlier replies asked to be remembered
//!   "input":     {…}    // what the operation needs: [`StartInput`], [`CallbackInput`], …
//! }
//! ```
//!
//! # A reply
//!
//! Either a step – an effect to perform and a sealed `resume` value – or an outcome. PHP performs
//! the effect, then calls again with the same `settings`, `site` and `cache`, the operation
//! `resume` and the input `{"resume": …, "answer": …}`:
//!
//! ```text
//! {"effect": {"type":"fetch",…}, "resume": "…", "remember": […], "log": […]}
//! {"outcome": {"type":"redirect",…},            "remember": […], "log": […]}
//! ```
//!
//! `now` and `entropy` are never part of a message: the host supplies both ([`crate::Surroundings`]).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a caller sends.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// What is to be done.
    pub operation: Operation,
    /// The stored settings, as lenient JSON: [`crate::settings::Settings`] reads them.
    #[serde(default)]
    pub settings: Value,
    /// The WordPress site that asks.
    #[serde(default)]
    pub site: Site,
    /// What earlier replies asked to be remembered.
    #[serde(default)]
    pub cache: Cache,
    /// What the operation needs, typed by the operation.
    #[serde(default)]
    pub input: Value,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Begin a sign-in: [`StartInput`] → a redirect to the provider.
    Start,
    /// The visitor came back: [`CallbackInput`] → signed in, or refused.
    Callback,
    /// Begin RP-initiated logout: [`SignOutInput`] → a redirect to the provider.
    SignOut,
    /// The visitor came back from signing out: [`CallbackInput`] → a redirect within the site.
    SignedOut,
    /// Go on after an effect: [`ResumeInput`].
    Resume,
    /// Clean and judge submitted settings: [`CheckSettingsInput`].
    CheckSettings,
    /// Fetch the provider's metadata and keys, and say what was found.
    CheckConnection,
    /// Describe this core.
    About,
}

/// The WordPress site, as WordPress itself is configured (never from forwarded headers).
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Site {
    /// `home_url('/')`: where a visitor goes who has nowhere else to go.
    pub home: String,
    /// The stable URL that starts a sign-in.
    pub start_uri: String,
    /// The `redirect_uri` of RFC 6749 §3.1.2, as registered at the provider.
    pub redirect_uri: String,
    /// The redirect URL as registered at DingTalk; another than Logto's, so that neither can be taken for the other.
    pub dingtalk_redirect_uri: String,
    /// The `post_logout_redirect_uri` of OpenID Connect RP-Initiated Logout §2.
    pub post_logout_redirect_uri: String,
    /// Host (and port) of the request being served, to notice a visit by another name of the site.
    pub host: String,
    /// WordPress locale of the request (`zh_CN`), for `ui_locales`.
    pub locale: String,
    /// Key material from WordPress's salts; never leaves the core, see [`crate::seal`].
    pub salt: crate::secret::Secret,
}

/// Values that earlier replies asked to be remembered; each is opaque to PHP.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Cache {
    /// The provider's metadata ([`crate::provider::discovery`]).
    pub discovery: Option<Value>,
    /// The provider's keys ([`crate::provider::jwks`]).
    pub jwks: Option<Value>,
}

/// Whom the visitor signs in with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Connector {
    /// The Logto tenant.
    #[default]
    Logto,
    /// DingTalk, without a tenant.
    Dingtalk,
}

/// Input of [`Operation::Start`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StartInput {
    /// Whom to sign in with.
    pub connector: Connector,
    /// Where the visitor wants to be once signed in; WordPress still has the last word on it.
    pub redirect_to: String,
    /// Logto's `first_screen`, if a certain first page is wanted.
    pub first_screen: String,
    /// Logto's `direct_sign_in`: `social:<target>` or `sso:<connector id>`.
    pub direct_sign_in: String,
    /// Set on the one redirect to the site's canonical host, so that it cannot loop.
    pub canonical: bool,
    /// The visitor's `wordpress_logto_*` cookies.
    pub cookies: BTreeMap<String, String>,
}

/// Input of [`Operation::Callback`] and [`Operation::SignedOut`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CallbackInput {
    /// Whose redirect URI was called.
    pub connector: Connector,
    /// The raw query string, so that duplicated parameters are seen (RFC 6749 §3.1).
    pub query: String,
    /// The visitor's `wordpress_logto_*` cookies.
    pub cookies: BTreeMap<String, String>,
}

/// Input of [`Operation::SignOut`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignOutInput {
    /// Where the visitor is to end up afterwards.
    pub redirect_to: String,
}

/// Input of [`Operation::CheckSettings`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckSettingsInput {
    /// What the form, WP-CLI or an import submitted.
    pub submitted: Value,
}

/// Input of [`Operation::Resume`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResumeInput {
    /// The `resume` value of the last reply, unchanged.
    pub resume: String,
    /// What performing the effect gave: [`Fetched`], [`Found`], [`Spent`] or [`Created`].
    pub answer: Value,
}

/// What the core says.
#[derive(Debug, Serialize)]
pub struct Reply {
    /// An effect to perform, or the outcome.
    #[serde(flatten)]
    pub next: Next,
    /// Values to keep for [`Cache`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remember: Vec<Remember>,
    /// Lines for the admin's log; they never hold a secret, a token or a cookie.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<LogLine>,
}

/// The two kinds of reply.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Next {
    /// Perform this, then call [`Operation::Resume`].
    Step {
        /// What to perform.
        effect: Effect,
        /// To be handed back unchanged within the same PHP request.
        resume: String,
    },
    /// Nothing more to ask.
    Done {
        /// The result.
        outcome: Outcome,
    },
}

/// A value to keep.
#[derive(Debug, Serialize)]
pub struct Remember {
    /// A field of [`Cache`].
    pub key: &'static str,
    /// What to keep.
    pub value: Value,
    /// For how many seconds at most; the core judges freshness itself.
    pub ttl: u64,
}

/// A line for the admin's log.
#[derive(Debug, Serialize)]
pub struct LogLine {
    /// A stable code ([`crate::error::Refusal::code`]).
    pub code: &'static str,
    /// The cause.
    pub detail: String,
}

/// Something that only WordPress can do.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Effect {
    /// Send an HTTP request, follow no redirect → [`Fetched`].
    Fetch(Fetch),
    /// Find the user of an identity → [`Found`].
    LookUp(Identity),
    /// Burn a sign-in state, atomically (RFC 9700 §4.7.1) → [`Spent`].
    Spend {
        /// Unique key of the state.
        key: String,
        /// Unix time after which the row may be deleted.
        expires: u64,
    },
    /// Create a user together with its identity, atomically → [`Created`].
    CreateUser {
        /// Whose account it is.
        identity: Identity,
        /// User names in order of preference; the first free one is taken.
        logins: Vec<String>,
        /// `user_nicename` candidates (they show in author URLs), same rule.
        nicenames: Vec<String>,
        /// E-mail address; under `.invalid` when the visitor has none.
        email: String,
        /// The other fields.
        profile: Profile,
    },
}

/// An HTTP request to send.
#[derive(Debug, Serialize)]
pub struct Fetch {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// An absolute URL that the core has judged; its host and port, and no others, may be contacted.
    pub url: String,
    /// Header fields.
    pub headers: BTreeMap<&'static str, String>,
    /// Body of a POST.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Milliseconds until it counts as failed.
    pub timeout_ms: u64,
    /// Longest body that is read, in bytes; a longer one is the error `too_large`.
    pub max_bytes: u64,
}

/// Whose account: the pair of OpenID Connect Core §5.7 that is unique and never reassigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Issuer identifier.
    pub issuer: String,
    /// SHA-256 of the issuer, in lower-case hex: the fixed-length key of the identities table.
    pub issuer_hash: String,
    /// Subject identifier.
    pub subject: String,
}

/// Answer to [`Effect::Fetch`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fetched {
    /// HTTP status; 0 when there was no response.
    pub status: u16,
    /// `Content-Type` of the response.
    pub content_type: String,
    /// Response body.
    pub body: String,
    /// Why there is no response: `timeout`, `connection`, `tls`, `too_large` or `blocked`.
    pub error: Option<String>,
}

/// Answer to [`Effect::LookUp`].
#[derive(Debug, Deserialize)]
pub struct Found {
    /// The user's id, or `null`. Leaving it out is an error: it would create an account.
    #[serde(deserialize_with = "Option::deserialize")]
    pub user_id: Option<u64>,
}

/// Answer to [`Effect::Spend`].
#[derive(Debug, Deserialize)]
pub struct Spent {
    /// Whether this call was the first.
    pub fresh: bool,
}

/// Answer to [`Effect::CreateUser`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Created {
    /// The user, new or (after a race) the one that the identity already has.
    pub user_id: Option<u64>,
    /// Why not: `email_taken`, `login_taken` or `failed`.
    pub error: Option<String>,
    /// WordPress's own words, for the log.
    pub cause: String,
}

/// Profile fields for WordPress; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// `display_name`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub display_name: Option<String>,
    /// `first_name`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first_name: Option<String>,
    /// `last_name`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_name: Option<String>,
    /// Phone number, E.164 (`+8613800000002`); user meta.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Picture, an https URL; user meta.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub picture: Option<String>,
    /// `nickname`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nickname: Option<String>,
    /// `user_email`; only ever set together with a verified address, and kept on collision.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
}

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
