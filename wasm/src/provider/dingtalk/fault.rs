//! DingTalk's errors: which refusal each is, and which page of its console mends it.

use crate::codes::{ErrorCode, Refused};
use crate::json;
use crate::protocol::HttpResponse;
use crate::provider::answer::{self, Answer};
use crate::text::{string_member, truncate_for_log};
use serde_json::Value;

/// A code of DingTalk's, its refusal, and what the admin does about it.
const KNOWN: &[(&str, ErrorCode, &str)] = &[
    (
        "invalidParameter.authCode.notFound",
        ErrorCode::CodeRejected,
        "the code was used, is older than five minutes, or belongs to another application",
    ),
    (
        "invalidClientIdOrSecret",
        ErrorCode::DingtalkClientRejected,
        "copy Client ID and Client Secret from Basic Information › Credentials",
    ),
    (
        "InvalidAuthentication",
        ErrorCode::DingtalkClientRejected,
        "copy Client ID and Client Secret from Basic Information › Credentials; release a version under Application Release › Version Management and Release",
    ),
    ("accesstoken.expired", ErrorCode::DingtalkTokenExpired, "the access token expired between two requests"),
    (
        "invalidParameter.user.notFound",
        ErrorCode::DingtalkUserUnknown,
        "the visitor is not in an organization that the application is visible to: Application Release › Version Management and Release",
    ),
    (
        "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        ErrorCode::DingtalkPermissionMissing,
        "add the permission under Permission Management, then release a version under Application Release › Version Management and Release",
    ),
    ("Forbidden.AccessDenied.IpNotInWhiteList", ErrorCode::DingtalkServerNotAllowed, ADD_SERVER),
];

/// What the admin does where DingTalk answers certain servers alone.
const ADD_SERVER: &str =
    "add this server's outgoing IP address under Development Configuration › Security Settings › Server Egress IP";

/// Codes of the older interface, which come with HTTP 200, as `errcode` or, where that is 88, as `sub_code`.
const KNOWN_NUMBERS: &[(i64, ErrorCode, &str)] = &[
    (
        88,
        ErrorCode::DingtalkPermissionMissing,
        "add the permission under Permission Management, then release a version",
    ),
    (40014, ErrorCode::DingtalkTokenExpired, "the access token is not valid any more"),
    (40078, ErrorCode::CodeRejected, "the code was used, has expired, or belongs to another flow"),
    (60020, ErrorCode::DingtalkServerNotAllowed, ADD_SERVER),
    (
        60121,
        ErrorCode::DingtalkUserUnknown,
        "the visitor is not in an organization that the application is visible to: Application Release › Version Management and Release",
    ),
];

/// Members of answers that count: what went wrong, tokens, and the two descriptions of a user.
const MEMBERS: &[&str] = &[
    "accessDeniedDetail",
    "accessToken",
    "accessdenieddetail",
    "avatarUrl",
    "code",
    "corpId",
    "email",
    "errcode",
    "errmsg",
    "message",
    "mobile",
    "nick",
    "requestId",
    "request_id",
    "requestid",
    "requiredScopes",
    "result",
    "stateCode",
    "sub_code",
    "sub_msg",
    "unionId",
];

/// An answer that is no refusal.
pub(super) fn checked(response: &HttpResponse, what: &str) -> Result<Answer, Refused> {
    let answer = answer::json(response, what, |name| MEMBERS.contains(&name))
        .map_err(|refused| with_code(&refused, response))?;
    match of(&answer, what) {
        Some(refused) => Err(refused),
        None => Ok(answer),
    }
}

/// The number by which DingTalk's support finds a request, for the log.
pub(super) fn request_id(body: &Value) -> String {
    let id = ["requestid", "request_id", "requestId"].iter().find_map(|name| string_member(body, name));
    id.map(|id| format!(" [request {}]", truncate_for_log(id))).unwrap_or_default()
}

/// A refusal of the kind `Provider…`, with what DingTalk says in the body of a server error.
fn with_code(refused: &Refused, response: &HttpResponse) -> Refused {
    let body = json::members(response.body.as_bytes(), |name| MEMBERS.contains(&name));
    let body = body.map_or(Value::Null, Value::Object);
    let code = string_member(&body, "code").map(|code| format!(" {}", truncate_for_log(code))).unwrap_or_default();
    Refused::new(refused.code, format_args!("{}{code}{}", refused.detail, request_id(&body)))
}

/// The refusal that an answer is, if it is one: another status than 200, a `code`, or an `errcode` that is not 0.
fn of(answer: &Answer, what: &str) -> Option<Refused> {
    let body = &answer.body;
    let code = string_member(body, "code").unwrap_or_default();
    let number = body.get("errcode").map_or(0, |errcode| errcode.as_i64().unwrap_or(-1));
    if answer.status == 200 && code.is_empty() && number == 0 {
        return None;
    }
    let sub_code = string_member(body, "sub_code");
    let by_code = KNOWN.iter().find(|(known, ..)| *known == code).map(|(_, refusal, advice)| (*refusal, *advice));
    let by_number = |number| {
        KNOWN_NUMBERS.iter().find(|(known, ..)| *known == number).map(|(_, refusal, advice)| (*refusal, *advice))
    };
    let (refusal, advice) = by_code
        .or_else(|| by_number(sub_code?.parse().ok()?))
        .or_else(|| by_number(number))
        .unwrap_or((ErrorCode::DingtalkError, "see the cause at DingTalk"));
    let scopes = required_scopes(body);
    // The older interface says "ding talk error", and beside it what it means.
    let said = ["message", "sub_msg", "errmsg"].iter().find_map(|name| body.get(*name)?.as_str()).unwrap_or_default();
    let sub_code = sub_code.map(|code| format!("/{}", truncate_for_log(code)));
    let code =
        if code.is_empty() { format!("{number}{}", sub_code.unwrap_or_default()) } else { truncate_for_log(code) };
    let (status, said, request) = (answer.status, truncate_for_log(said), request_id(body));
    Some(Refused::new(refusal, format_args!("{what}: HTTP {status} {code}{scopes}: {advice} ({said}){request}")))
}

