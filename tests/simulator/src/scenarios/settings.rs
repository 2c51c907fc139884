//! The settings page: cleaning what was submitted, checking the connection.

use crate::core::Core;
use crate::provider::Application;
use crate::provider::fault::{Endpoint, Expected, Fault, KeysFault, MetadataFault, Outage};
use crate::provider::keys::{Algorithm, Key};
use crate::site::{Site, browser::Browser};
use logto_sign_in_core::protocol::Manager;
use logto_sign_in_core::settings::row::{Kind, Row};
use logto_sign_in_core::settings::table::TABLE;
use serde_json::{Value, json};

fn cleaned(site: &mut Site<'_>, submitted: &Value) -> (Value, Value) {
    let outcome =
        site.operate("check_settings", &json!({"submitted": submitted, "manager": "network"}), &mut Browser::new());
    assert_eq!(outcome.kind(), "settings", "{}", outcome.0);
    assert!(site.effects.is_empty(), "cleaning asks nobody");
    (outcome.0["values"].clone(), outcome.0["problems"].clone())
}

fn submitted() -> Value {
    json!({
        "endpoint": " https://tenant.example/oidc/ ", "app_id": " app-1a2b3c ", "app_secret": "a secret & more",
        "scope": "email, profile", "extra_params": "a=1&b=2", "username_strategy": "email",
        "require_verified_email": "1", "remember_session": "0", "sync_profile": "on", "form_login": "",
        "link_by_email": "1", "provisioning": "allow_list", "allow_email_domains": "@Example.com, b.example",
        "allow_organizations": "o1\r\no2", "role_map": [{"logto": "staff", "wordpress": "editor"}, {"logto": ""}],
        "sync_email": "never", "site_map": "o1=2",
        "connectors": "social:dingtalk\r\nsso:abc123=Company account",
    })
}

/// What a setting is until somebody chooses.
fn default(row: &Row) -> Value {
    if matches!(row.kind, Kind::Flag) { json!(row.default == "on") } else { json!(row.default) }
}

/// WordPress sanitizes an option twice when it is first saved.
pub fn cleaning_settings_twice_changes_nothing(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings = Value::Null;
    let (once, problems) = cleaned(&mut site, &submitted());
    assert_eq!(problems, json!([]));
    let mut expected: Value = TABLE.iter().map(|row| (row.name, default(row))).collect();
    for (name, value) in [
        ("endpoint", json!("https://tenant.example")),
        ("app_id", json!("app-1a2b3c")),
        ("app_secret", json!("a secret & more")),
        ("scope", json!("openid email profile")),
        ("extra_params", json!("a=1\nb=2")),
        ("username_strategy", json!("email")),
        ("require_verified_email", json!(true)),
        ("remember_session", json!(false)),
        ("form_login", json!(false)),
        ("link_by_email", json!(true)),
        ("provisioning", json!("allow_list")),
        ("allow_email_domains", json!("example.com\nb.example")),
        ("allow_organizations", json!("o1\no2")),
        ("role_map", json!("staff = editor")),
        ("sync_email", json!("never")),
        ("site_map", json!("o1 = 2")),
        ("connectors", json!("social:dingtalk\nsso:abc123 = Company account")),
    ] {
        expected[name] = value;
    }
    assert_eq!(once, expected);
    for stored in [Value::Null, once.clone(), json!({"app_secret": "older"})] {
        site.settings = stored;
        assert_eq!(cleaned(&mut site, &once), (once.clone(), json!([])));
    }
}

