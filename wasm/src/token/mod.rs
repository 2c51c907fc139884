//! What a verified token is.
//!
//! [`Verified`] is the proof: code that wants one cannot be handed an unverified token, because only
//! the verifiers in this module make one.

pub mod id;

#[cfg(test)]
mod tests;

use crate::account::Visitor;
use crate::provider::dingtalk::Person;
use crate::seal::Opened;
use crate::settings::Dingtalk;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::ops::Deref;

/// A value that was verified: the signature is the provider's and every rule was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// A value that was verified in an earlier step and came back sealed. Seal nothing but what was
    /// taken from a [`Verified`].
    pub(crate) fn reopened(opened: Opened<T>) -> Self {
        Self(opened.into_inner())
    }

    /// The value, without its proof.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl Verified<id::IdToken> {
    /// The person whom the token is about, with what userinfo adds.
    pub fn describe(self, userinfo: Map<String, Value>) -> Verified<Visitor> {
        Verified(Visitor::describe(self.0, userinfo))
    }
}

impl Verified<Visitor> {
    /// The person whom DingTalk described. It signs nothing: the proof is that the site itself exchanged
    /// the code of an attempt of this browser, and asked DingTalk with what it got.
    pub fn described_by_dingtalk(person: Person) -> Self {
        let (subject, claims) = person.into_parts();
        Self(Visitor::new(Dingtalk::ISSUER, subject, claims))
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Serialises as the value; there is no way back but `reopened`.
impl<T: Serialize> Serialize for Verified<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
