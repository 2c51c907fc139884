//! DingTalk's errors: which refusal each is, and which page of its console mends it.

use crate::error::{Refusal, Refused};
use crate::protocol::Fetched;
use crate::provider::answer::{self, Answer, excerpt};
use serde_json::Value;

/// A code of DingTalk's, its refusal, and what the admin does about it.
const KNOWN: &[(&str, Refusal, &str)] = &[
    (
        "invalidParameter.authCode.notFound",
        Refusal::CodeRejected,
        "the code was used, is older than five minutes, or belongs to another application",
    ),
    (
        "invalidClientIdOrSecret",
        Refusal::DingtalkClientRejected,
        "copy Client ID and Client Secret from Basic Information › Credentials",
    ),
    (
        "InvalidAuthentication",
        Refusal::DingtalkClientRejected,
        "copy Client ID and Client Secret from Basic Information › Credentials; release a version under Application Release › Version Management and Release",
    ),
    ("accesstoken.expired", Refusal::DingtalkTokenExpired, "the access token expired between two requests"),
    (
        "invalidParameter.user.notFound",
        Refusal::DingtalkUserUnknown,
        "the visitor is not in an organisation that the application is visible to: Application Release › Version Management and Release",
    ),
    (
        "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        Refusal::DingtalkPermissionMissing,
        "add the permission under Permission Management, then release a version under Application Release › Version Management and Release",
    ),
];

/// Codes of the older interface, which come with HTTP 200.
const KNOWN_NUMBERS: &[(i64, Refusal, &str)] = &[
    (88, Refusal::DingtalkPermissionMissing, "add the permission under Permission Management, then release a version"),
    (40014, Refusal::DingtalkTokenExpired, "the access token is not valid any more"),
    (40078, Refusal::CodeRejected, "the code was used, has expired, or belongs to another flow"),
];

/// An answer that is no refusal.
pub(super) fn checked(fetched: &Fetched, what: &str) -> Result<Answer, Refused> {
    let answer = answer::json(fetched, what)?;
    match of(&answer, what) {
        Some(refused) => Err(refused),
        None => Ok(answer),
    }
}

/// The refusal that an answer is, if it is one: another status than 200, a `code`, or an `errcode` that is not 0.
fn of(answer: &Answer, what: &str) -> Option<Refused> {
    let body = &answer.body;
    let code = body.get("code").and_then(Value::as_str).unwrap_or_default();
    let number = body.get("errcode").map_or(0, |errcode| errcode.as_i64().unwrap_or(-1));
    if answer.status == 200 && code.is_empty() && number == 0 {
        return None;
    }
    let by_code = KNOWN.iter().find(|(known, ..)| *known == code).map(|(_, refusal, advice)| (*refusal, *advice));
    let by_number =
        KNOWN_NUMBERS.iter().find(|(known, ..)| *known == number).map(|(_, refusal, advice)| (*refusal, *advice));
    let (refusal, advice) = by_code.or(by_number).unwrap_or((Refusal::DingtalkError, "see the cause at DingTalk"));
    let scopes = required_scopes(body);
    // The older interface says "ding talk error", and beside it what it means.
    let said = ["message", "sub_msg", "errmsg"].iter().find_map(|name| body.get(*name)?.as_str()).unwrap_or_default();
    let sub_code = body.get("sub_code").and_then(Value::as_str).map(|code| format!("/{}", excerpt(code)));
    let code = if code.is_empty() { format!("{number}{}", sub_code.unwrap_or_default()) } else { excerpt(code) };
    Some(Refused::new(
        refusal,
        format_args!("{what}: HTTP {} {code}{scopes}: {advice} ({})", answer.status, excerpt(said)),
    ))
}

/// The permissions that DingTalk misses, by name.
fn required_scopes(body: &Value) -> String {
    let details = body.get("accessdenieddetail").or_else(|| body.get("accessDeniedDetail")).unwrap_or(body);
    let scopes = details.get("requiredScopes").and_then(Value::as_array);
    let names: Vec<_> = scopes.into_iter().flatten().filter_map(Value::as_str).map(excerpt).take(5).collect();
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
            (400, "invalidParameter.authCode.notFound", Refusal::CodeRejected, "five minutes"),
            (400, "invalidClientIdOrSecret", Refusal::DingtalkClientRejected, "Basic Information › Credentials"),
            (400, "InvalidAuthentication", Refusal::DingtalkClientRejected, "Version Management and Release"),
            (401, "accesstoken.expired", Refusal::DingtalkTokenExpired, "expired"),
            (404, "invalidParameter.user.notFound", Refusal::DingtalkUserUnknown, "Version Management and Release"),
            (
                403,
                "Forbidden.AccessDenied.AccessTokenPermissionDenied",
                Refusal::DingtalkPermissionMissing,
                "Permission Management",
            ),
            (500, "somethingNew", Refusal::DingtalkError, "see the cause"),
        ] {
            let refused = refused(status, json!({"code": code, "requestid": "1", "message": "m"}));
            assert_eq!(refused.refusal, refusal, "{code}");
            assert!(refused.detail.contains(page) && refused.detail.contains(code), "{}", refused.detail);
        }
    }

    #[test]
    fn the_missing_permission_is_named() {
        let detail = json!({"code": "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            "accessdenieddetail": {"requiredScopes": ["Contact.User.Read"]}});
        assert!(refused(403, detail).detail.contains("needs Contact.User.Read"));
    }

    #[test]
    fn http_200_with_errcode_is_an_error() {
        for (errcode, refusal) in [
            (88, Refusal::DingtalkPermissionMissing),
            (40014, Refusal::DingtalkTokenExpired),
            (40078, Refusal::CodeRejected),
            (1, Refusal::DingtalkError),
        ] {
            assert_eq!(refused(200, json!({"errcode": errcode, "errmsg": "m"})).refusal, refusal);
        }
        for odd in [json!("88"), json!(0.5), json!(null), json!({})] {
            assert_eq!(refused(200, json!({"errcode": odd})).refusal, Refusal::DingtalkError);
        }
        let told =
            refused(200, json!({"errcode": 88, "errmsg": "ding talk error", "sub_code": "60011", "sub_msg": "why"}));
        assert!(told.detail.contains("88/60011") && told.detail.contains("why"), "{}", told.detail);
        assert!(of(&Answer { status: 200, body: json!({"errcode": 0}) }, "profile").is_none());
    }
}
