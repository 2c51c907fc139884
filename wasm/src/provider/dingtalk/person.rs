//! A person, as either of DingTalk's two ways describes one.

use crate::error::{Refusal, Refused};
use serde_json::{Map, Value, json};

/// A person whom DingTalk described on the strength of an exchanged code: only this room makes one.
#[derive(Debug)]
pub struct Person {
    subject: String,
    claims: Map<String, Value>,
}

impl Person {
    /// Reads a description. The subject is `unionId`: `openId` differs between applications, `userid` between organisations.
    pub(super) fn read(described: &Value, union_id: &str, name: &str, what: &str) -> Result<Self, Refused> {
        let subject = text(described, union_id)
            .filter(|id| id.len() <= 255)
            .ok_or_else(|| Refused::new(Refusal::DingtalkSubject, format_args!("{what}: no {union_id}")))?;
        let mut person = Self { subject: subject.to_owned(), claims: Map::new() };
        person.claim("name", text(described, name).map(|name| json!(name)));
        // DingTalk says nothing about an address but that somebody entered it.
        person.claim("email_verified", Some(json!(false)));
        Ok(person)
    }

    /// Adds a claim, if there is one.
    pub(super) fn claim(&mut self, name: &str, value: Option<Value>) {
        self.claims.extend(value.map(|value| (name.to_owned(), value)));
    }

    /// Subject (`unionId`) and claims, under the names of OpenID Connect Core §5.1.
    pub(crate) fn into_parts(self) -> (String, Map<String, Value>) {
        (self.subject, self.claims)
    }
}

/// A text with something in it.
pub(super) fn text<'a>(described: &'a Value, name: &str) -> Option<&'a str> {
    described.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}
