//! A connection that waits: the visitor is known, and an account that may be theirs is there, but its owner has not agreed.
//!
//! It is kept in the visitor's browser and nowhere else, sealed, for ten minutes. Whoever holds it proved the identity at the
//! provider in this browser ([`Verified<Visitor>`] makes it), and has proved nothing about the account.

use super::attempt::{self, Attempt, CONNECT_COOKIE};
use crate::account::{admission, profile};
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::seal::{Purpose, Seal};
use crate::crypto::{base64url, draw, expand, sha256_hex};
use crate::protocol::{
    CallbackInput, ConnectPage, ConnectStep, EmailMatch, Ends, Identity, MarkStateUsed, Outcome, Provider, SetCookie,
    StateUse,
};
use crate::token::{Verified, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq as _;

/// Seconds for which it waits.
const PENDING_TTL_SECS: u64 = 600;
/// Seconds for which a login shows that its user is at the keyboard.
const FRESH_SECS: u64 = 300;
/// Longest name that the page shows, in characters.
const MAX_NAME_CHARS: usize = 60;
/// Characters of a subject that tell one visitor from another where there is no name.
const SUBJECT_CHARS: usize = 12;

/// A connection that waits.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    seed: [u8; 16],
    created: u64,
    /// Where the identity is from.
    pub provider: Provider,
    issuer: String,
    subject: String,
    name: String,
    /// The visitor's verified address.
    pub email: String,
    /// The account.
    pub user_id: u64,
    /// Where it began.
    pub origin: Origin,
    /// Whether a link mailed to the address may connect the two.
    pub may_mail: bool,
    /// Whether the visitor may get an account of their own.
    pub may_separate: bool,
    /// Where the visitor wanted to be.
    pub redirect_to: String,
}

/// Where a connection began, which says what its account's owner has proved by then.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// On the profile page: WordPress asked for a proof before the visitor left.
    Profile,
    /// At a sign-in: nothing is proved about the account.
    SignIn,
    /// At a test sign-in: a session is open, which may have been left open.
    Test,
}

impl Pending {
    /// The connection that the signed-in user `user_id` asked for.
    ///
    /// # Errors
    /// [`ErrorCode::ProtocolError`] when the host supplied no entropy.
    pub fn from_profile(
        visitor: &Verified<Visitor>,
        user_id: u64,
        attempt: &Attempt,
        context: &Context,
    ) -> Result<Self, Refused> {
        let environment = context.environment()?;
        let name = profile::of(visitor).display_name.unwrap_or_else(|| short(&visitor.identity.subject));
        Ok(Self {
            seed: draw(&environment, "connection"),
            created: environment.now,
            provider: if visitor.has_role_claims() { Provider::Logto } else { Provider::Dingtalk },
            issuer: visitor.identity.issuer.clone(),
            subject: visitor.identity.subject.clone(),
            name: name.chars().take(MAX_NAME_CHARS).collect(),
            email: visitor.verified_email().unwrap_or_default().to_owned(),
            user_id,
            origin: Origin::Profile,
            may_mail: false,
            may_separate: false,
            // From the page of a connection, a visitor who signs in once more would come back to it without end.
            redirect_to: Some(&attempt.redirect_to)
                .filter(|url| **url != context.site.connect_uri)
                .cloned()
                .unwrap_or_default(),
        })
    }

    /// The connection to the account `user_id`, which has the visitor's email address.
    ///
    /// # Errors
    /// As [`Self::from_profile`].
    pub fn from_sign_in(
        visitor: &Verified<Visitor>,
        user_id: u64,
        matched: &EmailMatch,
        attempt: &Attempt,
        context: &Context,
    ) -> Result<Self, Refused> {
        Ok(Self {
            origin: Origin::SignIn,
            may_mail: admission::may_connect_by_mail(matched, &context.settings)
                && admission::has_proven_email(visitor, &context.settings),
            may_separate: admission::allow_new_account(visitor, &context.settings, &context.site).is_ok(),
            ..Self::from_profile(visitor, user_id, attempt, context)?
        })
    }

    /// The connection to the account of the administrator `user_id`, who only tested the sign-in.
    ///
    /// # Errors
    /// As [`Self::from_profile`].
    pub fn from_test(
        visitor: &Verified<Visitor>,
        user_id: u64,
        attempt: &Attempt,
        context: &Context,
    ) -> Result<Self, Refused> {
        Ok(Self { origin: Origin::Test, ..Self::from_profile(visitor, user_id, attempt, context)? })
    }

    /// The connection that waits in this browser. A cookie that is no good is cleared.
    ///
    /// # Errors
    /// [`ErrorCode::ConnectExpired`]
    pub fn open(cookies: &BTreeMap<String, String>, context: &Context) -> Result<Self, Refused> {
        let gone = |cause: &str| Refused::new(ErrorCode::ConnectExpired, cause);
        context.on_refusal("", vec![clear_cookie(context)]);
        let value = cookies.get(CONNECT_COOKIE).ok_or_else(|| gone("this browser has no cookie of a connection"))?;
        let pending: Self = Seal::new(&context.site.salt, Purpose::Connect)?
            .open(value, CONNECT_COOKIE)
            .ok_or_else(|| gone("the cookie of the connection was altered, or the site's salts changed"))?;
        context.on_refusal(&pending.redirect_to, vec![clear_cookie(context)]);
        if attempt::is_expired(pending.created, context.now()) {
            return Err(gone("the visitor took longer than ten minutes"));
        }
        context.on_refusal(&pending.redirect_to, Vec::new());
        Ok(pending)
    }

