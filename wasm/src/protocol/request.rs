//! The first line of an operation: what is asked, and what the core may know of the site.

use crate::crypto::secret::Secret;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

/// What PHP sends first.
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
    /// What earlier replies asked to have cached.
    #[serde(default)]
    pub cache: Cache,
    /// What the operation needs, typed by the operation, which alone reads it.
    #[serde(default)]
    pub input: Option<Box<RawValue>>,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Begin a sign-in: [`super::StartInput`] → a redirect to the provider, or [`super::Outcome::DingtalkAppPage`].
    Start,
    /// The visitor came back: [`super::CallbackInput`] → signed in, tested, refused, or on to [`Site::connect_uri`].
    Callback,
    /// An account exists, and its owner decides: [`super::ConnectInput`] → [`super::Outcome::ConnectPage`], then
    /// [`super::Outcome::IdentityLinked`].
    Connect,
    /// Begin RP-initiated logout: [`super::SignOutInput`] → a redirect to the provider.
    SignOut,
    /// The visitor came back from signing out: [`super::CallbackInput`] → a redirect within the site.
    SignedOut,
    /// The provider's server ended sessions: [`super::BackchannelLogoutInput`] → [`super::Outcome::LoggedOut`].
    BackchannelLogout,
    /// The provider's page ended a session: [`super::FrontchannelLogoutInput`] → [`super::Outcome::LoggedOut`].
    FrontchannelLogout,
    /// Ask the provider about a session again: [`super::RevalidateInput`] → [`super::Outcome::SessionChecked`].
    Revalidate,
    /// Judge whether a sign-in method may be removed: [`super::UnlinkInput`] → [`super::Outcome::UnlinkDecision`].
    Unlink,
    /// Clean and judge submitted settings: [`super::CheckSettingsInput`].
    CheckSettings,
    /// Ask the providers what they tell without a visitor → [`super::Outcome::ConnectionChecked`].
    CheckConnection,
    /// Say what a person would get: [`super::PreviewInput`] → [`super::Outcome::Preview`].
    Preview,
    /// Turn the settings of Logto's own plugin into ours: [`super::ImportSettingsInput`] → [`super::Outcome::SettingsImport`].
    ImportSettings,
    /// Classify links of Logto's own plugin: [`super::ClassifyLinksInput`] → [`super::Outcome::LinkVerdicts`].
    ClassifyLinks,
    /// A request to the REST API carries an access token: [`super::AuthenticateInput`] →
    /// [`super::Outcome::AccessGranted`], [`super::Outcome::OtherIssuer`], or refused.
    Authenticate,
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
    /// The page where a visitor connects an account that exists.
    pub connect_uri: String,
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
    /// WordPress's ID of the site in its network; 0 without a network.
    pub blog_id: u64,
    /// Key material from WordPress's salts; never leaves the core, see [`crate::crypto::seal`].
    pub salt: Secret,
    /// Hosts, with or without a port, that an admin trusts although they may have private addresses: the constant
    /// `LOGTO_SIGN_IN_TRUSTED_HOSTS`.
    pub trusted_hosts: Vec<String>,
    /// Whether another plugin reads the claims of visitors: then the messages about them have [`super::CreateUser::claims`].
    pub reads_claims: bool,
}

impl Site {
    /// Whether an admin has named the host of a URL as trusted.
    pub fn trusts(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let port = url.port_or_known_default().unwrap_or_default();
        let names = [host.to_owned(), format!("{host}:{port}")];
        self.trusted_hosts.iter().any(|trusted| names.iter().any(|name| trusted.eq_ignore_ascii_case(name)))
    }
}

/// Values that earlier replies asked to have cached; each is sealed, and opaque to PHP.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Cache {
    /// The provider's metadata ([`crate::provider::discovery`]).
    pub discovery: Option<Value>,
    /// The provider's keys ([`crate::provider::jwks`]).
    pub jwks: Option<Value>,
    /// That the provider did not answer ([`crate::provider::failure`]).
    pub failure: Option<Value>,
}

/// Who signs the visitor in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// The Logto tenant.
    #[default]
    Logto,
    /// DingTalk, without a tenant.
    Dingtalk,
}

impl Provider {
    /// Its name in messages and in the start URL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logto => "logto",
            Self::Dingtalk => "dingtalk",
        }
    }
}
