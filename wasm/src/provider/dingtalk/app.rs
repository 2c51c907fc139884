//! Who the visitor of the DingTalk app is: the application's own access token, then whose code it is.
//!
//! DingTalk names no organization here. It is the one that the application belongs to: the access token is
//! that application's, and redeems no code of another's.

use super::{API_HOST, OAPI_HOST, fault, token};
use crate::codes::{ErrorCode, Refused};
use crate::protocol::{HttpRequest, HttpResponse};
use crate::provider::http::{self, AccessToken};
use crate::settings::Dingtalk;
use crate::text::trimmed_member;
use crate::token::DingtalkUser;
use serde_json::{Value, json};
use url::Url;

/// The request for the application's access token.
pub fn token_request(dingtalk: &Dingtalk) -> HttpRequest {
    let body = json!({"appKey": dingtalk.client_id, "appSecret": dingtalk.client_secret.expose()});
    http::post_json(dingtalk.url(API_HOST, "/v1.0/oauth2/accessToken"), &body)
        .carrying(&[dingtalk.client_secret.expose()])
        .to_trusted_host(true)
}

/// Judges the answer to [`token_request`].
///
/// # Errors
/// A refusal of the kind `Dingtalk…` or `Provider…`.
pub fn token(response: &HttpResponse) -> Result<AccessToken, Refused> {
    let what = "DingTalk's application token";
    token::access_token(&fault::checked(response, what)?, what)
}

/// The request for the user of `code`. The older interface takes the token in the query.
///
/// # Errors
/// [`ErrorCode::NotConfigured`] when the address is not a URL.
pub fn user_request(dingtalk: &Dingtalk, access_token: &AccessToken, code: &str) -> Result<HttpRequest, Refused> {
    let mut url = Url::parse(&dingtalk.url(OAPI_HOST, "/topapi/v2/user/getuserinfo"))
        .map_err(|_| Refused::new(ErrorCode::NotConfigured, "DingTalk's address is not a URL"))?;
    url.query_pairs_mut().append_pair("access_token", access_token.expose());
    let request = http::post_json(url.into(), &json!({"code": code}));
    Ok(request.carrying(&[access_token.expose(), code]).to_trusted_host(true))
}

/// Judges the answer to [`user_request`], which is HTTP 200 whatever went wrong.
///
/// # Errors
/// [`ErrorCode::DingtalkSubject`], another refusal of the kind `Dingtalk…`, or one of the kind `Provider…`.
pub fn user(response: &HttpResponse) -> Result<DingtalkUser, Refused> {
    let what = "DingTalk's user of the app";
    let answer = fault::checked(response, what)?;
    let user = answer.body.get("result").unwrap_or(&Value::Null);
    let what = format!("{what}{}", fault::request_id(&answer.body));
    Ok(DingtalkUser::read(user, "unionid", &what)?.named_by_organization(trimmed_member(user, "name")))
}
