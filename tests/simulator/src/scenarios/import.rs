//! Coming from Logto's own plugin: its settings and its links.

use crate::core::Core;
use crate::provider::visitor::Visitor;
use crate::site::{Site, accounts::User, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

/// That plugin's option for the tenant of the site.
fn official(site: &Site<'_>) -> Value {
    json!({
        "endpoint": site.provider.endpoint, "appId": site.provider.app_id, "appSecret": site.provider.app_secret,
        "scope": "email roles", "extraParams": "ui_locales=zh-CN", "requireVerifiedEmail": false,
        "requireOrganizationId": "", "roleMapping": [], "rememberSession": true, "syncProfile": true,
        "wpFormLogin": "query", "usernameStrategy": "smart",
    })
}

fn imported(site: &mut Site<'_>, official: &Value) -> Outcome {
    let input = json!({"logto_plugin": official, "other_endpoints": []});
    let outcome = site.operate("import_settings", &input, &mut Browser::new());
    assert_eq!(outcome.kind(), "settings_import", "{}", outcome.0);
    assert!(site.effects.is_empty(), "an import asks nobody");
    outcome
}

fn link(user_id: u64, subject: &str, owner: Option<u64>) -> Value {
    json!({
        "user_id": user_id, "exists": true, "subject": subject, "repeated": false, "has_other_subject": false,
        "privileged": false, "owner": owner,
    })
}

fn verdicts(site: &mut Site<'_>, input: &Value) -> Value {
    let outcome = site.operate("classify_links", input, &mut Browser::new());
    assert_eq!(outcome.kind(), "link_verdicts", "{}", outcome.0);
    outcome.0["verdicts"].clone()
}

/// Settings and link come over, and the visitor is who they were: no second account.
pub fn an_imported_user_signs_in_to_the_same_account(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (id, subject) = (7, Visitor::alice().subject);
    let login = "alice of the other plugin".to_owned();
    site.accounts.users.push(User { id, login, email: "old@example.com".to_owned(), ..User::default() });
    let official = official(&site);
    site.settings = Value::Null;
    let import = imported(&mut site, &official);
    assert_eq!(import.0["problems"], json!([]));
    assert_eq!(verdicts(&mut site, &json!({"rows": [link(id, &subject, None)]})), json!(["new"]));
    let hash = import.0["issuer"]["issuer_hash"].as_str().expect("an issuer").to_owned();
    site.accounts.identities.insert((hash, subject.clone()), id);
    site.settings = import.0["values"].clone();

    assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), id);
    assert_eq!((site.accounts.users.len(), site.accounts.identities.len()), (1, 1));
    assert_eq!(verdicts(&mut site, &json!({"rows": [link(id, &subject, Some(id))]})), json!(["already_linked"]));
}

/// What the form of the settings page would not change, an import does not change either.
pub fn importing_settings_twice_changes_nothing(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let official = official(&site);
    site.settings = json!({"dingtalk_client_id": "ding", "dingtalk_client_secret": "a DingTalk secret"});
    let once = imported(&mut site, &official).0["values"].clone();
    assert_eq!(once["dingtalk_client_id"], "ding");
    site.settings = once.clone();
    assert_eq!(imported(&mut site, &official).0["values"], once);
    let cleaned =
        site.operate("check_settings", &json!({"submitted": once, "manager": "network"}), &mut Browser::new());
    assert_eq!((&cleaned.0["values"], &cleaned.0["problems"]), (&once, &json!([])));
}

/// Half of a tenant is none: its secret must not go to another one.
pub fn a_tenant_comes_over_whole_or_not_at_all(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let ours = site.settings.clone();
    for (field, code) in
        [("endpoint", "endpoint_missing"), ("appId", "app_id_missing"), ("appSecret", "app_secret_missing")]
    {
        let mut official = official(&site);
        official["endpoint"] = json!("https://another-tenant.example");
        official[field] = json!("");
        let import = imported(&mut site, &official);
        assert_eq!(import.0["problems"][0]["code"], code);
        for part in ["endpoint", "app_id", "app_secret"] {
            assert_eq!(import.0["values"][part], ours[part], "{field}");
        }
    }
}

/// Each kind of link that nobody gets, and none beside it.
pub fn a_doubtful_link_comes_over_to_nobody(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let with = |member: &str, value: Value| {
        let mut row = link(7, "subject", None);
        row[member] = value;
        row
    };
    let rows = [
        (link(7, "subject", None), "new"),
        (link(7, "subject", Some(7)), "already_linked"),
        (link(7, "subject", Some(8)), "linked_to_other"),
        (with("repeated", json!(true)), "ambiguous"),
        (with("has_other_subject", json!(true)), "has_other_subject"),
        (with("privileged", json!(true)), "privileged"),
        (with("exists", json!(false)), "user_missing"),
        (with("subject", json!("")), "unusable"),
        (with("subject", json!("O:8:\"stdClass\":0:{}")), "unusable"),
    ];
    let input = json!({"rows": rows.iter().map(|(row, _)| row).collect::<Vec<_>>()});
    assert_eq!(verdicts(&mut site, &input), json!(rows.map(|(_, verdict)| verdict)));
    let wanted = json!({"rows": [with("privileged", json!(true))], "include_privileged": true});
    assert_eq!(verdicts(&mut site, &wanted), json!(["new"]));
}

/// A row without its facts is no row: nothing may be linked for want of an answer.
pub fn a_link_without_its_facts_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    for member in ["user_id", "exists", "subject", "repeated", "has_other_subject", "privileged", "owner"] {
        let mut row = link(7, "subject", None);
        row.as_object_mut().expect("an object").remove(member);
        let outcome = site.operate("classify_links", &json!({"rows": [row]}), &mut Browser::new());
        outcome.assert_refused(500, "protocol_error");
    }
}
