//! Test sign-ins: they decide as a sign-in does, change nothing, and connect an account only after a proof.

use super::access::with;
use super::accounts::local;
use crate::core::Core;
use crate::message::Parameters;
use crate::provider::visitor::Visitor;
use crate::site::{Site, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

/// The administrator who tests.
const ADMIN: u64 = 90;

/// An administrator tests the sign-in, from the set-up page and back.
fn test(site: &mut Site<'_>, browser: &mut Browser) -> Outcome {
    browser.session = Some(ADMIN);
    let input = json!({
        "provider": "logto", "test_by": ADMIN, "canonical": true,
        "redirect_to": "https://wordpress.example/wp-admin/admin.php?page=logto-sign-in-setup",
    });
    let url = site.operate("start", &input, browser).url("the test");
    assert_eq!(Parameters::of(&url).value("prompt"), "login", "the provider's session may be somebody else's");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    site.callback(browser, &back)
}

fn tested(outcome: &Outcome) -> &Value {
    assert_eq!(outcome.kind(), "sign_in_tested", "{}", outcome.0);
    &outcome.0
}

/// What the administrator presses, with the time at which they last proved to be there.
fn connect(site: &mut Site<'_>, connection: &Value, user_id: u64, proven_at: u64) -> Outcome {
    let input = json!({
        "choice": "connect", "user_id": user_id, "proven_at": proven_at, "code": "",
        "cookies": {"wordpress_logto_connect": connection},
    });
    site.operate("connect", &input, &mut Browser::new())
}

/// The report of a test said one thing, and the sign-in after it must do the same.
pub fn a_test_sign_in_decides_as_a_sign_in_does(core: &mut dyn Core) {
    let people = [json!({}), json!({"email": "bob@example.com", "email_verified": true, "roles": ["staff"]})];
    let settings = [
        json!({}),
        json!({"role_map": "staff = editor"}),
        json!({"provisioning": "off"}),
        json!({"pending_approval": true}),
        json!({"required_organizations": "o1"}),
        json!({"require_verified_email": true, "trusted_email_connectors": "google"}),
    ];
    for (claims, settings) in people.iter().flat_map(|claims| settings.iter().map(move |rules| (claims, rules))) {
        for known in [false, true] {
            let mut site = Site::new(core);
            site.provider.visitor = Visitor::new("bobs0subject", claims);
            if known {
                site.sign_in(&mut Browser::new()).assert_signed_in();
            }
            with(settings, &mut site);
            let before = site.effects.len();

            let report = test(&mut site, &mut Browser::new());

            let told = tested(&report);
            let read = ["http_request", "mark_state_used", "find_account", "find_email_match", "find_same_person"];
            for effect in &site.effects[before..] {
                assert!(read.contains(&effect["type"].as_str().unwrap_or_default()), "a test performs {effect}");
            }
            let outcome = site.sign_in(&mut Browser::new());
            let what = format!("{claims} {settings} {known}: {told} {}", outcome.0);
            match (told["decision"].as_str(), outcome.refusal()) {
                (Some("sign_in"), None) => {
                    assert_eq!((outcome.user_id(), known), (told["account"].as_u64(), true), "{what}");
                }
                (Some("create"), None) => assert!(outcome.user_id().is_some() && !known, "{what}"),
                (Some("create"), Some((403, "account_pending"))) => {
                    assert_eq!(told["preview"]["pending"], true, "{what}");
                }
                (Some("refuse"), Some((_, refusal))) => assert_eq!(told["refused"], refusal, "{what}"),
                _ => panic!("{what}"),
            }
            if let Some(user) = outcome.user_id() {
                let has: Vec<&str> = told["roles"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                assert_eq!(site.accounts.user(user).roles, has, "{what}");
            }
        }
    }
}

/// Whoever has the address decides, and the test says who that is.
pub fn a_test_sign_in_names_the_account_with_the_address(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let user = local(&mut site, "alice", "Alice@example.com");

    let report = test(&mut site, &mut Browser::new());

    let told = tested(&report);
    assert_eq!((told["decision"].as_str(), told["account"].as_u64()), (Some("ask"), Some(user)));
    assert_eq!((&told["proven"], &told["name"]), (&json!(true), &json!("Alice Example")));
    assert_eq!(told["claims"]["email"], "alice@example.com");
    assert!(site.accounts.identities.is_empty() && site.accounts.mails.is_empty());
}

/// Rules that hold for everybody must hold for whoever tests: otherwise the test proves nothing. An account of their own need
/// not be theirs to get.
pub fn a_test_sign_in_proves_what_everybody_needs(core: &mut dyn Core) {
    for (settings, proven) in [
        (json!({"provisioning": "off"}), true),
        (json!({"required_organizations": "o1"}), false),
        (json!({"require_verified_email": true}), true),
    ] {
        let mut site = Site::new(core);
        with(&settings, &mut site);
        site.provider.visitor.claims.insert("identities".to_owned(), json!({}));
        let report = test(&mut site, &mut Browser::new());
        assert_eq!(tested(&report)["proven"], json!(proven), "{settings}: {}", report.0);
    }
}

/// A session that was left open tested with a stranger's account at the provider, and connected it.
pub fn a_tested_identity_is_connected_after_a_proof(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.accounts.users.push(crate::site::accounts::User { id: ADMIN, ..Default::default() });
    let report = test(&mut site, &mut Browser::new());
    let connection = tested(&report)["connection"].clone();
    let now = site.now();

    connect(&mut site, &connection, ADMIN, now - 301).assert_refused(400, "connect_expired");
    connect(&mut site, &connection, ADMIN + 1, now).assert_refused(403, "link_user_changed");
    assert!(site.accounts.identities.is_empty());

    let linked = connect(&mut site, &connection, ADMIN, now - 200);
    assert_eq!((linked.kind(), linked.0["user_id"].as_u64()), ("identity_linked", Some(ADMIN)), "{}", linked.0);
    let again = test(&mut site, &mut Browser::new());
    assert_eq!((&tested(&again)["decision"], &again.0["connection"]), (&json!("sign_in"), &Value::Null));
}

/// What one administrator began, no other session ends; and what is over leads back to the set-up page.
pub fn a_test_sign_in_is_its_administrators(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let input = json!({"provider": "logto", "test_by": ADMIN, "canonical": true, "redirect_to": "/wp-admin/"});
    let url = site.operate("start", &input, &mut browser).url("the test");
    let now = site.now();
    let back = site.provider.consent(&url, now);

    for session in [None, Some(ADMIN + 1)] {
        let mut other = browser.clone();
        other.session = session;
        site.callback(&mut other, &back).assert_refused(403, "link_user_changed");
    }
    browser.session = Some(ADMIN);
    tested(&site.callback(&mut browser.clone(), &back));
    assert_eq!(site.callback(&mut browser, &back).url("the set-up page"), "/wp-admin/");
}