/// Fault S2: a site's administrator stored a provider of their own and `link_by_email`, and became somebody else.
pub fn fault_s2_a_site_of_a_network_stores_only_what_concerns_it(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings = json!({"endpoint": "https://network.example", "app_id": "network", "app_secret": "of the network"});
    for manager in [json!({"manager": "site"}), json!({})] {
        let mut input = json!({"submitted": submitted()});
        input.as_object_mut().expect("an object").extend(manager.as_object().cloned().unwrap_or_default());

        let outcome = site.operate("check_settings", &input, &mut Browser::new());

        let mut expected: Value =
            TABLE.iter().filter(|row| row.managed_by == Manager::Site).map(|row| (row.name, default(row))).collect();
        expected["connectors"] = json!("social:dingtalk\nsso:abc123 = Company account");
        expected["role_map"] = json!("staff = editor");
        assert_eq!(outcome.0["values"], expected);
        let problem = |field: &str| json!({"field": field, "code": "setting_managed_by_network"});
        let problems = outcome.0["problems"].as_array().expect("problems");
        for field in ["endpoint", "app_id", "app_secret", "link_by_email", "provisioning", "site_map", "form_login"] {
            assert!(problems.contains(&problem(field)), "{field} of {problems:?}");
        }
    }
}

/// Forms, WP-CLI and imports submit anything.
pub fn settings_of_the_wrong_type_are_cleaned(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings = Value::Null;
    for wrong in [json!(null), json!(7), json!(-1.5), json!(true), json!([]), json!({}), json!([["x"]]), json!("\u{0}")]
    {
        cleaned(&mut site, &wrong);
        for field in submitted().as_object().expect("fields").keys() {
            let mut form = submitted();
            form[field] = wrong.clone();
            let (values, _) = cleaned(&mut site, &form);
            assert_eq!(values.as_object().map(serde_json::Map::len), Some(TABLE.len()), "{field}: {wrong}");
            site.settings = values.clone();
            assert_eq!(cleaned(&mut site, &values).0, values, "{field}: {wrong}");
            site.settings = Value::Null;
        }
    }
}

/// A field with a problem keeps what was stored; every problem has a code that the core announces.
pub fn wrong_settings_are_named_and_kept_as_they_were(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let about = site.operate("about", &json!({}), &mut Browser::new());
    for (field, before, value, code) in [
        ("endpoint", "https://before.example", "", "endpoint_missing"),
        ("connectors", "social:dingtalk", "dingtalk", "connectors_invalid"),
        ("endpoint", "https://before.example", "http://tenant.example", "endpoint_not_https"),
        ("endpoint", "https://before.example", "https://user:secret@tenant.example", "endpoint_invalid"),
        ("endpoint", "https://before.example", "javascript:alert(1)", "endpoint_invalid"),
        ("app_id", "before", "", "app_id_missing"),
        ("scope", "openid before", "\u{1f511}", "scope_invalid"),
        ("extra_params", "before=1", "state=x", "extra_params_reserved"),
        ("extra_params", "before=1", "no equals sign", "extra_params_invalid"),
        ("username_strategy", "username", "random", "username_strategy_unknown"),
    ] {
        let mut form = submitted();
        form[field] = json!(value);
        site.settings[field] = json!(before);
        let (values, problems) = cleaned(&mut site, &form);
        assert_eq!(problems, json!([{"field": field, "code": code}]), "{field} {value}");
        assert_eq!(values[field], before, "{field} {value}");
        assert!(
            about.0["codes"].as_array().is_some_and(|codes| codes.contains(&json!(code))),
            "{code} is not announced"
        );
    }
}

/// The page never shows a saved secret.
pub fn an_empty_secret_keeps_the_stored_one(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut form = submitted();
    form["app_secret"] = json!("");
    site.settings["app_id"] = json!("app-1a2b3c");
    site.settings["app_secret"] = json!("stored before");
    assert_eq!(cleaned(&mut site, &form).0["app_secret"], "stored before");
    site.settings = Value::Null;
    let (values, problems) = cleaned(&mut site, &form);
    assert_eq!(
        (&values["app_secret"], problems),
        (&json!(""), json!([{"field": "app_secret", "code": "app_secret_missing"}]))
    );
}

/// Fault S8: an endpoint entered over another one received the other one's secret.
pub fn fault_s8_another_endpoint_receives_no_stored_secret(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut form = site.settings.clone();
    form["endpoint"] = json!("https://evil.example");
    form["app_secret"] = json!("");

    let (values, problems) = cleaned(&mut site, &form);

    assert_eq!(problems, json!([{"field": "app_secret", "code": "secret_cleared"}]));
    site.settings = values;
    site.sign_in(&mut Browser::new()).assert_refused(503, "not_configured");
    assert!(site.effects.is_empty(), "nothing leaves for the new endpoint");
}

