//! Who the access token belongs to.

use super::{API_HOST, fault};
use crate::codes::{ErrorCode, Refused};
use crate::protocol::{HttpRequest, HttpResponse};
use crate::provider::http::{self, AccessToken};
use crate::settings::Dingtalk;
use crate::text::trimmed_member as text;
use crate::token::DingtalkUser;
use serde_json::json;

/// The request for the visitor's own profile.
pub fn request(dingtalk: &Dingtalk, access_token: &AccessToken) -> HttpRequest {
    let url = dingtalk.url(API_HOST, "/v1.0/contact/users/me");
    http::get_with_token(&url, "x-acs-dingtalk-access-token", "", access_token).to_trusted_host(true)
}

/// Judges the answer to [`request`].
///
/// # Errors
/// [`ErrorCode::DingtalkSubject`], another refusal of the kind `Dingtalk…`, or one of the kind `Provider…`.
pub fn process(response: &HttpResponse) -> Result<DingtalkUser, Refused> {
    let what = "DingTalk's profile";
    let body = fault::checked(response, what).map_err(unreleased)?.body;
    let mut user = DingtalkUser::read(&body, "unionId", what)?;
    user.claim("name", text(&body, "nick").map(|name| json!(name)));
    user.claim("picture", text(&body, "avatarUrl").map(|url| json!(url)));
    user.claim("phone_number", phone(text(&body, "stateCode"), text(&body, "mobile")).map(|phone| json!(phone)));
    user.claim("email", text(&body, "email").map(|email| json!(email)));
    Ok(user)
}

/// The access token is fresh, so the credentials are right: DingTalk takes no token of an application without a released
/// version.
fn unreleased(refused: Refused) -> Refused {
    match refused.code {
        ErrorCode::DingtalkClientRejected => Refused { code: ErrorCode::DingtalkUnreleased, ..refused },
        _ => refused,
    }
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
    use serde_json::{Map, Value};

    fn judged(body: &Value) -> Result<DingtalkUser, Refused> {
        process(&HttpResponse { status: 200, body: body.to_string(), ..HttpResponse::default() })
    }

    fn told(body: &Value) -> (String, Map<String, Value>) {
        judged(body).expect("user").into_parts()
    }

    #[test]
    fn a_whole_profile_becomes_claims() {
        let body = json!({"nick": "李四", "unionId": "u1", "openId": "o1", "mobile": "13800000002", "stateCode": "86",
            "avatarUrl": "https://static.example/a.png", "email": null});
        let (subject, claims) = told(&body);
        assert_eq!(subject, "u1");
        assert_eq!(claims["name"], "李四");
        assert_eq!(claims["phone_number"], "8613800000002");
        assert_eq!(claims["email_verified"], false);
        assert!(!claims.contains_key("email"));
    }

    /// Fault C20: an application without a released version was refused as one with a wrong secret.
    #[test]
    fn fault_c20_a_version_that_is_not_released_is_no_wrong_secret() {
        let body = json!({"code": "InvalidAuthentication", "requestid": "1", "message": "m"});
        let response = HttpResponse { status: 400, body: body.to_string(), ..HttpResponse::default() };

        let refused = process(&response).expect_err("refused");

        assert_eq!(refused.code, ErrorCode::DingtalkUnreleased);
        assert!(refused.detail.contains("Version Management and Release"), "{}", refused.detail);
    }

    #[test]
    fn nobody_is_somebody_without_a_union_id() {
        for id in [json!(null), json!(""), json!(" "), json!(7), json!("u".repeat(256))] {
            let refused = judged(&json!({"unionId": id, "openId": "o1"})).expect_err("refused");
            assert_eq!(refused.code, ErrorCode::DingtalkSubject);
        }
    }

    #[test]
    fn a_masked_number_is_no_number() {
        for (state_code, mobile) in [("86", "155****3240"), ("", "13800000002"), ("86", ""), ("8x", "13800000002")] {
            let (_, claims) = told(&json!({"unionId": "u", "stateCode": state_code, "mobile": mobile}));
            assert!(!claims.contains_key("phone_number"), "{state_code} {mobile}");
        }
    }

    #[test]
    fn an_address_is_never_verified() {
        let (_, claims) = told(&json!({"unionId": "u", "email": "a@b.example", "email_verified": true}));
        assert_eq!(claims["email_verified"], false);
    }
}
