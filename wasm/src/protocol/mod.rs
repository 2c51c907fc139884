//! The messages between WordPress (PHP) and this core.
//!
//! Each message is one JSON object on a line of its own. An operation is a conversation: the first line is a
//! [`Request`], each further line is an [`Answer`] to the effect that the last reply asked for, and each line gets one
//! [`Reply`], until a reply has an outcome. So the whole protocol can be driven by hand:
//!
//! ```text
//! $ logto-sign-in serve
//! {"operation":"about"}
//! {"outcome":{"type":"about","version":"0.2.0",…}}
//! ```
//!
//! # The request
//!
//! ```text
//! {
//!   "operation": "start" | "callback" | "connect" | "sign_out" | "signed_out" | "backchannel_logout"
//!              | "frontchannel_logout" | "revalidate" | "unlink" | "check_settings" | "check_connection" | "preview"
//!              | "import_settings" | "classify_links" | "authenticate" | "about",
//!   "settings":  {…},   // the option `logto_sign_in` as stored; see [`crate::settings`]
//!   "site":      {…},   // [`Site`]
//!   "cache":     {…},   // [`Cache`]: what earlier replies asked to have cached
//!   "input":     {…}    // what the operation needs: [`StartInput`], [`CallbackInput`], …
//! }
//! ```
//!
//! # Replies and answers
//!
//! A reply has either an [effect](Effect) that PHP performs and answers, or the [`Outcome`] that ends the operation:
//!
//! ```text
//! {"effect":  {"type":"http_request",…}, "cache_writes": […], "log": […]}
//! {"answer":  {"status":200,…}}
//! {"outcome": {"type":"redirect",…},     "cache_writes": […], "log": […]}
//! ```
//!
//! A line that is no answer to the effect ends the operation with the refusal `protocol_error`. The line after an
//! outcome is a new request.
//!
//! `now` and `entropy` are never part of a message: the host supplies both with each line
//! ([`crate::environment::Environment`]).

mod answer;
mod check;
mod effect;
mod import;
mod input;
mod outcome;
mod reply;
mod request;
mod session;

pub use answer::{
    AccessRevoked, AccountFacts, Answer, ApiUser, CreateError, EmailMatch, HttpError, HttpResponse, IdentityLinked,
    MailSent, MarkedState, SessionsEnded, StateUse, UserCreated,
};
pub use check::{Check, CheckResult, CheckSubject, Finding};
pub use effect::{
    CreateUser, Effect, EndSessions, Ends, FindAccount, FindApiUser, FindEmailMatch, FindSamePerson, HttpRequest,
    Identity, LinkIdentity, MarkStateUsed, Profile, RevokeAccess, SendConnectMail,
};
pub use import::{ClassifyLinksInput, ImportSettingsInput, Issuer, LinkVerdict, StoredLink};
pub use input::{
    AuthenticateInput, BackchannelLogoutInput, CallbackInput, CheckSettingsInput, ConnectChoice, ConnectInput,
    FrontchannelLogoutInput, Manager, PreviewInput, RevalidateInput, SignOutInput, StartInput, UnlinkInput,
};
pub use outcome::{
    AccessGrant, Change, ConnectPage, ConnectStep, Outcome, Preview, Problem, SetCookie, SignInDecision, SignInTest,
};
pub use reply::{CacheWrite, LogLine, Next, Reply};
pub use request::{Cache, Operation, Provider, Request, Site};
pub use session::{ProviderSession, Renewal};