fn check(site: &mut Site<'_>) -> Vec<Value> {
    let outcome = site.operate("check_connection", &json!({}), &mut Browser::new());
    assert_eq!(outcome.kind(), "connection_checked", "{}", outcome.0);
    assert_eq!(site.performed("http_request"), site.effects.len(), "a check writes nothing");
    outcome.0["checks"].as_array().expect("checks").clone()
}

fn text<'a>(check: &'a Value, member: &str) -> &'a str {
    check[member].as_str().expect("a text")
}

/// Subject, result and code of each check.
fn verdicts(checks: &[Value]) -> Vec<[&str; 3]> {
    let verdict = |check| ["subject", "result", "code"].map(|member| text(check, member));
    checks.iter().map(verdict).collect()
}

/// What is wrong at the provider is told before anybody signs in.
pub fn the_connection_is_checked(core: &mut dyn Core) {
    let wrong = MetadataFault::ALL.iter().map(|fault| Fault::Metadata(*fault));
    let wrong = wrong.chain(Outage::ALL.iter().map(|outage| Fault::Outage(Endpoint::Metadata, *outage)));
    let wrong = wrong.chain(Outage::ALL.iter().map(|outage| Fault::Outage(Endpoint::Keys, *outage)));
    let empty = [Fault::Keys(KeysFault::Empty), Fault::Keys(KeysFault::OnlyUnusable)];
    for fault in wrong.chain(empty) {
        let mut site = Site::new(core);
        site.provider.fault = Some(fault);

        let checks = check(&mut site);

        let failed: Vec<_> = checks.iter().filter(|check| check["result"] == "failed").collect();
        match fault.expected() {
            Expected::Accepted => assert!(failed.is_empty(), "{fault:?}: {failed:?}"),
            Expected::Refused(_, cause) => {
                let codes: Vec<&str> = failed.iter().map(|check| text(check, "code")).collect();
                // Swapped endpoints are two rows.
                let swapped = usize::from(fault == Fault::Metadata(MetadataFault::EndpointsSwapped));
                assert_eq!(codes, vec![cause; 1 + swapped], "{fault:?}: {failed:?}");
                assert!(site.log.iter().any(|(code, _)| code == cause), "the cause is logged: {:?}", site.log);
            }
        }
    }
}

