//! The shape of replies, member by member: nothing missing, nothing more.

use serde_json::Value;

/// What a reply asks for.
pub enum Next {
    /// An effect.
    Effect(Value),
    /// The end.
    Outcome(Value),
}

/// Reads a reply.
pub fn read(reply: &[u8]) -> (Value, Next) {
    let text = std::str::from_utf8(reply).expect("a reply is UTF-8");
    assert!(!text.contains('\n'), "a reply is one line");
    let reply: Value = serde_json::from_str(text).unwrap_or_else(|cause| panic!("{cause} in {text}"));
    let next = match (reply.get("effect"), reply.get("outcome")) {
        (Some(effect), None) => {
            members(&reply, &["effect"], &["cache_writes", "log"]);
            judge_effect(effect);
            Next::Effect(effect.clone())
        }
        (None, Some(outcome)) => {
            members(&reply, &["outcome"], &["cache_writes", "log"]);
            judge_outcome(outcome);
            Next::Outcome(outcome.clone())
        }
        _ => panic!("neither an effect nor an outcome: {reply}"),
    };
    for line in list(&reply, "log") {
        members(line, &["code", "detail"], &[]);
        assert!(
            !line["detail"].as_str().expect("a text").chars().any(char::is_control),
            "a log line is one line: {line}"
        );
    }
    for kept in list(&reply, "cache_writes") {
        members(kept, &["key", "value", "ttl"], &[]);
        assert!(matches!(kept["key"].as_str(), Some("discovery" | "jwks" | "failure")), "an unknown key: {kept}");
        assert!(kept["ttl"].as_u64().is_some_and(|ttl| ttl <= 86_400), "a lifetime: {kept}");
    }
    (reply, next)
}

/// A list member; empty when it is absent.
pub fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).map_or(&[], |list| list.as_array().expect("a list"))
}

fn members(value: &Value, required: &[&str], optional: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    for name in required {
        assert!(object.contains_key(*name), "{name} is missing in {value}");
    }
    for name in object.keys() {
        assert!(required.contains(&name.as_str()) || optional.contains(&name.as_str()), "{name} is unknown in {value}");
    }
}

fn judge_effect(effect: &Value) {
    match effect["type"].as_str().unwrap_or_default() {
        "http_request" => {
            let all = ["type", "method", "url", "headers", "timeout_ms", "max_bytes", "trusted_host", "exclusive"];
            members(effect, &all, &["body"]);
            assert!(effect["trusted_host"].is_boolean() && effect["exclusive"].is_boolean(), "{effect}");
            assert!(matches!(effect["method"].as_str(), Some("GET" | "POST")), "{effect}");
            assert_eq!(effect.get("body").is_some(), effect["method"] == "POST", "{effect}");
            assert!(effect["timeout_ms"].as_u64().is_some_and(|ms| (1000..=30_000).contains(&ms)), "{effect}");
            assert!(effect["max_bytes"].as_u64().is_some_and(|bytes| bytes <= 1024 * 1024), "{effect}");
            let headers = effect["headers"].as_object().expect("header fields");
            for (name, value) in headers {
                assert_eq!(*name, name.to_ascii_lowercase(), "header names are in lower case");
                let value = value.as_str().expect("a text");
                assert!(value.bytes().all(|b| matches!(b, 0x20..=0x7E)), "a header field: {value:?}");
            }
        }
        "find_account" => {
            members(effect, &["type", "identity"], &[]);
            members(&effect["identity"], &["issuer", "issuer_hash", "subject"], &[]);
        }
        "find_email_match" => {
            members(effect, &["type", "email", "identity"], &[]);
            members(&effect["identity"], &["issuer", "issuer_hash", "subject"], &[]);
        }
        "find_same_person" => {
            members(effect, &["type", "identity", "other", "claim", "claimed_by", "claimed_since"], &[]);
            assert_ne!(effect["other"].is_null(), effect["claim"].is_null(), "one of both: {effect}");
        }
        "mark_state_used" => members(effect, &["type", "key", "expires_at"], &[]),
        "create_user" => {
            let all = [
                "type",
                "identity",
                "logins",
                "nicenames",
                "email",
                "fallback_email",
                "profile",
                "roles",
                "granted_roles",
            ];
            members(effect, &[&all[..], &["pending"]].concat(), &["claims"]);
            members(&effect["identity"], &["issuer", "issuer_hash", "subject"], &[]);
            profile(&effect["profile"]);
        }
        "link_identity" => {
            members(effect, &["type", "identity", "user_id", "only_if_unlinked", "ends"], &[]);
            members(&effect["identity"], &["issuer", "issuer_hash", "subject"], &[]);
        }
        "send_connect_mail" => members(effect, &["type", "user_id", "email", "code", "provider"], &[]),
        "revoke_access" => {
            members(effect, &["type", "identity", "only_this_site"], &[]);
            members(&effect["identity"], &["issuer", "issuer_hash", "subject"], &[]);
            assert!(effect["only_this_site"].is_boolean(), "{effect}");
        }
        "find_api_user" => {
            members(effect, &["type", "identity", "login"], &[]);
            members(&effect["identity"], &["issuer", "issuer_hash", "subject"], &[]);
        }
        "end_sessions" => {
            members(effect, &["type", "issuer_hash", "identity", "sid_hash", "application_passwords"], &[]);
            assert!(!effect["identity"].is_null() || !effect["sid_hash"].is_null(), "nobody's: {effect}");
        }
        other => panic!("an unknown effect: {other}"),
    }
}

