//! What of a submitted form is stored.

mod some;

use super::{MANAGED_BY_NETWORK, Sanitized, check};
use crate::protocol::{Manager, Problem};
use crate::settings::row::Row;
use crate::settings::table::TABLE;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn sanitized(submitted: &Value, stored: &Value) -> (Value, Vec<Problem>) {
    let Sanitized { values, problems } = check(submitted, Manager::Network, stored, &[]);
    (json!(values), problems)
}

fn full() -> Value {
    json!({
        "endpoint": "https://t.logto.app/", "app_id": " app ", "app_secret": "s3cret", "scope": "email",
        "extra_params": "b=2&a=1", "username_strategy": "email", "require_verified_email": "1",
        "remember_session": "", "sync_profile": "on", "form_login": "0",
        "connectors": " social:dingtalk=\r\n\r\nsso:abc123=Company  account"
    })
}

#[test]
fn sanitizing_twice_changes_nothing() {
    let (once, problems) = sanitized(&full(), &Value::Null);
    assert_eq!(problems, []);
    assert_eq!(once["scope"], "openid email");
    assert_eq!(once["extra_params"], "b=2\na=1");
    assert_eq!(once["connectors"], "social:dingtalk\nsso:abc123 = Company account");
    let (twice, problems) = sanitized(&once, &once);
    assert_eq!(problems, []);
    assert_eq!(once, twice);
    let (first_save, _) = sanitized(&once, &Value::Null);
    assert_eq!(once, first_save);
}

#[test]
fn an_empty_secret_keeps_the_stored_one() {
    let mut submitted = full();
    submitted["app_secret"] = json!("");
    // In the form in which the command line may have stored them.
    let stored = json!({"endpoint": "https://T.logto.app/oidc/", "app_id": " app", "app_secret": "stored"});

    let (values, problems) = sanitized(&submitted, &stored);

    assert_eq!((values["app_secret"].as_str(), problems.len()), (Some("stored"), 0));
}

/// Fault S8: a changed endpoint with an empty secret field kept the secret, so the next host received it.
#[test]
fn fault_s8_a_secret_does_not_follow_another_endpoint_or_client() {
    let stored = json!({
        "endpoint": "https://t.logto.app", "app_id": "app", "app_secret": "stored",
        "dingtalk_client_id": "ding", "dingtalk_client_secret": "stored too",
    });
    for (field, value, secret) in [
        ("endpoint", "https://evil.example", "app_secret"),
        ("endpoint", "https://t.logto.app:8443", "app_secret"),
        ("endpoint", "https://t.logto.app/other", "app_secret"),
        ("app_id", "another", "app_secret"),
        ("dingtalk_client_id", "another", "dingtalk_client_secret"),
    ] {
        let mut submitted = stored.clone();
        submitted["app_secret"] = json!("");
        submitted["dingtalk_client_secret"] = json!("");
        submitted[field] = json!(value);
        let cleared = [Problem { field: secret, code: "secret_cleared" }];

        let (once, problems) = sanitized(&submitted, &stored);

        assert_eq!((&once[secret], &once[field]), (&json!(""), &json!(value)));
        assert_eq!(problems, cleared, "{field}");
        assert_eq!(sanitized(&once, &stored), (once.clone(), cleared.into()), "sanitized twice: {field}");
        let other = if secret == "app_secret" { "dingtalk_client_secret" } else { "app_secret" };
        assert_eq!(once[other], stored[other], "the other provider's secret stays");

        submitted[secret] = json!("new");
        let (values, problems) = sanitized(&submitted, &stored);
        assert_eq!((values[secret].as_str(), problems.len()), (Some("new"), 0), "{field}");
    }
}

/// Fault S8: nobody knows whom a secret belongs to that was stored without an endpoint.
#[test]
fn fault_s8_a_secret_without_an_owner_goes_nowhere() {
    let mut submitted = full();
    submitted["app_secret"] = json!("");
    for stored in [json!({"app_secret": "stored"}), json!({"endpoint": "http://t.logto.app", "app_secret": "stored"})] {
        let (values, problems) = sanitized(&submitted, &stored);

        assert_eq!(values["app_secret"], "");
        assert_eq!(problems, [Problem { field: "app_secret", code: "secret_cleared" }]);
    }
}

