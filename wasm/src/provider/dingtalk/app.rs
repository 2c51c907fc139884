//! Who the visitor of the DingTalk app is: the application's own access token, then whom the code stands for.
//!
//! DingTalk names no organisation here. It is the one that the application belongs to: the access token is
//! that application's, and redeems no code of another's.

use super::person::Person;
use super::{API_HOST, OAPI_HOST, fault, token};
use crate::error::{Refusal, Refused};
use crate::protocol::{Fetch, Fetched};
use crate::provider::{LONGEST_ANSWER, TIMEOUT_MS};
use crate::settings::Dingtalk;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

/// The request for the application's access token.
pub fn token_request(dingtalk: &Dingtalk) -> Fetch {
    let body = json!({"appKey": dingtalk.client_id, "appSecret": dingtalk.client_secret.expose()});
    post(dingtalk.url(API_HOST, "/v1.0/oauth2/accessToken"), &body)
}

/// Judges the answer to [`token_request`].
///
/// # Errors
/// A refusal of the kind `Dingtalk…` or `Provider…`.
pub fn token(fetched: &Fetched) -> Result<String, Refused> {
    let what = "DingTalk's application token";
    token::access_token(&fault::checked(fetched, what)?, what)
}

/// The request for the person whom `code` stands for. The older interface takes the token in the query.
///
/// # Errors
/// [`Refusal::NotConfigured`] when the address is not a URL.
pub fn person_request(dingtalk: &Dingtalk, access_token: &str, code: &str) -> Result<Fetch, Refused> {
    let mut url = Url::parse(&dingtalk.url(OAPI_HOST, "/topapi/v2/user/getuserinfo"))
        .map_err(|_| Refused::new(Refusal::NotConfigured, "DingTalk's address is not a URL"))?;
    url.query_pairs_mut().append_pair("access_token", access_token);
    Ok(post(url.into(), &json!({"code": code})))
}

/// Judges the answer to [`person_request`], which is HTTP 200 whatever went wrong.
///
/// # Errors
/// [`Refusal::DingtalkSubject`], another refusal of the kind `Dingtalk…`, or one of the kind `Provider…`.
pub fn person(fetched: &Fetched) -> Result<Person, Refused> {
    let what = "DingTalk's user of the app";
    let answer = fault::checked(fetched, what)?;
    Person::read(answer.body.get("result").unwrap_or(&Value::Null), "unionid", "name", what)
}

fn post(url: String, body: &Value) -> Fetch {
    Fetch {
        method: "POST",
        url,
        headers: BTreeMap::from([
            ("accept", "application/json".to_owned()),
            ("content-type", "application/json".to_owned()),
        ]),
        body: Some(body.to_string()),
        timeout_ms: TIMEOUT_MS,
        max_bytes: LONGEST_ANSWER,
    }
}
