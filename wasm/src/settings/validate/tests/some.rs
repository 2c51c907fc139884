//! What of a form with some of the settings is stored.

use super::{full, sanitized};
use crate::protocol::{Manager, Provider};
use crate::settings::validate::{Sanitized, check_some, disconnect};
use serde_json::{Value, json};

/// What of some settings is stored.
fn changed(submitted: &Value, stored: &Value) -> (Value, Vec<(&'static str, &'static str)>) {
    parts(check_some(submitted, Manager::Network, stored, &[]))
}

fn parts(Sanitized { values, problems }: Sanitized) -> (Value, Vec<(&'static str, &'static str)>) {
    (json!(values), problems.iter().map(|problem| (problem.field, problem.code)).collect())
}

#[test]
fn a_setting_that_was_not_submitted_stays() {
    let (stored, _) = sanitized(&full(), &Value::Null);

    let (values, problems) = changed(&json!({"role_map": [{"logto": "staff", "wordpress": "editor"}]}), &stored);

    let mut expected = stored.clone();
    expected["role_map"] = json!("staff = editor");
    assert_eq!((values, problems), (expected, vec![]));
    // Nothing is connected yet, and nobody entered anything about it.
    let (values, problems) = changed(&json!({"landing_page": "/account/"}), &Value::Null);
    assert_eq!(
        (values["landing_page"].as_str(), values["endpoint"].as_str(), problems),
        (Some("/account/"), Some(""), vec![])
    );
}

#[test]
fn what_a_change_takes_with_it_is_told() {
    let (mut stored, _) = sanitized(&full(), &Value::Null);
    stored["dingtalk_corp_ids"] = json!("ding1\nding2");
    stored["dingtalk_app_corp_id"] = json!("ding2");

    let (values, problems) = changed(&json!({"endpoint": "https://other.example"}), &stored);
    assert_eq!((values["app_secret"].as_str(), problems), (Some(""), vec![("app_secret", "secret_cleared")]));
    let (values, problems) = changed(&json!({"dingtalk_corp_ids": "ding1"}), &stored);
    let told = vec![("dingtalk_app_corp_id", "dingtalk_app_corp_id_invalid")];
    assert_eq!((values["dingtalk_app_corp_id"].as_str(), problems), (Some(""), told));
}

#[test]
fn disconnecting_removes_the_credentials_and_nothing_else() {
    let mut form = full();
    form["dingtalk_client_id"] = json!("ding");
    form["dingtalk_client_secret"] = json!("ding secret");
    let (stored, _) = sanitized(&form, &Value::Null);
    for (provider, gone) in [
        (Provider::Logto, ["endpoint", "app_id", "app_secret"].as_slice()),
        (Provider::Dingtalk, &["dingtalk_client_id", "dingtalk_client_secret"]),
    ] {
        let (values, problems) = parts(disconnect(provider, &json!({}), Manager::Network, &stored, &[]));

        let mut expected = stored.clone();
        for name in gone {
            expected[name] = json!("");
        }
        assert_eq!((values, problems), (expected, vec![]), "{provider:?}");
    }
}

/// The list that the browser's build, the server and WP-CLI are held to.
#[test]
fn each_bad_setting_has_its_code() {
    let list: Value =
        serde_json::from_str(include_str!("../../../../../tests/vectors/settings/bad.json")).expect("JSON");
    let roles = ["administrator", "editor", "subscriber"].map(str::to_owned);
    for bad in list.as_array().expect("a list") {
        let submitted = json!({bad["setting"].as_str().expect("a name"): bad["value"]});

        let (_, problems) = parts(check_some(&submitted, Manager::Network, &Value::Null, &roles));

        let expected = (bad["setting"].as_str().expect("a name"), bad["code"].as_str().expect("a code"));
        assert_eq!(problems, [expected], "{bad}");
    }
}