/// Another issuer takes the place of the endpoint, and receives no secret that was entered for somebody else (fault S8).
#[test]
fn another_issuer_needs_no_endpoint_and_gets_no_other_secret() {
    let tenant = json!({"endpoint": "https://t.logto.app", "app_id": "app", "app_secret": "stored"});
    let moved = json!({"endpoint": "", "issuer": "https://id.example/", "app_id": "app", "app_secret": ""});

    let (values, problems) = sanitized(&moved, &tenant);
    assert_eq!((&values["app_secret"], &values["issuer"]), (&json!(""), &json!("https://id.example/")));
    assert_eq!(problems, [Problem { field: "app_secret", code: "secret_cleared" }]);

    let mut stored = moved.clone();
    stored["app_secret"] = json!("of the other");
    let (values, problems) = sanitized(&moved, &stored);
    assert_eq!((values["app_secret"].as_str(), problems.len()), (Some("of the other"), 0));

    let back = json!({"endpoint": "https://t.logto.app", "issuer": "", "app_id": "app", "app_secret": ""});
    let (values, problems) = sanitized(&back, &stored);
    assert_eq!((values["app_secret"].as_str(), problems.len()), (Some(""), 1));
    stored["endpoint"] = json!("https://t.logto.app");
    assert_eq!(sanitized(&back, &stored).0["app_secret"], "", "the endpoint was there, and the secret was not its own");
}

/// An endpoint with a problem stays the stored one, and its secret stays with it.
#[test]
fn a_mistyped_endpoint_costs_no_secret() {
    let stored = json!({"endpoint": "https://t.logto.app", "app_id": "app", "app_secret": "stored"});
    let submitted = json!({"endpoint": "http://t.logto.app", "app_id": "app", "app_secret": ""});

    let (values, problems) = sanitized(&submitted, &stored);

    assert_eq!(values["app_secret"], "stored");
    assert_eq!(problems, [Problem { field: "endpoint", code: "endpoint_not_https" }]);
}

#[test]
fn a_field_with_a_problem_keeps_what_was_stored() {
    let submitted = json!({"endpoint": "http://t.logto.app", "extra_params": "state=x", "username_strategy": "no", "connectors": "magic:x"});
    let stored = json!({"endpoint": "https://old.example", "app_id": "old", "connectors": "social:old"});
    let (values, problems) = sanitized(&submitted, &stored);
    assert_eq!(values["connectors"], "social:old");
    assert_eq!(values["endpoint"], "https://old.example");
    assert_eq!(values["app_id"], "old");
    let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
    assert_eq!(
        codes,
        [
            "endpoint_not_https",
            "app_id_missing",
            "app_secret_missing",
            "extra_params_reserved",
            "connectors_invalid",
            "username_strategy_unknown"
        ]
    );
}

#[test]
fn dingtalk_alone_needs_no_tenant_and_is_removed_with_its_secret() {
    let submitted = json!({"dingtalk_client_id": "ding1", "dingtalk_client_secret": "s", "dingtalk_scope": "corpid openid",
        "dingtalk_corp_ids": "corp1, corp2 corp1", "dingtalk_app_corp_id": " corp2 "});
    let (values, problems) = sanitized(&submitted, &Value::Null);
    assert_eq!(problems, []);
    assert_eq!(values["dingtalk_scope"], "openid corpid");
    assert_eq!(values["dingtalk_corp_ids"], "corp1\ncorp2");
    assert_eq!(values["dingtalk_app_corp_id"], "corp2");
    let mut removed = full();
    removed["dingtalk_client_id"] = json!("");
    let (values, problems) = sanitized(&removed, &values);
    assert_eq!((values["dingtalk_client_secret"].as_str(), problems.len()), (Some(""), 0));
}