/// Fault C20: the check passed with an unknown App ID, a wrong secret, an application of another type and addresses that
/// are not registered. Visitors then met the provider's raw error.
pub fn fault_c20_the_check_asks_what_a_sign_in_needs(core: &mut dyn Core) {
    type Change = fn(&mut Site<'_>);
    let cases: [(&str, &str, Change); 8] = [
        ("application", "application_unknown", |site| site.settings["app_id"] = json!("nobody")),
        ("application", "application_secret", |site| site.settings["app_secret"] = json!("another secret")),
        ("application", "application_type", |site| site.provider.application = Application::Public),
        ("application", "application_type", |site| site.provider.application = Application::MachineToMachine),
        ("redirect_uri", "redirect_uri_unregistered", |site| site.provider.redirect_uris[0].push('/')),
        ("post_logout_redirect_uri", "post_logout_uri_unregistered", |site| {
            site.provider.post_logout_redirect_uris.clear();
        }),
        ("dingtalk", "dingtalk_client_rejected", |site| site.settings["dingtalk_client_secret"] = json!("another one")),
        ("dingtalk", "dingtalk_client_rejected", |site| site.settings["dingtalk_client_id"] = json!("another one")),
    ];
    let mut site = Site::new(core);
    site.know_dingtalk();
    let fine = check(&mut site);
    assert_eq!(
        verdicts(&fine),
        [
            ["metadata", "passed", "metadata_found"],
            ["keys", "passed", "keys_found"],
            ["algorithms", "passed", "algorithms_agree"],
            ["application", "passed", "application_accepted"],
            ["redirect_uri", "passed", "redirect_uri_registered"],
            ["post_logout_redirect_uri", "passed", "post_logout_uri_registered"],
            ["dingtalk", "passed", "dingtalk_accepted"],
        ]
    );
    for (subject, code, change) in cases {
        let mut site = Site::new(core);
        site.know_dingtalk();
        change(&mut site);

        let checks = check(&mut site);

        let failed = verdicts(&checks).into_iter().find(|[_, result, _]| *result == "failed");
        assert_eq!(failed, Some([subject, "failed", code]), "{checks:?}");
        assert!(site.log.iter().any(|(logged, _)| logged == code), "{:?}", site.log);
    }
}

/// Fault C20, its kind: a server whose clock is wrong refused every ID token, and the check passed.
pub fn fault_c20_the_check_compares_the_clocks(core: &mut dyn Core) {
    for (ahead, expected) in [
        (0, Some(["clock", "passed", "clock_agrees"])),
        (30, Some(["clock", "passed", "clock_agrees"])),
        (90, Some(["clock", "failed", "clock_differs"])),
    ] {
        let mut site = Site::new(core);
        site.clock_difference = Some(ahead);

        let checks = check(&mut site);

        assert_eq!(verdicts(&checks).into_iter().find(|[subject, ..]| *subject == "clock"), expected, "{ahead} s");
    }
}

/// DingTalk alone has something to ask, too, and a site without a provider has not.
pub fn each_provider_that_is_set_up_is_checked(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.know_dingtalk();
    site.settings["endpoint"] = json!("");
    assert_eq!(verdicts(&check(&mut site)), [["dingtalk", "passed", "dingtalk_accepted"]]);

    site.settings = Value::Null;
    let outcome = site.operate("check_connection", &json!({}), &mut Browser::new());
    outcome.assert_refused(503, "not_configured");
}

/// Fault C30: a wrong issuer was not named, and the check announced the algorithms of the keys for those of the provider.
pub fn fault_c30_the_check_names_issuer_and_algorithms(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.provider.keys = vec![Key::new(Algorithm::Es384, 0), Key::new(Algorithm::Rs256, 0)];
    let found: Vec<_> = check(&mut site).iter().map(|check| check["found"].clone()).collect();
    assert_eq!(found[0], "https://tenant.example/oidc");
    assert!(found[1].as_str().is_some_and(|keys| keys.contains("ES384") && keys.contains("RS256")), "{found:?}");
    assert_eq!(found[2], "RS256, PS256, ES384");

    site.provider.fault = Some(Fault::Metadata(MetadataFault::IssuerOther));
    let wrong = check(&mut site);
    assert_eq!(verdicts(&wrong)[0], ["metadata", "failed", "issuer_mismatch"]);
    assert!(wrong[0]["found"].as_str().is_some_and(|found| found.contains("https://other.example/oidc")), "{wrong:?}");
    assert!(wrong[1..].iter().all(|check| check["code"] == "check_skipped"), "{wrong:?}");
}

/// Every code that any fault leads to is announced, and every algorithm.
pub fn the_core_describes_itself(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let about = site.operate("about", &json!({}), &mut Browser::new());
    assert_eq!(about.kind(), "about");
    assert_eq!(about.text("version"), env!("CARGO_PKG_VERSION"));
    let list = |member: &str| about.0[member].as_array().cloned().unwrap_or_default();
    for fault in Fault::all() {
        if let Expected::Refused(_, code) = fault.expected() {
            assert!(list("codes").contains(&json!(code)), "{code} is not announced");
        }
    }
    for algorithm in Algorithm::ALL {
        assert!(list("algorithms").contains(&json!(algorithm.name())), "{} is not announced", algorithm.name());
    }
    assert!(
        !list("algorithms")
            .iter()
            .any(|name| name.as_str().is_some_and(|name| name.starts_with("HS") || name == "none"))
    );
}
