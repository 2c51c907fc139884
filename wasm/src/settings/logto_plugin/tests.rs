//! What the options of Logto's own plugin become, whatever types they were stored with.

use super::import;
use crate::protocol::{Issuer, Manager, Outcome, Problem};
use crate::settings::Settings;
use crate::settings::validate::{self, Sanitized};
use serde_json::{Value, json};

struct Imported {
    values: Value,
    fields: Vec<&'static str>,
    problems: Vec<Problem>,
    issuer: Option<Issuer>,
}

impl Imported {
    fn code(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.code)
    }
}

fn imported_over(official: &Value, others: &[Value], stored: &Value) -> Imported {
    match import(official, others, stored, &[]) {
        Outcome::SettingsImport { values, fields, problems, issuer } => {
            Imported { values: json!(values), fields, problems, issuer }
        }
        other => panic!("no import: {other:?}"),
    }
}

fn imported(official: &Value) -> Imported {
    imported_over(official, &[], &json!(false))
}

/// The option as that plugin's form stores it.
fn official() -> Value {
    json!({
        "endpoint": "https://Tenant.logto.app/", "appId": "app", "appSecret": "secret", "scope": "email phone offline_access",
        "extraParams": "direct_sign_in=social%3Adingtalk&prompt=login", "requireVerifiedEmail": false,
        "requireOrganizationId": "", "roleMapping": [], "rememberSession": false, "syncProfile": true,
        "wpFormLogin": "query", "usernameStrategy": "username"
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut official = official();
    official[field] = value;
    official
}

#[test]
fn every_setting_comes_over() {
    let import = imported(&official());
    assert_eq!(import.problems, []);
    let expected = json!({
        "endpoint": "https://tenant.logto.app", "app_id": "app", "app_secret": "secret",
        "scope": "openid profile email phone", "extra_params": "direct_sign_in=social:dingtalk\nprompt=login",
        "require_verified_email": false, "remember_session": false, "sync_display_name": "always", "form_login": true,
        "sync_email": "always", "username_strategy": "username"
    });
    for (field, value) in expected.as_object().expect("fields") {
        assert_eq!(&import.values[field], value, "{field}");
        assert!(import.fields.contains(&field.as_str()), "{field}");
    }
    let issuer = import.issuer.expect("an issuer");
    assert_eq!(issuer.issuer, "https://tenant.logto.app/oidc");
    assert_eq!(issuer.issuer, Settings::read(&import.values).logto().expect("ready").issuer);
    assert_eq!(issuer.issuer_hash, crate::crypto::sha256_hex("https://tenant.logto.app/oidc"));
}

#[test]
fn what_was_imported_is_clean_and_importing_it_again_changes_nothing() {
    let once = imported(&official()).values;
    let Sanitized { values, problems } = validate::check(&once, Manager::Network, &Value::Null, &[]);
    assert_eq!((json!(values), problems), (once.clone(), Vec::new()));
    assert_eq!(imported_over(&official(), &[], &once).values, once);
}

#[test]
fn what_the_option_lacks_is_its_default_there() {
    let import = imported(&json!({"endpoint": "t.logto.app", "appId": "a", "appSecret": "s"}));
    assert_eq!(import.problems, []);
    assert_eq!(import.values["scope"], "openid profile email roles");
    for field in ["require_verified_email", "remember_session", "form_login"] {
        assert_eq!(import.values[field], true, "{field}");
    }
    assert_eq!((&import.values["sync_email"], &import.values["sync_locale"]), (&json!("always"), &json!("first")));
    assert_eq!(import.values["username_strategy"], "smart");
    assert_eq!(imported(&with("scope", json!(""))).values["scope"], "openid profile");
}

#[test]
fn a_setting_of_ours_that_is_not_theirs_stays() {
    let stored = json!({"dingtalk_client_id": "ding", "dingtalk_client_secret": "s", "endpoint": "https://old.example",
        "app_id": "old", "app_secret": "old secret"});
    let import = imported_over(&official(), &[], &stored);
    assert_eq!(import.values["dingtalk_client_id"], "ding");
    assert_eq!(import.values["endpoint"], "https://tenant.logto.app");
    assert!(!import.fields.contains(&"dingtalk_client_id"));
}

#[test]
fn flags_are_understood_in_every_scalar_type() {
    for (value, expected) in [
        (json!(true), true),
        (json!("on"), true),
        (json!("1"), true),
        (json!(1), true),
        (json!("TRUE"), true),
        (json!(null), true),
        (json!([]), true),
        (json!("nonsense"), true),
        (json!(false), false),
        (json!(""), false),
        (json!("0"), false),
        (json!(0), false),
        (json!("off"), false),
    ] {
        for (theirs, ours) in
            [("requireVerifiedEmail", "require_verified_email"), ("rememberSession", "remember_session")]
        {
            assert_eq!(imported(&with(theirs, value.clone())).values[ours], expected, "{theirs}: {value}");
        }
        let policy = if expected { "always" } else { "first" };
        assert_eq!(imported(&with("syncProfile", value.clone())).values["sync_nickname"], policy, "{value}");
    }
}

#[test]
fn only_disabled_closes_the_form() {
    for (value, open) in [
        (json!("disabled"), false),
        (json!(" Disabled"), false),
        (json!("query"), true),
        (json!(""), true),
        (json!(null), true),
        (json!(false), true),
        (json!(["disabled"]), true),
    ] {
        assert_eq!(imported(&with("wpFormLogin", value.clone())).values["form_login"], open, "{value}");
    }
}

#[test]
fn user_names_follow_the_same_words() {
    for word in ["smart", "email", "username", "Email"] {
        let import = imported(&with("usernameStrategy", json!(word)));
        assert_eq!(import.values["username_strategy"], word.to_ascii_lowercase());
    }
    let import = imported(&with("usernameStrategy", json!("nickname")));
    assert_eq!(import.code("username_strategy"), Some("username_strategy_unknown"));
    assert_eq!(import.values["username_strategy"], "smart");
}

#[test]
fn endpoint_and_credentials_come_together_or_not_at_all() {
    let stored = json!({"endpoint": "https://ours.example", "app_id": "ours", "app_secret": "our secret"});
    for (field, value, code) in [
        ("endpoint", json!("http://tenant.example"), "endpoint_not_https"),
        ("endpoint", json!({"x": 1}), "endpoint_missing"),
        ("appId", json!("名"), "app_id_missing"),
        ("appSecret", json!(null), "app_secret_missing"),
        ("appSecret", json!(["secret"]), "app_secret_missing"),
    ] {
        let import = imported_over(&with(field, value.clone()), &[], &stored);
        assert_eq!(import.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [code], "{field}: {value}");
        for (name, kept) in stored.as_object().expect("fields") {
            assert_eq!(&import.values[name], kept, "{field}: {value}");
            assert!(!import.fields.contains(&name.as_str()));
        }
    }
    assert_eq!(imported(&with("appId", json!(12345))).values["app_id"], "12345");
}

#[test]
fn extra_parameters_are_decoded_and_never_smuggled() {
    let text = |query: &str| imported(&with("extraParams", json!(query))).values["extra_params"].clone();
    assert_eq!(text("?ui_locales=zh-CN+en&a.b=%E5%90%8D"), "ui_locales=zh-CN en\na.b=名");
    assert_eq!(text("flag"), "flag=");
    assert_eq!(text(""), "");
    let code = |query: &str| imported(&with("extraParams", json!(query))).code("extra_params").map(str::to_owned);
    for query in ["a=b%0Aprompt=none", "a=b%26state=x", "a%3Db=c", "a[b]=c"] {
        assert_eq!(code(query).as_deref(), Some("extra_params_invalid"), "{query}");
    }
    for query in ["state=x", "%73tate=x", "a=1&redirect_uri=https://evil.example"] {
        assert_eq!(code(query).as_deref(), Some("extra_params_reserved"), "{query}");
    }
}

#[test]
fn role_rows_become_lines_in_their_order() {
    let lines = |rows: Value| super::role_map(&rows);
    let two = Ok("Editors = editor\nguests = subscriber".to_owned());
    assert_eq!(lines(json!([["Editors", "editor"], ["", ""], [" guests ", "subscriber"]])), two);
    assert_eq!(lines(json!({"0": ["Editors", "editor"], "2": {"0": "guests", "1": "subscriber"}})), two);
    assert_eq!(lines(json!({"keys": ["Editors", "guests"], "values": ["editor", "subscriber"]})), two);
    for none in [json!(null), json!([]), json!(""), json!(7), json!([["", ""]])] {
        assert_eq!(lines(none), Ok(String::new()));
    }
    for odd in [
        json!([["a=b", "editor"]]),
        json!([["a\nadmin = administrator", "editor"]]),
        json!([["a", ""]]),
        json!([["a"]]),
        json!(["a", "b"]),
        json!([[["a"], "editor"]]),
        json!({"keys": ["a"], "values": []}),
        json!({"keys": ["a"]}),
    ] {
        assert_eq!(lines(odd.clone()), Err("role_mapping_invalid"), "{odd}");
    }
}

#[test]
fn a_required_organization_asks_for_the_scope_that_names_it_and_is_never_lost_in_silence() {
    let import = imported(&with("requireOrganizationId", json!("org1")));
    assert_eq!(import.values["scope"], "openid profile email phone urn:logto:scope:organizations");
    let lost = import.code("required_organizations") == Some("setting_unknown");
    assert!(lost || import.values["required_organizations"] == "org1");
    let import = imported(&with("roleMapping", json!([["Editors", "editor"]])));
    let lost = import.code("role_map") == Some("setting_unknown");
    assert!(lost || import.values["role_map"] == "Editors = editor");
}

#[test]
fn links_of_several_tenants_have_no_issuer() {
    let same = [json!("https://tenant.logto.app/oidc"), json!(""), json!(null)];
    assert!(imported_over(&official(), &same, &json!(false)).issuer.is_some());
    for other in ["https://other.logto.app", "http://tenant.logto.app", "nonsense of an endpoint"] {
        let import = imported_over(&official(), &[json!(other)], &json!(false));
        assert_eq!((import.issuer.is_none(), import.code("links")), (true, Some("links_tenant_unknown")), "{other}");
        assert_eq!(import.values["endpoint"], "https://tenant.logto.app");
    }
}

#[test]
fn anything_at_all_is_survived_and_changes_nothing() {
    let stored =
        json!({"endpoint": "https://ours.example", "app_id": "ours", "app_secret": "our secret", "form_login": false});
    for odd in [Value::Null, json!(false), json!([]), json!({}), json!("text"), json!(7), json!(["endpoint"])] {
        let import = imported_over(&odd, &[], &stored);
        assert_eq!(import.code("endpoint"), Some("endpoint_missing"), "{odd}");
        assert_eq!((import.fields.len(), import.issuer), (0, None), "{odd}");
        for (field, value) in stored.as_object().expect("fields") {
            assert_eq!(&import.values[field], value, "{odd}");
        }
    }
}