fn judge_outcome(outcome: &Value) {
    match outcome["type"].as_str().unwrap_or_default() {
        "redirect" => members(outcome, &["type", "url", "external", "cookies"], &[]),
        "dingtalk_app_page" => {
            members(outcome, &["type", "corp_id", "client_id", "state", "submit_to", "fallback", "cookies"], &[]);
        }
        "signed_in" => {
            let rest = ["remember", "redirect_to", "issuer_hash", "cookies"];
            let all = [&["type", "user_id", "profile", "roles", "sites"][..], &rest].concat();
            members(outcome, &all, &["claims", "session"]);
            if let Some(session) = outcome.get("session") {
                members(session, &[], &["sid_hash", "renewal"]);
            }
            for change in
                ["roles", "sites"].map(|member| &outcome[member]).into_iter().filter(|change| !change.is_null())
            {
                members(change, &["add", "remove", "granted"], &[]);
            }
            if !outcome["profile"].is_null() {
                profile(&outcome["profile"]);
            }
        }
        "refused" => {
            members(
                outcome,
                &["type", "code", "status", "retry", "redirect_to", "cookies"],
                &["another_account", "retry_after", "challenge", "user_id"],
            );
            let status = outcome["status"].as_u64().unwrap_or(0);
            assert!((400..600).contains(&status), "{outcome}");
            assert!(outcome["retry"].is_boolean(), "{outcome}");
        }
        "identity_linked" => {
            members(outcome, &["type", "user_id", "redirect_to", "provider", "sign_in", "cookies"], &[]);
        }
        "connect_page" => {
            let all = ["step", "user_id", "provider", "name", "email", "may_mail", "may_separate", "ends", "cookies"];
            members(outcome, &[&["type"][..], &all].concat(), &[]);
        }
        "sign_in_tested" => {
            let all = ["provider", "name", "claims", "decision", "refused", "account", "roles", "preview", "proven"];
            members(outcome, &[&["type", "connection", "cookies"][..], &all].concat(), &[]);
            let preview = ["refused", "logins", "email", "profile", "roles", "sites", "pending", "links_by_email"];
            members(&outcome["preview"], &preview, &[]);
        }
        "access_granted" => {
            members(outcome, &["type", "user_id", "capabilities", "read_only", "scopes", "challenge"], &[]);
            assert!(!list(outcome, "capabilities").is_empty() && outcome["scopes"].is_object(), "{outcome}");
        }
        "other_issuer" => members(outcome, &["type"], &[]),
        "session_checked" => {
            members(outcome, &["type", "ended", "renewal", "roles", "sites", "issuer_hash"], &[]);
            assert_ne!(outcome["ended"].is_null(), outcome["renewal"].is_null(), "it ends or goes on: {outcome}");
        }
        "logged_out" => members(outcome, &["type", "framed_by"], &[]),
        "unlink_decision" => members(outcome, &["type", "allowed"], &[]),
        "settings" => members(outcome, &["type", "values", "problems"], &[]),
        "preview" => {
            let all = ["refused", "logins", "email", "profile", "roles", "sites", "pending", "links_by_email"];
            members(outcome, &[&["type"][..], &all].concat(), &[]);
            profile(&outcome["profile"]);
        }
        "settings_import" => members(outcome, &["type", "values", "fields", "problems", "issuer"], &[]),
        "link_verdicts" => members(outcome, &["type", "verdicts"], &[]),
        "connection_checked" => {
            members(outcome, &["type", "checks"], &[]);
            for check in list(outcome, "checks") {
                members(check, &["subject", "result", "code", "found"], &[]);
                assert!(matches!(check["result"].as_str(), Some("passed" | "failed" | "unknown")), "{check}");
            }
        }
        "about" => members(outcome, &["type", "version", "algorithms", "codes"], &[]),
        other => panic!("an unknown outcome: {other}"),
    }
}

fn profile(profile: &Value) {
    let names = [
        "display_name",
        "first_name",
        "last_name",
        "nickname",
        "email",
        "phone",
        "picture",
        "locale",
        "url",
        "dingtalk",
        "organizations",
        "meta",
    ];
    members(profile, &[], &names);
    let is_text = |(name, value): (&String, &Value)| match value.as_object() {
        Some(meta) => name == "meta" && meta.values().all(Value::is_string),
        None => value.is_string(),
    };
    assert!(profile.as_object().is_some_and(|fields| fields.iter().all(is_text)), "{profile}");
}