#[test]
fn sanitizing_what_had_problems_twice_changes_nothing_either() {
    for submitted in [
        json!({"username_strategy": 7}),
        json!({"dingtalk_client_id": "名", "dingtalk_client_secret": "s"}),
        json!({"dingtalk_client_id": "d", "dingtalk_client_secret": "s", "endpoint": "ftp://x", "app_secret": "s"}),
        json!({"dingtalk_client_id": "d", "dingtalk_client_secret": "s", "app_id": "a", "app_secret": "s"}),
        json!({"dingtalk_corp_ids": "corp1", "dingtalk_app_corp_id": "corp9"}),
    ] {
        let corp = json!({"dingtalk_corp_ids": "corp9", "dingtalk_app_corp_id": "corp9"});
        for stored in [Value::Null, json!({"endpoint": 0, "app_id": [], "dingtalk_client_id": true}), corp] {
            let (once, _) = sanitized(&submitted, &stored);
            let (twice, _) = sanitized(&once, &stored);
            assert_eq!(once, twice, "{submitted} over {stored}");
        }
    }
}

#[test]
fn anything_at_all_is_survived() {
    for submitted in [Value::Null, json!([]), json!("text"), json!(7), json!({"endpoint": {}, "scope": []})] {
        let (values, _) = sanitized(&submitted, &submitted);
        assert_eq!(values["scope"], "openid profile email phone");
    }
}

/// These settings and a tenant, on a site with two roles.
fn with_a_tenant(submitted: &Value, stored: &Value) -> (Value, Vec<Problem>) {
    let mut whole = json!({"endpoint": "https://t.logto.app", "app_id": "app", "app_secret": "s3cret"});
    for (field, value) in submitted.as_object().expect("fields") {
        whole[field] = value.clone();
    }
    on_a_site(&whole, stored)
}

fn on_a_site(submitted: &Value, stored: &Value) -> (Value, Vec<Problem>) {
    let Sanitized { values, problems } =
        check(submitted, Manager::Network, stored, &["administrator".to_owned(), "editor".to_owned()]);
    (json!(values), problems)
}

#[test]
fn rows_of_a_form_become_lines_and_stay_so() {
    let rows = json!([
        {"logto": " boss ", "wordpress": "administrator"}, {"logto": "", "wordpress": "editor"},
        {"logto": "org:o1:member", "wordpress": "editor"}, 7,
    ]);
    let (once, problems) = with_a_tenant(&json!({"role_map": rows}), &Value::Null);
    assert_eq!(problems, []);
    assert_eq!(once["role_map"], "boss = administrator\norg:o1:member = editor");
    assert_eq!(with_a_tenant(&once, &once).0, once);
}

#[test]
fn a_mapping_with_a_problem_stays_as_it_was() {
    let (values, _) = with_a_tenant(&json!({"role_map": "boss = king"}), &json!({"role_map": "boss=editor"}));
    assert_eq!(values["role_map"], "boss = editor");
}

#[test]
fn one_box_for_all_fields_becomes_a_choice_for_each() {
    let (values, problems) = with_a_tenant(&json!({"sync_profile": "0", "sync_email": "always"}), &Value::Null);
    assert_eq!(problems, []);
    assert_eq!(values["sync_display_name"], "first");
    assert_eq!(values["sync_email"], "always");
    assert_eq!(values.get("sync_profile"), None);
}

#[test]
fn a_template_is_needed_only_by_its_strategy() {
    let (values, problems) = with_a_tenant(&json!({"username_strategy": "template"}), &Value::Null);
    assert_eq!(problems, [Problem { field: "username_template", code: "username_template_invalid" }]);
    assert_eq!(values["username_template"], "");
    assert_eq!(with_a_tenant(&json!({"username_strategy": "smart"}), &Value::Null).1, []);
}