/// The permissions that DingTalk misses, by name.
fn required_scopes(body: &Value) -> String {
    let details = body.get("accessdenieddetail").or_else(|| body.get("accessDeniedDetail")).unwrap_or(body);
    let scopes = details.get("requiredScopes").and_then(Value::as_array);
    let names: Vec<_> = scopes.into_iter().flatten().filter_map(Value::as_str).map(truncate_for_log).take(5).collect();
    if names.is_empty() { String::new() } else { format!(" (needs {})", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(status: u16, body: Value) -> Refused {
        of(&Answer { status, body }, "profile").expect("a fault")
    }

    #[test]
    fn each_documented_error_names_the_page_that_mends_it() {
        for (status, code, refusal, page) in [
            (400, "invalidParameter.authCode.notFound", ErrorCode::CodeRejected, "five minutes"),
            (400, "invalidClientIdOrSecret", ErrorCode::DingtalkClientRejected, "Basic Information › Credentials"),
            (400, "InvalidAuthentication", ErrorCode::DingtalkClientRejected, "Version Management and Release"),
            (401, "accesstoken.expired", ErrorCode::DingtalkTokenExpired, "expired"),
            (404, "invalidParameter.user.notFound", ErrorCode::DingtalkUserUnknown, "Version Management and Release"),
            (
                403,
                "Forbidden.AccessDenied.AccessTokenPermissionDenied",
                ErrorCode::DingtalkPermissionMissing,
                "Permission Management",
            ),
            (403, "Forbidden.AccessDenied.IpNotInWhiteList", ErrorCode::DingtalkServerNotAllowed, "Security Settings"),
            (500, "somethingNew", ErrorCode::DingtalkError, "see the cause"),
        ] {
            let refused = refused(status, json!({"code": code, "requestid": "1", "message": "m"}));
            assert_eq!(refused.code, refusal, "{code}");
            assert!(refused.detail.contains(page) && refused.detail.contains(code), "{}", refused.detail);
        }
    }

    #[test]
    fn the_missing_permission_is_named() {
        let detail = json!({"code": "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            "accessdenieddetail": {"requiredScopes": ["Contact.User.Read"]}});
        assert!(refused(403, detail).detail.contains("needs Contact.User.Read"));
    }

    /// Fault C17: a refusal of the server's address had no advice, and neither the number of the request nor the code of a
    /// server error was logged.
    #[test]
    fn fault_c17_each_line_names_the_request_and_dingtalks_code() {
        let new = json!({"code": "Forbidden.AccessDenied.IpNotInWhiteList", "requestid": "R-1", "message": "m"});
        let old = json!({"errcode": 88, "errmsg": "ding talk error", "sub_code": "60020", "request_id": "R-1"});
        let failed = json!({"code": "ServiceUnavailable", "requestid": "R-1", "message": "secret"});
        let checked = |status: u16, body: &Value| {
            let response = HttpResponse { status, body: body.to_string(), ..HttpResponse::default() };
            checked(&response, "profile").expect_err("refused")
        };

        for (status, body, refusal, code) in [
            (403, new, ErrorCode::DingtalkServerNotAllowed, "IpNotInWhiteList"),
            (200, old, ErrorCode::DingtalkServerNotAllowed, "88/60020"),
            (503, failed, ErrorCode::ProviderError, "ServiceUnavailable"),
        ] {
            let refused = checked(status, &body);

            assert_eq!(refused.code, refusal, "{body}");
            assert!(refused.detail.contains(code) && refused.detail.contains("R-1"), "{}", refused.detail);
            assert!(!refused.detail.contains("secret"), "{}", refused.detail);
        }
    }

    #[test]
    fn http_200_with_errcode_is_an_error() {
        for (errcode, refusal) in [
            (88, ErrorCode::DingtalkPermissionMissing),
            (40014, ErrorCode::DingtalkTokenExpired),
            (40078, ErrorCode::CodeRejected),
            (1, ErrorCode::DingtalkError),
        ] {
            assert_eq!(refused(200, json!({"errcode": errcode, "errmsg": "m"})).code, refusal);
        }
        for odd in [json!("88"), json!(0.5), json!(null), json!({})] {
            assert_eq!(refused(200, json!({"errcode": odd})).code, ErrorCode::DingtalkError);
        }
        let told =
            refused(200, json!({"errcode": 88, "errmsg": "ding talk error", "sub_code": "60011", "sub_msg": "why"}));
        assert!(told.detail.contains("88/60011") && told.detail.contains("why"), "{}", told.detail);
        assert!(of(&Answer { status: 200, body: json!({"errcode": 0}) }, "profile").is_none());
    }
}
