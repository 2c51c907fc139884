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
//!   "operation": "start" | "callback" | "sign_out" | "signed_out" | "unlink" | "resume"
//!              | "check_settings" | "check_connection" | "preview" | "import_settings" | "judge_links" | "about",
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

mod effect;
mod import;
mod outcome;

pub use effect::{Candidate, Created, Effect, Fetch, Fetched, Found, Identity, Linked, Profile, Spent};
pub use import::{ImportSettingsInput, Issuer, JudgeLinksInput, StoredLink, Verdict};
pub use outcome::{Change, Outcome, Preview, Problem, SetCookie};

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
    /// Begin a sign-in: [`StartInput`] → a redirect to the provider, or [`Outcome::InApp`].
    Start,
    /// The visitor came back: [`CallbackInput`] → signed in, or refused.
    Callback,
    /// Begin RP-initiated logout: [`SignOutInput`] → a redirect to the provider.
    SignOut,
    /// The visitor came back from signing out: [`CallbackInput`] → a redirect within the site.
    SignedOut,
    /// Go on after an effect: [`ResumeInput`].
    Resume,
    /// Judge whether a way to sign in may be removed: [`UnlinkInput`] → [`Outcome::Unlinking`].
    Unlink,
    /// Clean and judge submitted settings: [`CheckSettingsInput`].
    CheckSettings,
    /// Fetch the provider's metadata and keys, and say what was found.
    CheckConnection,
    /// Say what a person would get: [`PreviewInput`] → [`Outcome::Preview`].
    Preview,
    /// Turn the settings of Logto's own plugin into ours: [`ImportSettingsInput`] → [`Outcome::SettingsImport`].
    ImportSettings,
    /// Judge links of Logto's own plugin: [`JudgeLinksInput`] → [`Outcome::LinkVerdicts`].
    JudgeLinks,
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
    /// Where the page inside the DingTalk app posts its code: an address of its own, for the same reason.
    pub dingtalk_app_uri: String,
    /// The `post_logout_redirect_uri` of OpenID Connect RP-Initiated Logout §2.
    pub post_logout_redirect_uri: String,
    /// Host (and port) of the request being served, to notice a visit by another name of the site.
    pub host: String,
    /// WordPress locale of the request (`zh_CN`), for `ui_locales`.
    pub locale: String,
    /// The roles that exist on the site.
    pub roles: Vec<String>,
    /// WordPress's own role for new users.
    pub default_role: String,
    /// Number of the site in its network; 0 without a network.
    pub number: u64,
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

impl Connector {
    /// As it stands in messages and in the start URL.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Logto => "logto",
            Self::Dingtalk => "dingtalk",
        }
    }
}

/// Input of [`Operation::Start`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StartInput {
    /// Whom to sign in with; `null` leaves the choice to the core.
    pub connector: Option<Connector>,
    /// `User-Agent` of the request (RFC 9110 §10.1.5). It only chooses between ways that are all safe.
    pub user_agent: String,
    /// `false` for the browser's way inside the DingTalk app too: its own did not work.
    pub in_app: Option<bool>,
    /// The signed-in user who wants to add a way to sign in, after WordPress asked for the password again.
    pub link_to: Option<u64>,
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
    /// Whether it was [`Site::dingtalk_app_uri`]; `query` is the body of the form then.
    pub in_app: bool,
    /// The user who is signed in, if anybody is.
    pub user_id: Option<u64>,
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

/// Input of [`Operation::Unlink`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UnlinkInput {
    /// Identities that the user has.
    pub identities: u64,
    /// Whether the user has a password that they know.
    pub has_password: bool,
}

/// Input of [`Operation::CheckSettings`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckSettingsInput {
    /// What the form, WP-CLI or an import submitted.
    pub submitted: Value,
}

/// Input of [`Operation::Preview`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PreviewInput {
    /// Claims as an ID token or userinfo has them.
    pub claims: serde_json::Map<String, Value>,
}

/// Input of [`Operation::Resume`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResumeInput {
    /// The `resume` value of the last reply, unchanged.
    pub resume: String,
    /// What performing the effect gave: [`Fetched`], [`Found`], [`Candidate`], [`Spent`], [`Created`] or [`Linked`].
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
