//! What renews a session: the refresh token, sealed, so that whoever reads the database cannot use it.

use crate::context::Context;
use crate::crypto::seal::{Purpose, Seal};
use crate::protocol::Renewal;
use crate::token::{Verified, Visitor};
use serde::{Deserialize, Serialize};

/// Seconds after which a provider that did not answer is asked again, doubled each time.
const FIRST_PAUSE_SECS: u64 = 60;
/// Seconds after which a session is looked at again while the settings want no checks.
const OFF_SECS: u64 = 24 * 60 * 60;

/// The refresh token of a session, and whose it is.
#[derive(Serialize, Deserialize)]
pub struct Grant {
    /// The issuer that gave it.
    pub issuer: String,
    /// The visitor.
    pub subject: String,
    /// The token.
    pub refresh_token: String,
    /// The `nonce` of the sign-in.
    pub nonce: String,
    /// How often in a row nothing could be learned.
    failures: u32,
}

impl Grant {
    /// What a sign-in gave; `None` when the settings want no checks, or the provider gave no refresh token.
    pub fn of(visitor: &Verified<Visitor>, nonce: &str, context: &Context) -> Option<Self> {
        if context.settings.revalidate_secs == 0 || !visitor.has_role_claims() {
            return None;
        }
        let Some(refresh_token) = &visitor.refresh_token else {
            context.log("session_not_renewable", "the provider gave no refresh token that can be kept".to_owned());
            return None;
        };
        Some(Self {
            issuer: visitor.identity.issuer.clone(),
            subject: visitor.identity.subject.clone(),
            refresh_token: refresh_token.expose().to_owned(),
            nonce: nonce.to_owned(),
            failures: 0,
        })
    }

    /// Opens what [`Grant::renewal`] sealed for a user.
    pub fn open(sealed: &str, user_id: u64, context: &Context) -> Option<Self> {
        Seal::new(&context.site.salt, Purpose::Session).ok()?.open(sealed, &user_id.to_string())
    }

    /// The provider was asked and answered: the next time is a whole interval away. A page that comes in its second half is
    /// followed by a check; none that comes later is shown before one.
    pub fn renewal(mut self, user_id: u64, context: &Context) -> Option<Renewal> {
        self.failures = 0;
        let (now, secs) = (context.now(), context.settings.revalidate_secs);
        self.seal(user_id, now + secs / 2, now + secs, context)
    }

    /// Nothing was learned: the session goes on, and the provider is asked again after a page, later each time.
    pub fn postponed(mut self, user_id: u64, context: &Context) -> Option<Renewal> {
        let (now, secs) = (context.now(), context.settings.revalidate_secs);
        if secs == 0 {
            return self.seal(user_id, now + OFF_SECS, now + OFF_SECS, context);
        }
        let pause = FIRST_PAUSE_SECS.checked_shl(self.failures).map_or(secs, |pause| pause.min(secs));
        self.failures = self.failures.saturating_add(1).min(16);
        self.seal(user_id, now + pause, now + pause + secs, context)
    }

    fn seal(&self, user_id: u64, check_after: u64, check_by: u64, context: &Context) -> Option<Renewal> {
        let seal = Seal::new(&context.site.salt, Purpose::Session).ok()?;
        let sealed = seal.seal(self, &user_id.to_string(), &context.environment().ok()?).ok()?;
        Some(Renewal { sealed, check_after, check_by })
    }
}
