//! How an operation ends.

use super::{Check, Ends, Issuer, LinkVerdict, Profile, Provider, ProviderSession, Renewal};
use crate::codes::ErrorCode;
use serde::Serialize;
use serde_json::{Map, Value};
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
    /// Show the page that asks the DingTalk app for a code (`requestAuthCode`), then posts `code` and `state`.
    DingtalkAppPage {
        /// The organization that owns the application.
        corp_id: String,
        /// Client ID of the application.
        client_id: String,
        /// To be posted with the code.
        state: String,
        /// Where to post both.
        submit_to: String,
        /// Where to go when the app gives no code: the browser's way.
        fallback: String,
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
        /// Fields to bring up to date once WordPress has let the user in.
        profile: Option<Box<Profile>>,
        /// Roles on this site: those to remove go first, those to add come once WordPress has let the user in.
        roles: Option<Change<String>>,
        /// On a network: memberships by the IDs of the sites, in the same order.
        sites: Option<Change<u64>>,
        /// What the provider told of the visitor, for another plugin that reads it.
        #[serde(skip_serializing_if = "Option::is_none")]
        claims: Option<Map<String, Value>>,
        /// The session's issuer hash: sign-out goes to the provider only for such sessions.
        issuer_hash: String,
        /// What else to keep with the session.
        #[serde(skip_serializing_if = "Option::is_none")]
        session: Option<Box<ProviderSession>>,
        /// Cookies to set or clear.
        cookies: Vec<SetCookie>,
    },
    /// What the provider says of a session that has begun.
    SessionChecked {
        /// Why the session is over, as a code of [`Outcome::Refused`]; `null` while it goes on.
        ended: Option<&'static str>,
        /// When to ask next; `null` for a session that is over.
        renewal: Option<Renewal>,
        /// Roles on this site that change.
        roles: Option<Change<String>>,
        /// On a network: memberships that change.
        sites: Option<Change<u64>>,
        /// The issuer whose gifts they are, as a hash.
        issuer_hash: String,
    },
    /// The sessions that the provider ended have ended here.
    LoggedOut {
        /// The origin whose pages may show the answer in a frame (Front-Channel Logout §2); empty for none.
        framed_by: String,
    },
    /// An account exists that may be the visitor's: ask for its proof, or for the owner's confirmation.
    ConnectPage(Box<ConnectPage>),
    /// What a test sign-in found: nothing was changed.
    SignInTested(Box<SignInTest>),
    /// A user has one more sign-in method.
    IdentityLinked {
        /// The WordPress user.
        user_id: u64,
        /// Where the user wanted to be; empty for WordPress's default.
        redirect_to: String,
        /// Where the identity is from.
        provider: Provider,
        /// Whether nobody is signed in yet: start a sign-in at `provider`, which knows the account now.
        sign_in: bool,
        /// Cookies to set or clear.
        cookies: Vec<SetCookie>,
    },
    /// Whether a sign-in method may be removed.
    UnlinkDecision {
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
        /// Whether only another account at the provider helps: [`super::StartInput::another_account`].
        #[serde(skip_serializing_if = "is_false")]
        another_account: bool,
        /// Where the visitor wanted to be, if known.
        redirect_to: String,
        /// Seconds before which another try is of no use, if known (RFC 9110 §10.2.3).
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
        /// For a request to the REST API: the value of `WWW-Authenticate` (RFC 6750 §3).
        #[serde(skip_serializing_if = "Option::is_none")]
        challenge: Option<String>,
        /// Whom it is about, if the identity that the provider vouched for is a user's.
        #[serde(skip_serializing_if = "Option::is_none")]
        user_id: Option<u64>,
        /// Cookies to set or clear.
        cookies: Vec<SetCookie>,
    },
    /// The access token of a request to the REST API is valid: the request is this user's, within bounds.
    AccessGranted(Box<AccessGrant>),
    /// The access token of a request to the REST API is another issuer's: another plugin may know it.
    OtherIssuer,
    /// Settings, cleaned; cleaning them again changes nothing.
    Settings {
        /// Every field that the manager may change, with a value that can be stored.
        values: BTreeMap<&'static str, Value>,
        /// What is wrong with what was submitted.
        problems: Vec<Problem>,
    },
    /// What a person with certain claims would get.
    Preview(Box<Preview>),
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
        verdicts: Vec<LinkVerdict>,
    },
    /// What the providers said about the connection.
    ConnectionChecked {
        /// One for each thing that was asked, in the order of a sign-in.
        checks: Vec<Check>,
    },
    /// What this core is.
    About {
        /// Version of the plugin that it belongs to.
        version: &'static str,
        /// Signature algorithms that can be verified.
        algorithms: Vec<&'static str>,
        /// Every code that [`Outcome::Refused`], [`Problem`] and [`Check`] can carry.
        codes: Vec<&'static str>,
    },
}

impl Outcome {
    /// A refusal; status and retry are those of its code.
    pub const fn refused(code: ErrorCode, redirect_to: String, cookies: Vec<SetCookie>) -> Self {
        let (status, retry, another_account) = (code.status(), code.retry(), code.another_account());
        Self::Refused {
            code: code.as_str(),
            status,
            retry,
            another_account,
            redirect_to,
            retry_after: None,
            challenge: None,
            user_id: None,
            cookies,
        }
    }

