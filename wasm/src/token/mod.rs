//! What a verified token is.
//!
//! [`Verified`] is the proof: code that wants one cannot be handed an unverified token, because only
//! the verifiers in this module make one.

mod dingtalk_user;
pub mod id;
pub mod visitor;

#[cfg(test)]
mod tests;

use crate::settings::Dingtalk;
use serde_json::{Map, Value};
use std::ops::Deref;

pub use dingtalk_user::DingtalkUser;
pub use visitor::Visitor;

/// A value that was verified: the signature is the provider's and every rule was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl Verified<id::IdToken> {
    /// The person whom the token is about, with what userinfo adds.
    pub fn describe(self, userinfo: Map<String, Value>) -> Verified<Visitor> {
        Verified(Visitor::describe(self.0, userinfo))
    }
}

impl Verified<Visitor> {
    /// The person whom DingTalk described. It signs nothing: the proof is that the site itself exchanged
    /// the code of an attempt of this browser, and asked DingTalk with what it got.
    pub fn described_by_dingtalk(user: DingtalkUser) -> Self {
        let (subject, claims) = user.into_parts();
        Self(Visitor::new(Dingtalk::ISSUER, subject, claims))
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
