//! What only WordPress can do. Each effect is a type that names the type of its answer.

use super::answer::{
    AccessRevoked, AccountFacts, ApiUser, EmailMatch, HttpResponse, IdentityLinked, MailSent, MarkedState,
    SessionsEnded, UserCreated,
};
use super::request::Provider;
use crate::crypto::secret::Secret;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Something that only WordPress can do. The answer to one effect does not compile as the answer to another.
pub trait Effect: Serialize {
    /// What performing it gives.
    type Answer: DeserializeOwned;

    /// Secrets that it carries: whoever it reaches may repeat them, and no line of the log may.
    fn secrets(&self) -> &[Secret] {
        &[]
    }
}

/// Send an HTTP request; follow no redirect.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "http_request")]
pub struct HttpRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// An absolute URL that the core has judged; PHP contacts its host and port and no others.
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
    /// Whether an admin named the host of the URL, or the core itself does. WordPress's guard against private addresses
    /// and unusual ports holds for every other host.
    pub trusted_host: bool,
    /// Whether the request is sent only while no other one with the same URL is under way anywhere on the site. It waits a
    /// second for its turn; then the answer is the error `busy`.
    pub exclusive: bool,
    /// What of it must not be logged.
    #[serde(skip)]
    pub secrets: Vec<Secret>,
}

impl HttpRequest {
    /// The same request with secrets in it.
    #[must_use]
    pub fn carrying(mut self, secrets: &[&str]) -> Self {
        self.secrets.extend(secrets.iter().copied().map(Secret::new));
        self
    }

    /// The same request to a host that an admin or the core itself named, or to another one.
    #[must_use]
    pub fn to_trusted_host(self, trusted_host: bool) -> Self {
        Self { trusted_host, ..self }
    }

    /// The same request, one at a time or whenever somebody asks.
    #[must_use]
    pub fn one_at_a_time(self, exclusive: bool) -> Self {
        Self { exclusive, ..self }
    }
}

impl Effect for HttpRequest {
    type Answer = HttpResponse;

    fn secrets(&self) -> &[Secret] {
        &self.secrets
    }
}

/// Find the user of an identity.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "find_account")]
pub struct FindAccount {
    /// Whose account it is.
    pub identity: Identity,
}

impl Effect for FindAccount {
    type Answer = AccountFacts;
}

/// Find the user of an email address.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "find_email_match")]
pub struct FindEmailMatch {
    /// A verified address.
    pub email: String,
    /// The visitor's identity; other identities of its issuer count for [`EmailMatch::linked`].
    pub identity: Identity,
}

impl Effect for FindEmailMatch {
    type Answer = EmailMatch;
}

/// Find the user whom the other provider knows as the same person: by their identity there, or by what it said of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "find_same_person")]
pub struct FindSamePerson {
    /// The visitor's identity; other identities of its issuer count for [`EmailMatch::linked`].
    pub identity: Identity,
    /// The visitor's identity at the other provider, if this one names it.
    pub other: Option<Identity>,
    /// Otherwise the hash in [`Profile::dingtalk`] that the other provider's word would have left.
    pub claim: Option<String>,
    /// Hash of the issuer that said so: the user must still have an identity of it.
    pub claimed_by: String,
    /// Unix time before which that word counts no more.
    pub claimed_since: u64,
}

impl Effect for FindSamePerson {
    type Answer = EmailMatch;
}

/// Mark the `state` of a sign-in as used, atomically (RFC 9700 §4.7.1).
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "mark_state_used")]
pub struct MarkStateUsed {
    /// Unique key of the state.
    pub key: String,
    /// Unix time after which the row may be deleted.
    pub expires_at: u64,
}

impl Effect for MarkStateUsed {
    type Answer = MarkedState;
}

/// Create a user together with its identity, atomically.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "create_user")]
pub struct CreateUser {
    /// Whose account it is.
    pub identity: Identity,
    /// Usernames in order of preference; the first free one is taken.
    pub logins: Vec<String>,
    /// `user_nicename` candidates (they appear in author URLs), same rule.
    pub nicenames: Vec<String>,
    /// Email address; under `.invalid` when the visitor has none.
    pub email: String,
    /// What the user gets instead when somebody else has that address: a placeholder under `.invalid` that nobody can guess.
    pub fallback_email: String,
    /// The other fields.
    pub profile: Profile,
    /// Its roles; none: WordPress's own default.
    pub roles: Vec<String>,
    /// Those of them that the mapping gave, to be remembered.
    pub granted_roles: Vec<String>,
    /// Whether it is pending approval: until then it has no role and cannot sign in.
    pub pending: bool,
    /// What the provider told of the visitor, for another plugin that reads it: it may refuse the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<Map<String, Value>>,
}

