//! Who the access token belongs to.

use super::{API_HOST, fault};
use crate::error::{Refusal, Refused};
use crate::protocol::{Fetch, Fetched};
use crate::provider::answer;
use crate::provider::{LONGEST_ANSWER, TIMEOUT_MS};
use crate::settings::Dingtalk;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A person whom DingTalk described on the strength of an exchanged code: only [`process`] makes one.
#[derive(Debug)]
pub struct Person {
    subject: String,
    claims: Map<String, Value>,
}

impl Person {
    /// Subject (`unionId`) and claims, under the names of OpenID Connect Core §5.1.
    pub(crate) fn into_parts(self) -> (String, Map<String, Value>) {
        (self.subject, self.claims)
    }
}

/// The request for the visitor's own profile.
pub fn request(dingtalk: &Dingtalk, access_token: &str) -> Fetch {
    Fetch {
        method: "GET",
        url: dingtalk.url(API_HOST, "/v1.0/contact/users/me"),
        headers: BTreeMap::from([
            ("accept", "application/json".to_owned()),
            ("x-acs-dingtalk-access-token", access_token.to_owned()),
        ]),
        body: None,
        timeout_ms: TIMEOUT_MS,
        max_bytes: LONGEST_ANSWER,
    }
}

/// Judges the answer to [`request`]. The subject is `unionId`: `openId` differs between applications.
///
/// # Errors
/// [`Refusal::DingtalkSubject`], another refusal of the kind `Dingtalk…`, or one of the kind `Provider…`.
pub fn process(fetched: &Fetched) -> Result<Person, Refused> {
    let answer = answer::json(fetched, "DingTalk's profile")?;
    if let Some(refused) = fault::of(&answer, "DingTalk's profile") {
        return Err(refused);
    }
    let text =
        |name: &str| answer.body.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let subject = text("unionId")
        .filter(|id| id.len() <= 255)
        .ok_or_else(|| Refused::new(Refusal::DingtalkSubject, "DingTalk's profile: no unionId"))?;
    let mut claims = Map::new();
    let mut claim = |name: &str, value: Option<Value>| value.map(|value| claims.insert(name.to_owned(), value));
    claim("name", text("nick").map(|nick| json!(nick)));
    claim("picture", text("avatarUrl").map(|url| json!(url)));
    claim("phone_number", phone(text("stateCode"), text("mobile")).map(|phone| json!(phone)));
    // DingTalk says nothing about an address but that somebody entered it.
    claim("email", text("email").map(|email| json!(email)));
    claim("email_verified", Some(json!(false)));
    Ok(Person { subject: subject.to_owned(), claims })
}

/// Digits with the country code; nothing when DingTalk masks some (`155****3240`).
fn phone(state_code: Option<&str>, mobile: Option<&str>) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let country = state_code?.trim_start_matches('+');
    let mobile = mobile?;
    (digits(country) && digits(mobile)).then(|| format!("{country}{mobile}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(body: &Value) -> Result<Person, Refused> {
        process(&Fetched { status: 200, body: body.to_string(), ..Fetched::default() })
    }

    #[test]
    fn a_whole_profile_becomes_claims() {
        let body = json!({"nick": "李四", "unionId": "u1", "openId": "o1", "mobile": "13800000002", "stateCode": "86",
            "avatarUrl": "https://static.example/a.png", "email": null});
        let (subject, claims) = judged(&body).expect("person").into_parts();
        assert_eq!(subject, "u1");
        assert_eq!(claims["name"], "李四");
        assert_eq!(claims["phone_number"], "8613800000002");
        assert_eq!(claims["email_verified"], false);
        assert!(!claims.contains_key("email"));
    }

    #[test]
    fn nobody_is_somebody_without_a_union_id() {
        for id in [json!(null), json!(""), json!(" "), json!(7), json!("u".repeat(256))] {
            let refused = judged(&json!({"unionId": id, "openId": "o1"})).expect_err("refused");
            assert_eq!(refused.refusal, Refusal::DingtalkSubject);
        }
    }

    #[test]
    fn a_masked_number_is_no_number() {
        for (state_code, mobile) in [("86", "155****3240"), ("", "13800000002"), ("86", ""), ("8x", "13800000002")] {
            let (_, claims) = judged(&json!({"unionId": "u", "stateCode": state_code, "mobile": mobile}))
                .expect("person")
                .into_parts();
            assert!(!claims.contains_key("phone_number"), "{state_code} {mobile}");
        }
    }

    #[test]
    fn an_address_is_never_verified() {
        let (_, claims) = judged(&json!({"unionId": "u", "email": "a@b.example", "email_verified": true}))
            .expect("person")
            .into_parts();
        assert_eq!(claims["email_verified"], false);
    }
}