#[test]
fn every_problem_has_its_code() {
    let form = json!({
        "endpoint": "https://t.logto.app", "app_id": "app", "app_secret": "s3cret",
        "dingtalk_client_id": "ding1", "dingtalk_client_secret": "s"
    });
    let mut seen = BTreeSet::new();
    for (field, value, code) in [
        ("endpoint", json!(""), "endpoint_missing"),
        ("endpoint", json!("ftp://t.logto.app"), "endpoint_invalid"),
        ("endpoint", json!("http://t.logto.app"), "endpoint_not_https"),
        ("app_id", json!(""), "app_id_missing"),
        ("app_secret", json!(""), "app_secret_missing"),
        ("scope", json!("名"), "scope_invalid"),
        ("extra_params", json!("prompt"), "extra_params_invalid"),
        ("extra_params", json!("state=x"), "extra_params_reserved"),
        ("connectors", json!("magic:x"), "connectors_invalid"),
        ("button_label", json!("x".repeat(61)), "button_label_invalid"),
        ("landing_page", json!("https://elsewhere.example"), "landing_page_invalid"),
        ("avatar", json!("perhaps"), "choice_unknown"),
        ("dingtalk_client_id", json!("名"), "dingtalk_client_id_missing"),
        ("dingtalk_client_secret", json!(""), "dingtalk_client_secret_missing"),
        ("dingtalk_scope", json!("everything"), "dingtalk_scope_unknown"),
        ("dingtalk_corp_ids", json!("a;b"), "dingtalk_corp_ids_invalid"),
        ("dingtalk_app_corp_id", json!("corp1 corp2"), "dingtalk_app_corp_id_invalid"),
        ("provisioning", json!("invited"), "choice_unknown"),
        ("allow_email_domains", json!("localhost"), "allow_email_domains_invalid"),
        ("trusted_email_connectors", json!("social:google"), "trusted_email_connectors_invalid"),
        ("required_organizations", json!("a\u{7}b"), "list_invalid"),
        ("default_role", json!("king"), "role_unknown"),
        ("role_map", json!("boss = king"), "role_unknown"),
        ("role_map", json!("boss"), "role_map_invalid"),
        ("role_map", json!([{"logto": "boss", "wordpress": ""}]), "role_map_invalid"),
        ("role_map_mode", json!("last"), "choice_unknown"),
        ("grant_days", json!("a week"), "grant_days_invalid"),
        ("issuer", json!("id.example"), "issuer_invalid"),
        ("organization_id", json!("org:o1"), "organization_id_invalid"),
        ("meta_map", json!("department"), "meta_map_invalid"),
        ("meta_map", json!("custom_data.x = wp_capabilities"), "meta_key_protected"),
        ("activity_days", json!("366"), "activity_days_invalid"),
        ("session_days", json!("0"), "session_days_invalid"),
        ("revalidate_minutes", json!("10081"), "revalidate_minutes_invalid"),
        ("api_resource", json!("wp-json"), "api_resource_invalid"),
        ("api_scopes", json!("read:posts"), "api_scopes_invalid"),
        ("api_m2m_user", json!("a\u{7}b"), "api_m2m_user_invalid"),
        ("site_map", json!("o1 = here"), "site_map_invalid"),
        ("api_resource", json!("wp-json"), "api_resource_invalid"),
        ("api_scopes", json!("read"), "api_scopes_invalid"),
        ("api_m2m_user", json!("x".repeat(61)), "api_m2m_user_invalid"),
        ("public_paths", json!("about"), "public_paths_invalid"),
        ("username_strategy", json!("random"), "username_strategy_unknown"),
        ("username_template", json!("{sub}"), "username_template_invalid"),
        ("sync_email", json!("sometimes"), "choice_unknown"),
    ] {
        let mut submitted = form.clone();
        submitted[field] = value.clone();
        assert_eq!(on_a_site(&submitted, &Value::Null).1, [Problem { field, code }], "{field}: {value}");
        seen.insert(code);
    }
    // The one problem that depends on what is stored.
    seen.insert("secret_cleared");

    assert_eq!(seen, TABLE.iter().flat_map(Row::problems).copied().collect());
}

#[test]
fn a_form_has_a_value_for_every_setting_and_for_nothing_else() {
    let (values, _) = sanitized(&json!({"dingtalk_origin": "http://127.0.0.1", "other": 1}), &Value::Null);

    let names: BTreeSet<_> = values.as_object().expect("values").keys().map(String::as_str).collect();
    assert_eq!(names, TABLE.iter().map(|row| row.name).collect());
}