impl Effect for CreateUser {
    type Answer = UserCreated;
}

/// Give an existing user one more identity, atomically.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "link_identity")]
pub struct LinkIdentity {
    /// Whose account it will be.
    pub identity: Identity,
    /// The user.
    pub user_id: u64,
    /// Only while the user has no other identity of this issuer, however many ask at once.
    pub only_if_unlinked: bool,
    /// What ends with it: all or nothing of both is done.
    pub ends: Ends,
}

impl Effect for LinkIdentity {
    type Answer = IdentityLinked;
}

/// Which access to an account ends when an identity is connected to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// None.
    Nothing,
    /// All sessions but the one of this request, and all application passwords.
    Sessions,
    /// All sessions, application passwords, other identities and the password: who had them may not be the owner.
    Everything,
}

/// Mail a one-time link to the address of an account, which proves that the visitor reads its mail.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "send_connect_mail")]
pub struct SendConnectMail {
    /// The user.
    pub user_id: u64,
    /// Where to; nothing is sent when the user has another address by now.
    pub email: String,
    /// The parameter `code` of [`super::Site::connect_uri`].
    pub code: String,
    /// Who vouches for the visitor.
    pub provider: Provider,
}

impl Effect for SendConnectMail {
    type Answer = MailSent;
}

/// Take back what the provider of an identity gave its user, because the provider no longer vouches for them. Nothing
/// happens when nobody has the identity.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "revoke_access")]
pub struct RevokeAccess {
    /// Whose access ends.
    pub identity: Identity,
    /// On a network: only the membership of this site that the mapping gave. Otherwise everything that the identity's
    /// issuer gave: sessions, roles, memberships, and application passwords until the user signs in there again.
    pub only_this_site: bool,
}

impl Effect for RevokeAccess {
    type Answer = AccessRevoked;
}

/// Find the user for whom a request to the REST API is made.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "find_api_user")]
pub struct FindApiUser {
    /// The token's issuer and subject.
    pub identity: Identity,
    /// The username of the user for whom clients call; empty: the user is whoever has the identity.
    pub login: String,
}

impl Effect for FindApiUser {
    type Answer = ApiUser;
}

/// End the sessions that the provider ended, and the sign-ins that wait for another plugin's second factor.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "end_sessions")]
pub struct EndSessions {
    /// Hash of the issuer where they began.
    pub issuer_hash: String,
    /// Whose they are; `null` when only `sid_hash` says so.
    pub identity: Option<Identity>,
    /// Which one, as in [`super::ProviderSession::sid_hash`], and those that name none; `null` for all of `identity`.
    pub sid_hash: Option<String>,
    /// Whether the user's application passwords stop working until the user signs in there again.
    pub application_passwords: bool,
}

impl Effect for EndSessions {
    type Answer = SessionsEnded;
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
    /// `locale` (`zh_CN`); only a language that is installed is taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub locale: Option<String>,
    /// `user_url`, an http or https URL.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// Which account at DingTalk Logto names, as a hash, a space and the Unix time; empty for none; user meta. See
    /// [`FindSamePerson`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dingtalk: Option<String>,
    /// The visitor's organizations, one a line: ID, a space and the name, if it is known; user meta.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organizations: Option<String>,
    /// Mapped claims by their meta keys; an empty text removes the meta.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub meta: BTreeMap<String, String>,
}

impl Profile {
    /// The fields whose names `wanted` takes.
    #[must_use]
    pub fn only(self, wanted: impl Fn(&str) -> bool) -> Self {
        let field = |name: &str, value: Option<String>| value.filter(|_| wanted(name));
        Self {
            display_name: field("display_name", self.display_name),
            first_name: field("first_name", self.first_name),
            last_name: field("last_name", self.last_name),
            phone: field("phone", self.phone),
            picture: field("picture", self.picture),
            nickname: field("nickname", self.nickname),
            email: field("email", self.email),
            locale: field("locale", self.locale),
            url: field("url", self.url),
            dingtalk: self.dingtalk,
            organizations: self.organizations,
            meta: self.meta,
        }
    }
}
