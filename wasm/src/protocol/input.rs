//! What each operation needs.

use super::request::Provider;
use crate::crypto::secret::Secret;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Input of [`super::Operation::Start`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a parameter of the sign-in URL")]
pub struct StartInput {
    /// Who signs the visitor in; `null` leaves the choice to the core.
    pub provider: Option<Provider>,
    /// `User-Agent` of the request (RFC 9110 §10.1.5). It only chooses between ways that are all safe.
    pub user_agent: String,
    /// `false` for the browser's way inside the DingTalk app too: its own did not work.
    pub dingtalk_app: Option<bool>,
    /// The signed-in user who wants to connect a sign-in method, after WordPress asked for the password again.
    pub link_to: Option<u64>,
    /// The signed-in administrator who only tests the sign-in: it ends with [`super::Outcome::SignInTested`].
    pub test_by: Option<u64>,
    /// Where the visitor wants to be once signed in; WordPress still has the last word on it.
    pub redirect_to: String,
    /// Logto's `first_screen`, if a certain first page is wanted.
    pub first_screen: String,
    /// Logto's `direct_sign_in`: `social:<target>` or `sso:<connector id>`.
    pub direct_sign_in: String,
    /// The issuer that sent the visitor here (OpenID Connect Core §4); empty when they came by themselves.
    pub iss: String,
    /// Who that issuer says the visitor is: `login_hint` of the authentication request (§3.1.2.1).
    pub login_hint: String,
    /// Whether the visitor wants another account than the one that the provider's session has.
    pub another_account: bool,
    /// Whether nobody asked for the sign-in: it succeeds without a page of the provider, or the visitor goes on as they are
    /// (`prompt=none`, §3.1.2.1).
    pub silent: bool,
    /// The user who is signed in, if anybody is.
    pub user_id: Option<u64>,
    /// Set on the one redirect to the site's canonical host, so that it cannot loop.
    pub canonical: bool,
    /// Whether the visitor wants an account of their own although another one has the address. Never from outside:
    /// [`super::Operation::Connect`] decides.
    #[serde(skip)]
    pub separate: bool,
    /// The visitor's `wordpress_logto_*` cookies.
    pub cookies: BTreeMap<String, String>,
}

/// Input of [`super::Operation::Callback`] and [`super::Operation::SignedOut`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CallbackInput {
    /// Whose redirect URI was called.
    pub provider: Provider,
    /// Whether it was [`super::Site::dingtalk_app_uri`]; `query` is the body of the form then.
    pub dingtalk_app: bool,
    /// The user who is signed in, if anybody is.
    pub user_id: Option<u64>,
    /// The raw query string, so that duplicated parameters are seen (RFC 6749 §3.1).
    pub query: String,
    /// The visitor's `wordpress_logto_*` cookies.
    pub cookies: BTreeMap<String, String>,
}

/// Input of [`super::Operation::Connect`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConnectInput {
    /// What the visitor chose, in a form with a nonce; `null` while the page is only opened.
    pub choice: Option<ConnectChoice>,
    /// The user who is signed in, if anybody is.
    pub user_id: Option<u64>,
    /// Unix time when that user last proved to be the owner; `null` when WordPress does not know.
    pub proven_at: Option<u64>,
    /// The code of a mailed link; empty without one.
    pub code: String,
    /// The visitor's `wordpress_logto_*` cookies.
    pub cookies: BTreeMap<String, String>,
}

/// What a visitor does about a connection that waits for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectChoice {
    /// Connect.
    Connect,
    /// Have a one-time link mailed to the address of the account.
    Mail,
    /// Get an account of their own.
    Separate,
    /// Leave everything as it is.
    Cancel,
}

/// Input of [`super::Operation::SignOut`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignOutInput {
    /// Whose session ends too.
    pub provider: Provider,
    /// Where the visitor is to end up afterwards, if everybody may be there; a URL, or a path of the site.
    pub redirect_to: String,
    /// The page that says so: where they end up otherwise.
    pub signed_out_page: String,
    /// Beginnings of URLs that only those who are signed in may open, and of those that sign in.
    pub private: Vec<String>,
}

/// Input of [`super::Operation::BackchannelLogout`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackchannelLogoutInput {
    /// The parameter `logout_token` (OpenID Connect Back-Channel Logout §2.5).
    pub logout_token: String,
}

/// Input of [`super::Operation::FrontchannelLogout`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FrontchannelLogoutInput {
    /// The parameter `iss` (OpenID Connect Front-Channel Logout §3).
    pub iss: String,
    /// The parameter `sid`.
    pub sid: String,
}

/// Input of [`super::Operation::Revalidate`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RevalidateInput {
    /// Whose session it is.
    pub user_id: u64,
    /// [`super::Renewal::sealed`] of the session.
    pub sealed: String,
}

/// Input of [`super::Operation::Unlink`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UnlinkInput {
    /// Identities that the user has.
    pub identities: u64,
    /// Whether the user has a password that they know.
    pub has_password: bool,
}

/// Input of [`super::Operation::CheckSettings`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckSettingsInput {
    /// What the form, WP-CLI or an import submitted.
    pub submitted: Value,
    /// Whose settings are stored: the outcome has no value for a setting that this manager may not change.
    pub manager: Manager,
    /// Whether whoever submits a form has signed in at a provider of this site; `null` when a program submits.
    pub has_signed_in: Option<bool>,
    /// Whether a setting that was not submitted stays as it is stored, as for one tab of the page. Otherwise it becomes
    /// what an empty field means.
    pub partial: bool,
    /// Whose credentials are removed; everything that was not submitted stays as it is stored.
    pub disconnect: Option<Provider>,
}

/// Who may change a setting on a network of sites. Users belong to the network, so what decides about them does too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manager {
    /// Whoever has `manage_options` on the site. A message that names no manager gets the lesser one.
    #[default]
    Site,
    /// Whoever has `manage_network_options`; on a single site, whoever has `manage_options`.
    Network,
}

/// Input of [`super::Operation::Authenticate`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AuthenticateInput {
    /// The header field `Authorization` as it came (RFC 6750 §2.1).
    pub authorization: Secret,
    /// Whether the query or the form has a parameter `access_token` too (§2.2, §2.3).
    pub has_parameter: bool,
}

/// Input of [`super::Operation::Preview`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PreviewInput {
    /// Claims as an ID token or userinfo has them.
    pub claims: Map<String, Value>,
}