/// What a site of a network stores of a form over the settings that apply there.
fn on_a_site_of_a_network(submitted: &Value, applies: &Value) -> (Value, Vec<Problem>) {
    let Sanitized { values, problems } =
        check(submitted, Manager::Site, applies, &["administrator".to_owned(), "editor".to_owned()]);
    (json!(values), problems)
}

/// What applies on the sites of a network.
fn of_a_network() -> Value {
    let (values, problems) = with_a_tenant(&json!({"form_login": "0", "required_organizations": "o1"}), &Value::Null);
    assert_eq!(problems, []);
    values
}

/// Fault S2: a site's administrator entered a provider of their own and `link_by_email`, and became editor of other
/// sites; or turned the password form on, or `required_organizations` off.
#[test]
fn fault_s2_a_site_stores_no_setting_of_the_network() {
    let applies = of_a_network();
    let mut tried = 0;
    for row in TABLE.iter().filter(|row| row.managed_by == Manager::Network) {
        for given in [json!("another"), json!("1"), json!("0"), json!("https://own.example"), json!({"x": 1})] {
            let submitted = json!({row.name: given, "default_role": "editor"});

            let (values, problems) = on_a_site_of_a_network(&submitted, &applies);

            let names: Vec<_> = values.as_object().expect("values").keys().map(String::as_str).collect();
            let of_a_site: BTreeSet<_> =
                TABLE.iter().filter(|row| row.managed_by == Manager::Site).map(|row| row.name).collect();
            assert_eq!(names, of_a_site.into_iter().collect::<Vec<_>>(), "{submitted}");
            assert_eq!(values["default_role"], "editor");
            assert!(problems.iter().all(|problem| *problem == Problem { field: row.name, code: MANAGED_BY_NETWORK }));
            tried += problems.len();
        }
    }
    assert!(tried > 100, "only {tried} of them were problems");
}

#[test]
fn submitting_what_the_network_has_chosen_is_no_problem() {
    let mut submitted = of_a_network();
    submitted["app_secret"] = json!("");
    submitted["avatar"] = json!("1");

    let (values, problems) = on_a_site_of_a_network(&submitted, &of_a_network());

    assert_eq!((values["avatar"].as_bool(), problems), (Some(true), vec![]));
    let (_, problems) = on_a_site_of_a_network(&json!({"app_secret": "another"}), &of_a_network());
    assert_eq!(problems, [Problem { field: "app_secret", code: MANAGED_BY_NETWORK }]);
}

#[test]
fn a_setting_of_the_site_that_has_a_problem_keeps_what_applies_there() {
    let mut applies = of_a_network();
    applies["default_role"] = json!("editor");

    let (values, problems) = on_a_site_of_a_network(&json!({"default_role": "king"}), &applies);

    assert_eq!(values["default_role"], "editor");
    assert_eq!(problems, [Problem { field: "default_role", code: "role_unknown" }]);
}

/// An administrator whose provider nobody had tried turned off password login, and nobody could sign in any more.
#[test]
fn password_login_stays_on_until_its_admin_has_signed_in_another_way() {
    let submit = |form_login: bool, has_signed_in: Option<bool>, stored: &Value| {
        let mut submitted = full();
        submitted["form_login"] = json!(form_login);
        let Sanitized { values, problems } =
            check(&submitted, Manager::Network, stored, &[]).with_a_way_in(has_signed_in, stored);
        (values["form_login"] == true, problems.len())
    };

    assert_eq!(submit(false, Some(false), &json!({})), (true, 1));
    assert_eq!(submit(false, Some(true), &json!({})), (false, 0));
    assert_eq!(submit(false, None, &json!({})), (false, 0), "a program");
    assert_eq!(submit(false, Some(false), &json!({"form_login": false})), (false, 0), "it was off");
    assert_eq!(submit(true, Some(false), &json!({"form_login": false})), (true, 0));
}
