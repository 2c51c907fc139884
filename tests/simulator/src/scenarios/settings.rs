//! The settings page: cleaning what was submitted, checking the connection.

use crate::core::Core;
use crate::provider::fault::{Endpoint, Expected, Fault, KeysFault, MetadataFault, Outage};
use crate::provider::keys::{Algorithm, Key};
use crate::site::{Site, browser::Browser, outcome::Outcome};
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

/// WordPress sanitizes an option twice when it is first saved.
pub fn cleaning_settings_twice_changes_nothing(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings = Value::Null;
    let (once, problems) = cleaned(&mut site, &submitted());
    assert_eq!(problems, json!([]));
    let mut expected = json!({
        "endpoint": "https://tenant.example", "app_id": "app-1a2b3c", "app_secret": "a secret & more",
        "scope": "openid email profile", "extra_params": "a=1\nb=2", "username_strategy": "email",
        "require_verified_email": true, "remember_session": false, "form_login": false, "link_by_email": true,
        "provisioning": "allow_list", "allow_email_domains": "example.com\nb.example",
        "allow_organizations": "o1\no2", "allow_roles": "", "required_organizations": "", "pending_approval": false,
        "trusted_email_connectors": "",
        "default_role": "", "role_map": "staff = editor", "role_map_mode": "first", "site_map": "o1 = 2",
        "join_site": true, "avatar": false, "username_template": "", "sync_display_name": "always",
        "sync_first_name": "always", "sync_last_name": "always", "sync_nickname": "always", "sync_email": "never",
        "sync_phone": "always", "sync_picture": "always", "sync_locale": "first", "sync_url": "first",
        "connectors": "social:dingtalk\nsso:abc123 = Company account",
        "dingtalk_client_id": "", "dingtalk_client_secret": "", "dingtalk_scope": "openid", "dingtalk_corp_ids": "",
        "dingtalk_app_corp_id": "", "grant_days": "30",
    });
    for on in ["form_buttons", "woocommerce_buttons", "login_link"] {
        expected[on] = json!(true);
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

        assert_eq!(
            outcome.0["values"],
            json!({
                "avatar": false, "connectors": "social:dingtalk\nsso:abc123 = Company account", "default_role": "",
                "role_map": "staff = editor", "role_map_mode": "first",
                "form_buttons": true, "woocommerce_buttons": true, "login_link": true,
            })
        );
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
            assert_eq!(values.as_object().map(serde_json::Map::len), Some(43), "{field}: {wrong}");
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

/// What is wrong at the provider is told before anybody signs in.
pub fn the_connection_is_checked(core: &mut dyn Core) {
    let check = |core: &mut dyn Core, fault: Option<Fault>| -> Outcome {
        let mut site = Site::new(core);
        site.provider.fault = fault;
        site.provider.keys = vec![Key::new(Algorithm::Rs256, 0), Key::new(Algorithm::Es384, 0)];
        let outcome = site.operate("check_connection", &json!({}), &mut Browser::new());
        assert_eq!(site.performed("http_request"), site.effects.len(), "a check writes nothing");
        outcome
    };
    let fine = check(core, None);
    assert_eq!((fine.kind(), fine.text("issuer")), ("connected", "https://tenant.example/oidc"));
    let algorithms = fine.0["algorithms"].as_array().expect("algorithms");
    assert!(algorithms.contains(&json!("ES384")) && algorithms.contains(&json!("RS256")), "{algorithms:?}");
    let wrong = MetadataFault::ALL.iter().map(|fault| Fault::Metadata(*fault));
    let wrong = wrong.chain(Outage::ALL.iter().map(|outage| Fault::Outage(Endpoint::Metadata, *outage)));
    let wrong = wrong.chain(Outage::ALL.iter().map(|outage| Fault::Outage(Endpoint::Keys, *outage)));
    let empty = [Fault::Keys(KeysFault::Empty), Fault::Keys(KeysFault::OnlyUnusable)];
    for fault in wrong.chain(empty) {
        let outcome = check(core, Some(fault));
        match fault.expected() {
            Expected::Accepted => assert_eq!(outcome.kind(), "connected", "{fault:?}: {}", outcome.0),
            Expected::Refused(status, cause) => {
                assert_eq!(outcome.refusal(), Some((status, cause)), "{fault:?}: {}", outcome.0);
            }
        }
    }
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
