//! What performing an effect gives.

use serde::Deserialize;
use serde_json::value::RawValue;

/// A line that answers an effect. What is inside is read as the answer of the effect that waits for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer<'a> {
    /// The answer as JSON.
    #[serde(borrow)]
    pub answer: &'a RawValue,
}

/// Answer to [`super::HttpRequest`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct HttpResponse {
    /// HTTP status; 0 when there was no response.
    pub status: u16,
    /// `Content-Type` of the response.
    pub content_type: String,
    /// `Date` of the response (RFC 9110 §6.6.1); empty without one.
    pub date: String,
    /// Response body.
    pub body: String,
    /// Why there is no response.
    pub error: Option<HttpError>,
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HttpError {
    /// Nothing, or not everything, arrived in time.
    Timeout,
    /// The host cannot be resolved or reached.
    Connection,
    /// The certificate is not trusted.
    Tls,
    /// The body is longer than [`super::HttpRequest::max_bytes`].
    TooLarge,
    /// WordPress sends no request to this address.
    Blocked,
    /// The same request is under way: see [`super::HttpRequest::exclusive`].
    Busy,
}

/// Answer to [`super::FindAccount`]. Facts about a user may be left out when there is none.
#[derive(Debug, Default, Deserialize)]
pub struct AccountFacts {
    /// The user's ID, or `null`. Leaving it out is an error: it would create an account.
    #[serde(deserialize_with = "Option::deserialize")]
    pub user_id: Option<u64>,
    /// Whether the account is pending approval.
    #[serde(default)]
    pub pending: bool,
    /// The user's roles on this site.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Roles on this site that the mapping gave earlier, at sign-ins with the identity's issuer.
    #[serde(default)]
    pub granted_roles: Vec<String>,
    /// Roles on this site that it gave at sign-ins with other issuers: they are not this issuer's to take back.
    #[serde(default)]
    pub roles_of_others: Vec<String>,
    /// Whether nobody else is an administrator of this site.
    #[serde(default)]
    pub last_administrator: bool,
    /// On a network: IDs of the sites that the user is a member of.
    #[serde(default)]
    pub sites: Vec<u64>,
    /// On a network: memberships that the mapping gave earlier, at sign-ins with the identity's issuer.
    #[serde(default)]
    pub granted_sites: Vec<u64>,
    /// On a network: memberships that it gave at sign-ins with other issuers.
    #[serde(default)]
    pub sites_of_others: Vec<u64>,
}

/// Answer to [`super::FindEmailMatch`] and [`super::FindSamePerson`].
#[derive(Debug, Deserialize)]
pub struct EmailMatch {
    /// The user's ID, or `null`.
    #[serde(deserialize_with = "Option::deserialize")]
    pub user_id: Option<u64>,
    /// Whether the user has any capability beyond a subscriber's, on any site. Left out, it counts as yes.
    #[serde(default = "yes")]
    pub privileged: bool,
    /// Whether the user has another identity of this issuer already. Left out, it counts as yes.
    #[serde(default = "yes")]
    pub linked: bool,
}

const fn yes() -> bool {
    true
}

/// Answer to [`super::MarkStateUsed`].
#[derive(Debug, Deserialize)]
pub struct MarkedState {
    /// What the database says.
    pub state_use: StateUse,
}

/// Whether a `state` was used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateUse {
    /// This is its first use.
    First,
    /// It was used before.
    Repeated,
    /// The database cannot tell.
    Failed,
}

/// Answer to [`super::CreateUser`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UserCreated {
    /// The user, new or (after a race) the one that the identity already has.
    pub user_id: Option<u64>,
    /// Why there is none.
    pub error: Option<CreateError>,
    /// WordPress's own message, for the log.
    pub cause: String,
}

/// Why a user was not created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreateError {
    /// Every proposed username is taken.
    LoginTaken,
    /// Another plugin of the site bans the visitor's address.
    Banned,
    /// Another plugin of the site refused what the provider told of the visitor.
    Refused,
    /// Anything else, errors of later versions among it.
    #[serde(other)]
    Failed,
}

/// Answer to [`super::SendConnectMail`].
#[derive(Debug, Deserialize)]
pub struct MailSent {
    /// Whether the mail left.
    pub sent: bool,
}

/// Answer to [`super::RevokeAccess`].
#[derive(Debug, Deserialize)]
pub struct AccessRevoked {
    /// The user who has the identity, or `null` when nobody has it.
    #[serde(deserialize_with = "Option::deserialize")]
    pub user_id: Option<u64>,
}

/// Answer to [`super::FindApiUser`]. What is left out counts against the user.
#[derive(Debug, Deserialize)]
pub struct ApiUser {
    /// The user's ID, or `null`.
    #[serde(deserialize_with = "Option::deserialize")]
    pub user_id: Option<u64>,
    /// Whether the account is pending approval.
    #[serde(default = "yes")]
    pub pending: bool,
    /// Whether the provider of one of the user's identities took its word back.
    #[serde(default = "yes")]
    pub revoked: bool,
    /// Whether the user is a member of this site.
    #[serde(default)]
    pub member: bool,
}

/// Answer to [`super::EndSessions`].
#[derive(Debug, Deserialize)]
pub struct SessionsEnded {
    /// How many sessions ended.
    pub ended: u64,
}

/// Answer to [`super::LinkIdentity`].
#[derive(Debug, Deserialize)]
pub struct IdentityLinked {
    /// Whether the identity is this user's now.
    pub linked: bool,
}
