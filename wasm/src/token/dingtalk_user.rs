//! A user, as either of DingTalk's two ways describes one.

use crate::codes::{ErrorCode, Refused};
use crate::text::trimmed_member;
use serde_json::{Map, Value, json};

/// A user whom DingTalk described on the strength of an exchanged code: only this room makes one.
#[derive(Debug)]
pub struct DingtalkUser {
    pub(super) subject: String,
    pub(super) claims: Map<String, Value>,
    pub(super) named_by_organization: bool,
}

impl DingtalkUser {
    /// Reads a description. The subject is `unionId`: `openId` differs between applications, `userid` between organizations.
    pub(crate) fn read(described: &Value, union_id: &str, what: &str) -> Result<Self, Refused> {
        let subject = trimmed_member(described, union_id)
            .filter(|id| id.len() <= 255)
            .ok_or_else(|| Refused::new(ErrorCode::DingtalkSubject, format_args!("{what}: no {union_id}")))?;
        let mut user = Self { subject: subject.to_owned(), claims: Map::new(), named_by_organization: false };
        // DingTalk says nothing about an address but that somebody entered it.
        user.claim("email_verified", Some(json!(false)));
        Ok(user)
    }

    /// The same user with the name that an organization gives them, which need not be their own.
    #[must_use]
    pub(crate) fn named_by_organization(mut self, name: Option<&str>) -> Self {
        self.claim("name", name.map(|name| json!(name)));
        Self { named_by_organization: true, ..self }
    }

    /// Adds a claim under a name of OpenID Connect Core §5.1, if there is one.
    pub(crate) fn claim(&mut self, name: &str, value: Option<Value>) {
        self.claims.extend(value.map(|value| (name.to_owned(), value)));
    }

    #[cfg(test)]
    pub(crate) fn into_parts(self) -> (String, Map<String, Value>) {
        (self.subject, self.claims)
    }
}
