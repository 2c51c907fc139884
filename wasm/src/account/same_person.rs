//! One person at two providers: at DingTalk itself, and at a Logto tenant whose DingTalk connector they use.
//!
//! Both know the person's `unionId`. DingTalk says it, and Logto repeats it at userinfo: `identities.dingtalk.userId`. So an
//! account that belongs to one of them is found by the other, and the person has one account.
//!
//! What Logto says about DingTalk is a claim about another provider's subject. It counts for this reason: the tenant is the
//! one that the admin entered, and its own connector signed the person in at DingTalk. It counts with these bounds:
//!
//! - Only the target `dingtalk` is looked at, which is that of Logto's DingTalk connector. Whoever gives another connector
//!   that target in their own tenant says that it is DingTalk. A connector for the application of another developer gets
//!   another `unionId`, which finds nobody.
//! - Only the tenant of today counts, only what it said within [`Accounts::grant_days`](crate::settings::Accounts), and only
//!   while the account has an identity of it: a disconnected one vouches for nobody.
//! - An account with a privilege is not connected by another provider's word: its owner connects it on the profile page.

use crate::crypto::sha256_hex;
use crate::protocol::{EmailMatch, FindSamePerson, Identity};
use crate::settings::{Dingtalk, Settings};
use crate::token::Visitor;

/// Seconds of a day.
const DAY: u64 = 24 * 60 * 60;

/// The question whose account a visitor has who is unknown by their own identity; `None` when nobody could say.
pub fn question(visitor: &Visitor, settings: &Settings, now: u64) -> Option<FindSamePerson> {
    let (logto, _) = (settings.logto().ok()?, settings.dingtalk().ok()?);
    let days = settings.accounts.grant_days;
    let mut question = FindSamePerson {
        identity: visitor.identity.clone(),
        other: None,
        claim: None,
        claimed_by: sha256_hex(&logto.issuer),
        claimed_since: if days == 0 { 0 } else { now.saturating_sub(days.saturating_mul(DAY)) },
    };
    if visitor.has_role_claims() {
        let (issuer, subject) = (Dingtalk::ISSUER.to_owned(), visitor.dingtalk_id()?.to_owned());
        question.other = Some(Identity { issuer_hash: sha256_hex(&issuer), issuer, subject });
    } else {
        question.claim = Some(claim(&logto.issuer, &visitor.identity.subject));
    }
    Some(question)
}

/// The account that the visitor is connected to without being asked, if it may be.
pub fn account(found: &EmailMatch) -> Option<u64> {
    found.user_id.filter(|_| !found.privileged && !found.linked)
}

/// What is remembered of Logto's word, for the day on which the person comes from DingTalk itself: which account at DingTalk
/// it is, as a hash, and when Logto said so. Empty when Logto says that there is none; `None` when it said nothing.
pub fn remembered(visitor: &Visitor, settings: &Settings, now: u64) -> Option<String> {
    settings.dingtalk().ok()?;
    if !visitor.has_role_claims() || !visitor.tells_identities() {
        return None;
    }
    Some(visitor.dingtalk_id().map_or_else(String::new, |id| format!("{} {now}", claim(&visitor.identity.issuer, id))))
}

fn claim(issuer: &str, union_id: &str) -> String {
    sha256_hex(&format!("dingtalk {union_id} by {issuer}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::visitor::tests::{dingtalk_visitor, visitor};
    use serde_json::{Value, json};

    const NOW: u64 = 1_800_000_000;

    fn settings(more: &Value) -> Settings {
        let mut stored = json!({
            "endpoint": "https://t.example", "app_id": "app", "app_secret": "secret",
            "dingtalk_client_id": "id", "dingtalk_client_secret": "secret",
        });
        stored.as_object_mut().expect("an object").extend(more.as_object().cloned().expect("an object"));
        Settings::read(&stored)
    }

    fn connected(union_id: &Value) -> Value {
        json!({"identities": {"dingtalk": {"userId": union_id}}})
    }

    #[test]
    fn each_provider_is_asked_about_the_other() {
        let settings = settings(&json!({}));

        let asked = question(&visitor(&connected(&json!("union"))), &settings, NOW).expect("a question");
        let other = asked.other.expect("an identity");
        assert_eq!((other.issuer.as_str(), other.subject.as_str()), (Dingtalk::ISSUER, "union"));
        let asked = question(&dingtalk_visitor(&json!({})), &settings, NOW).expect("a question");
        let told = remembered(&visitor(&connected(&json!("union"))), &settings, NOW).expect("a claim");
        assert_eq!(Some(told), asked.claim.map(|claim| format!("{claim} {NOW}")));
    }

    #[test]
    fn nobody_is_asked_without_a_claim_or_without_both_providers() {
        let both = settings(&json!({}));
        for claims in [json!({}), json!({"identities": {}}), json!({"identities": {"dingtalk-2": {"userId": "union"}}})]
        {
            assert_eq!(question(&visitor(&claims), &both, NOW), None, "{claims}");
        }
        for union_id in [json!(null), json!(""), json!(7), json!("u".repeat(256))] {
            assert_eq!(question(&visitor(&connected(&union_id)), &both, NOW), None, "{union_id}");
        }
        for missing in [json!({"dingtalk_client_id": ""}), json!({"endpoint": ""})] {
            let settings = settings(&missing);
            assert_eq!(question(&visitor(&connected(&json!("union"))), &settings, NOW), None, "{missing}");
            assert_eq!(question(&dingtalk_visitor(&json!({})), &settings, NOW), None, "{missing}");
        }
    }

    #[test]
    fn what_logto_no_longer_says_is_forgotten_and_silence_changes_nothing() {
        let settings = settings(&json!({}));

        assert_eq!(remembered(&visitor(&json!({"identities": {}})), &settings, NOW).as_deref(), Some(""));
        assert_eq!(remembered(&visitor(&json!({})), &settings, NOW), None);
        assert_eq!(remembered(&dingtalk_visitor(&connected(&json!("union"))), &settings, NOW), None);
    }

    #[test]
    fn an_old_claim_and_another_tenants_count_for_nothing() {
        let since = |days: &str| {
            let settings = settings(&json!({ "grant_days": days }));
            question(&dingtalk_visitor(&json!({})), &settings, NOW).expect("a question").claimed_since
        };
        assert_eq!((since("30"), since("0")), (NOW - 30 * DAY, 0));
        assert_ne!(claim("https://t.example/oidc", "union"), claim("https://u.example/oidc", "union"));
    }

    #[test]
    fn a_privileged_or_linked_account_is_not_connected() {
        let found = |privileged, linked| account(&EmailMatch { user_id: Some(7), privileged, linked });
        assert_eq!(found(false, false), Some(7));
        assert_eq!((found(true, false), found(false, true)), (None, None));
    }
}
