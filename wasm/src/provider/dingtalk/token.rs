//! The user's access token, and the organization that it was given for.

use super::API_HOST;
use super::fault::{self, request_id};
use crate::codes::{ErrorCode, Refused};
use crate::protocol::{HttpRequest, HttpResponse};
use crate::provider::answer::Answer;
use crate::provider::http::{self, AccessToken};
use crate::settings::Dingtalk;
use crate::text::{string_member, truncate_for_log};
use serde_json::json;

/// The request that exchanges `code`.
pub fn request(dingtalk: &Dingtalk, code: &str) -> HttpRequest {
    let body = json!({
        "clientId": dingtalk.client_id,
        "clientSecret": dingtalk.client_secret.expose(),
        "code": code,
        "grantType": "authorization_code",
    });
    http::post_json(dingtalk.url(API_HOST, "/v1.0/oauth2/userAccessToken"), &body)
        .carrying(&[dingtalk.client_secret.expose(), code])
        .to_trusted_host(true)
}

/// Judges the answer to [`request`]: the access token of a visitor whose organization may sign in.
///
/// # Errors
/// A refusal of the kind `Dingtalk…`, [`ErrorCode::CodeRejected`], or one of the kind `Provider…`.
pub fn process(response: &HttpResponse, dingtalk: &Dingtalk) -> Result<AccessToken, Refused> {
    let answer = fault::checked(response, "DingTalk's token")?;
    let token = access_token(&answer, "DingTalk's token")?;
    admit(string_member(&answer.body, "corpId"), dingtalk)?;
    Ok(token)
}

/// The access token of an answer.
pub(super) fn access_token(answer: &Answer, what: &str) -> Result<AccessToken, Refused> {
    let refuse = |cause: &str| {
        Refused::new(ErrorCode::DingtalkError, format_args!("{what}: {cause}{}", request_id(&answer.body)))
    };
    let token = string_member(&answer.body, "accessToken").ok_or_else(|| refuse("no accessToken"))?;
    AccessToken::parse(token).map_err(|cause| refuse(&format!("accessToken: {cause}")))
}

/// Fails closed: where organizations are listed, a visitor without one is nobody's.
fn admit(corp_id: Option<&str>, dingtalk: &Dingtalk) -> Result<(), Refused> {
    match corp_id {
        _ if dingtalk.corp_ids.is_empty() => Ok(()),
        Some(id) if dingtalk.corp_ids.iter().any(|known| known == id) => Ok(()),
        Some(id) => {
            let detail = format!("the visitor's organization {:?} is not in Logto › Settings", truncate_for_log(id));
            Err(Refused::new(ErrorCode::DingtalkOrganization, detail))
        }
        None => Err(Refused::new(ErrorCode::DingtalkOrganization, "DingTalk names no organization (corpId)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use serde_json::Value;

    fn judged(corp_ids: &str, body: &Value) -> Result<String, Refused> {
        let stored = json!({"dingtalk_client_id": "id", "dingtalk_client_secret": "s", "dingtalk_corp_ids": corp_ids});
        let response = HttpResponse { status: 200, body: body.to_string(), ..HttpResponse::default() };
        process(&response, Settings::read(&stored).dingtalk()?).map(|token| token.expose().to_owned())
    }

    #[test]
    fn the_organization_is_allowed_other_or_absent() {
        let with = |corp: Value| json!({"accessToken": "t", "expireIn": 7200, "corpId": corp});
        assert_eq!(judged("ding1 ding2", &with(json!("ding2"))), Ok("t".into()));
        assert_eq!(judged("", &with(Value::Null)), Ok("t".into()));
        for corp in [json!("ding3"), json!(""), Value::Null, json!(["ding1"]), json!("DING1")] {
            assert_eq!(judged("ding1", &with(corp)).expect_err("refused").code, ErrorCode::DingtalkOrganization);
        }
    }

    #[test]
    fn an_answer_without_a_usable_token_is_refused() {
        for token in [json!(null), json!(""), json!("a\r\nb"), json!(7), json!("x".repeat(65_537))] {
            assert_eq!(judged("", &json!({"accessToken": token})).expect_err("refused").code, ErrorCode::DingtalkError);
        }
    }
}