    /// The connection as it is kept in the browser.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`] when the site has no salt.
    pub fn seal(&self, context: &Context) -> Result<String, Refused> {
        Seal::new(&context.site.salt, Purpose::Connect)?.seal(self, CONNECT_COOKIE, &context.environment()?)
    }

    /// Sends the visitor to the page that asks for what is missing; the attempt is over.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`] when the site has no salt.
    pub fn ask(&self, attempt: &Attempt, callback: &CallbackInput, context: &Context) -> Result<Outcome, Refused> {
        let value = self.seal(context)?;
        let over = attempt.clear_cookie(&context.site.redirect_uri, context);
        let mut present = callback.cookies.clone();
        present.remove(&over.name);
        let new = attempt::connect_cookie(value, PENDING_TTL_SECS, context);
        let mut cookies = attempt::cookies(new, &present, context)?;
        cookies.push(over);
        Ok(Outcome::Redirect { url: context.site.connect_uri.clone(), external: false, cookies })
    }

    /// Which access to the account ends when what `step` asks for is given. On the profile page the user has looked at what
    /// else is open; after a sign-in, somebody else may have it open; and whoever opened a mailed link has shown nothing of
    /// the account but its address.
    pub const fn ends(&self, step: ConnectStep) -> Ends {
        match (step, self.origin) {
            (ConnectStep::ConfirmMailed, _) => Ends::Everything,
            (ConnectStep::Confirm, Origin::SignIn) => Ends::Sessions,
            _ => Ends::Nothing,
        }
    }

    /// The page that asks for `step`, for the account `user_id`.
    pub fn page(&self, step: ConnectStep, user_id: u64, context: &Context) -> Outcome {
        Outcome::ConnectPage(Box::new(ConnectPage {
            step,
            user_id,
            provider: self.provider,
            name: self.name.clone(),
            email: self.email.clone(),
            may_mail: self.may_mail && context.settings.accounts.link_by_email,
            may_separate: self.may_separate,
            ends: self.ends(step),
            cookies: Vec::new(),
        }))
    }

    /// The end of a connection that was made.
    pub fn linked(&self, user_id: u64, cookies: Vec<SetCookie>) -> Outcome {
        let (redirect_to, provider) = (self.redirect_to.clone(), self.provider);
        Outcome::IdentityLinked { user_id, redirect_to, provider, sign_in: false, cookies }
    }

    /// The visitor's name at the provider, or whatever tells them from others there.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The identity that the visitor proved.
    pub fn identity(&self) -> Identity {
        let (issuer, subject) = (self.issuer.clone(), self.subject.clone());
        Identity { issuer_hash: sha256_hex(&issuer), issuer, subject }
    }

    /// Whether the user proved to be the owner of an account after the connection began to wait: a session that was open
    /// before may be anybody's.
    pub const fn is_before(&self, proven_at: u64) -> bool {
        proven_at >= self.created
    }

    /// Whether the user proved to be the owner at most five minutes before the connection began to wait: a session that is
    /// older may have been left open.
    pub const fn is_just_after(&self, proven_at: u64) -> bool {
        proven_at.saturating_add(FRESH_SECS) >= self.created
    }

    /// The code of the mailed link: 22 base64url characters, 128 bits that only this browser's cookie leads to.
    pub fn code(&self) -> String {
        base64url(&self.derive("code"))
    }

    /// Whether `code` is that code, in constant time.
    pub fn is_code(&self, code: &str) -> bool {
        bool::from(self.code().as_bytes().ct_eq(code.as_bytes()))
    }

    /// Marks a step as done; whether this was the first time.
    ///
    /// # Errors
    /// [`ErrorCode::DatabaseError`]
    pub async fn mark(&self, step: &str, context: &Context) -> Result<bool, Refused> {
        let key = sha256_hex(&format!("connect {step} {}", base64url(&self.derive("mark"))));
        let expires_at = self.created.saturating_add(2 * PENDING_TTL_SECS);
        match context.perform(MarkStateUsed { key, expires_at }).await?.state_use {
            StateUse::First => Ok(true),
            StateUse::Repeated => Ok(false),
            StateUse::Failed => Err(Refused::new(ErrorCode::DatabaseError, "the step could not be marked as done")),
        }
    }

    fn derive(&self, label: &str) -> [u8; 16] {
        expand(&self.seed, &format!("connect {label}"))
    }
}

/// The cookie that clears a connection's.
pub fn clear_cookie(context: &Context) -> SetCookie {
    attempt::connect_cookie(String::new(), 0, context)
}

fn short(subject: &str) -> String {
    subject.chars().filter(|c| crate::text::is_visible(*c)).take(SUBJECT_CHARS).collect()
}
