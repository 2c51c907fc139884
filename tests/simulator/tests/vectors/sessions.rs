//! Messages about sessions that have begun.

use super::{Recorder, record};
use serde_json::{Value, json};
use simulator::{Browser, Native, Site};
use std::collections::BTreeMap;

/// The provider ends sessions.
pub fn logout(all: &mut BTreeMap<&'static str, Value>) {
    let names = [
        "logout_request_metadata",
        "logout_request_keys",
        "logout_mark_used",
        "backchannel_logout_end_sessions",
        "backchannel_logout_logged_out",
    ];
    record(all, &names, |site| {
        site.provider.sid = Some("a session".to_owned());
        let now = site.now();
        let claims = site.provider.logout_claims(now);
        let token = site.provider.sign_logout(&claims);
        assert_eq!(site.backchannel_logout(&token).kind(), "logged_out");
    });
    record(all, &["backchannel_logout_refused"], |site| {
        assert!(site.backchannel_logout("not a token").refusal().is_some());
    });
    record(all, &["frontchannel_logout_end_sessions", "frontchannel_logout_logged_out"], |site| {
        site.settings["frontchannel_logout"] = json!(true);
        let issuer = site.provider.issuer();
        assert_eq!(site.frontchannel_logout(&issuer, "a session").kind(), "logged_out");
    });
    all.retain(|name, _| !name.starts_with("logout_"));
}

/// The provider is asked about a session again: roles change, then the session ends.
pub fn revalidated(all: &mut BTreeMap<&'static str, Value>) {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.settings["revalidate_minutes"] = json!("10");
    site.settings["role_map"] = json!("staff = editor");
    site.provider.sid = Some("a session".to_owned());
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_signed_in();
    site.provider.visitor.claims.insert("roles".to_owned(), json!(["staff"]));
    site.revalidate(&browser);
    site.provider.suspended = true;
    assert_eq!(site.revalidate(&browser).text("ended"), "session_ended");
    let is_request = |exchange: &&Value| exchange["request"]["operation"] == "revalidate";
    let checked = |ended: bool| {
        move |exchange: &&Value| {
            let outcome = &exchange["reply"]["outcome"];
            outcome["type"] == "session_checked" && outcome["ended"].is_string() == ended
        }
    };
    let has_session = |exchange: &&Value| exchange["reply"]["outcome"]["session"].is_object();
    let find = |exchange: Option<&Value>| exchange.expect("an exchange").clone();
    all.insert("revalidate_request_tokens", find(core.exchanges.iter().find(is_request)));
    all.insert("revalidate_session_goes_on", find(core.exchanges.iter().find(checked(false))));
    all.insert("revalidate_session_ended", find(core.exchanges.iter().find(checked(true))));
    all.insert("callback_signed_in_to_be_checked", find(core.exchanges.iter().find(has_session)));
}

/// The exchange in which the provider no longer vouches for a user.
pub fn revoked_access() -> Value {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    site.settings["required_organizations"] = json!("o1");
    site.sign_in(&mut Browser::new()).assert_refused(403, "organization_required");
    let is_it = |exchange: &Value| exchange["reply"]["effect"]["type"] == "revoke_access";
    core.exchanges.into_iter().find(is_it).expect("an exchange")
}