    /// The same refusal with a challenge to the caller of the REST API.
    #[must_use]
    pub fn and_challenge(mut self, text: String) -> Self {
        if let Self::Refused { challenge, .. } = &mut self {
            *challenge = Some(text);
        }
        self
    }

    /// The same refusal with the user whom it is about, if one is known.
    #[must_use]
    pub fn of_user(mut self, user: Option<u64>) -> Self {
        if let Self::Refused { user_id, .. } = &mut self {
            *user_id = user;
        }
        self
    }

    /// The same refusal with the seconds before which another try is of no use, if they are known.
    #[must_use]
    pub fn and_retry_after(mut self, seconds: Option<u64>) -> Self {
        if let Self::Refused { retry_after, .. } = &mut self {
            *retry_after = seconds;
        }
        self
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// For whom a request to the REST API is made, and what it may do.
#[derive(Debug, Serialize)]
pub struct AccessGrant {
    /// The WordPress user.
    pub user_id: u64,
    /// What the token's scopes allow. The request has no other capability, whatever the user has.
    pub capabilities: Vec<String>,
    /// Whether they allow nothing but reading, so that a request by another method than GET is refused.
    pub read_only: bool,
    /// For each other capability that a scope allows: the scopes, separated by one space.
    pub scopes: BTreeMap<String, String>,
    /// The value of `WWW-Authenticate` where WordPress finds a capability missing; `scope` may follow.
    pub challenge: String,
}

/// What the page of a pending connection shows.
#[derive(Debug, Serialize)]
pub struct ConnectPage {
    /// What it asks for.
    pub step: ConnectStep,
    /// The account: the signed-in user's, else the one that has the visitor's email address.
    pub user_id: u64,
    /// Who vouches for the visitor.
    pub provider: Provider,
    /// The visitor's name at the provider, or whatever tells them from others there.
    pub name: String,
    /// The visitor's verified address; may be empty.
    pub email: String,
    /// Whether the visitor may have a one-time link mailed.
    pub may_mail: bool,
    /// Whether the visitor may get an account of their own.
    pub may_separate: bool,
    /// Which access to the account ends with the confirmation.
    pub ends: Ends,
    /// Cookies to set or clear.
    pub cookies: Vec<SetCookie>,
}

/// What the page of a pending connection asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectStep {
    /// A proof that the account is the visitor's.
    Prove,
    /// The same, after a mail was asked for.
    Mailed,
    /// The confirmation of the signed-in user.
    Confirm,
    /// The confirmation of whoever opened the mailed link.
    ConfirmMailed,
}

/// What a sign-in would have done, had it not been a test.
#[derive(Debug, Serialize)]
pub struct SignInTest {
    /// Who vouches for the visitor.
    pub provider: Provider,
    /// The visitor's name at the provider, or whatever tells them from others there.
    pub name: String,
    /// What the provider says of them, as far as the plugin reads it: texts as they are, everything else as JSON.
    pub claims: BTreeMap<String, String>,
    /// Whose account it would have been.
    pub decision: SignInDecision,
    /// Why the visitor would have been refused: a code of [`Outcome::Refused`].
    pub refused: Option<&'static str>,
    /// The user whose account it is, if there is one already.
    pub account: Option<u64>,
    /// The roles that the user of the account would have; none: WordPress's own default.
    pub roles: Vec<String>,
    /// What a new account would get.
    pub preview: Preview,
    /// Whether the provider and this site work together: only rules about single accounts could have refused.
    pub proven: bool,
    /// What connects the identity to the account of whoever tested ([`super::ConnectInput`]); `None` when somebody has it.
    pub connection: Option<String>,
    /// Cookies to set or clear.
    pub cookies: Vec<SetCookie>,
}

/// Whose account a sign-in is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInDecision {
    /// The account that has the identity.
    SignIn,
    /// The account of the same person at the other provider, which gets the identity.
    Connect,
    /// Its owner decides: an account has the visitor's email address.
    Ask,
    /// A new one.
    Create,
    /// Nobody's.
    Refuse,
}

/// What is given and what is taken away. A role that does not exist is not given, and the last administrator of a site
/// stays one: who performs this looks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change<T> {
    /// What to give.
    pub add: Vec<T>,
    /// What to take away.
    pub remove: Vec<T>,
    /// What the mapping has given in all at sign-ins with this issuer, to be remembered as confirmed now.
    pub granted: Vec<T>,
}

/// What a person with certain claims would get at their first sign-in.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// Why they would be refused, if they would: a code of [`Outcome::Refused`].
    pub refused: Option<&'static str>,
    /// Usernames that would be tried, in this order.
    pub logins: Vec<String>,
    /// Email address; under `.invalid` without a verified one.
    pub email: String,
    /// The other fields.
    pub profile: Profile,
    /// Roles; none: WordPress's own default.
    pub roles: Vec<String>,
    /// On a network: sites that they would become members of.
    pub sites: Vec<u64>,
    /// Whether the account would wait for an admin.
    pub pending: bool,
    /// Whether an account with the same email address, if one may be linked, would be theirs.
    pub links_by_email: bool,
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
