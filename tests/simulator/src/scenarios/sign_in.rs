//! Sign-ins as they should be.

use crate::core::Core;
use crate::provider::fault::{Fault, IdTokenFault};
use crate::provider::keys::{Algorithm, Key};
use crate::provider::visitor::Visitor;
use crate::site::{Site, Start, browser::Browser};
use serde_json::{Value, json};

/// The whole way, effect by effect.
pub fn signs_in(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let outcome = site.sign_in(&mut browser);
    let user = outcome.assert_signed_in();
    assert_eq!(browser.session, Some(user));
    assert!(browser.cookies.is_empty(), "the attempt is over: {:?}", browser.cookies);
    assert_eq!((outcome.text("redirect_to"), &outcome.0["remember"]), ("", &json!(true)));
    let steps: Vec<String> = site
        .effects
        .iter()
        .map(|effect| effect["url"].as_str().or(effect["type"].as_str()).unwrap_or_default().to_owned())
        .collect();
    let at = |path: &str| format!("https://tenant.example/oidc{path}");
    assert_eq!(
        steps,
        [
            at("/.well-known/openid-configuration"),
            "mark_state_used".to_owned(),
            at("/token"),
            at("/jwks"),
            "find_account".to_owned(),
            "find_email_match".to_owned(),
            "create_user".to_owned(),
        ]
    );
    assert_eq!((site.accounts.users.len(), site.accounts.used_states.len(), site.accounts.identities.len()), (1, 1, 1));
    let ((issuer_hash, subject), _) = site.accounts.identities.first_key_value().expect("an identity");
    assert_eq!((outcome.text("issuer_hash"), subject.as_str()), (issuer_hash.as_str(), "alice00subject"));
    assert!(site.log.is_empty(), "{:?}", site.log);
}

/// The identity finds its user; metadata and keys are remembered.
pub fn signs_in_again_as_the_same_user(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let first = site.sign_in(&mut Browser::new()).assert_signed_in();
    site.effects.clear();
    let second = site.sign_in(&mut Browser::new()).assert_signed_in();
    assert_eq!(first, second);
    assert_eq!(
        (site.performed("http_request"), site.performed("mark_state_used"), site.performed("create_user")),
        (1, 1, 0)
    );
    assert_eq!((site.accounts.users.len(), site.accounts.used_states.len()), (1, 2));
}

/// Fault C24: userinfo was always requested. Two requests to the provider made a sign-in that needs one.
pub fn fault_c24_userinfo_is_requested_where_the_id_token_lacks_something(core: &mut dyn Core) {
    for (settings, at_userinfo_alone, requests) in [
        (json!({}), false, 0),
        (json!({"always_userinfo": true}), false, 1),
        (json!({}), true, 1),
        (json!({"scope": "openid"}), true, 0),
        (json!({"require_verified_email": true}), false, 1),
        (json!({"link_by_email": true}), false, 1),
        (json!({"provisioning": "allow_list", "allow_email_domains": "example.com"}), false, 1),
        (json!({"scope": "openid profile custom_data"}), false, 0),
    ] {
        let mut site = Site::new(core);
        site.settings.as_object_mut().expect("settings").extend(settings.as_object().cloned().unwrap_or_default());
        site.provider.claims_at_userinfo_alone = at_userinfo_alone;

        site.sign_in(&mut Browser::new()).assert_signed_in();

        assert_eq!(site.provider.count("/me"), requests, "{settings} {at_userinfo_alone}");
    }
}

/// Whatever the tenant's key is.
pub fn every_algorithm_signs_in(core: &mut dyn Core) {
    for algorithm in Algorithm::ALL {
        let mut site = Site::new(core);
        site.provider.keys = vec![Key::new(algorithm, 0)];
        let outcome = site.sign_in(&mut Browser::new());
        assert_eq!(outcome.kind(), "signed_in", "{}: {}", algorithm.name(), outcome.0);
    }
}

/// One bit of the signature, whatever the tenant's key is.
pub fn every_algorithm_refuses_an_altered_signature(core: &mut dyn Core) {
    for algorithm in Algorithm::ALL {
        let mut site = Site::new(core);
        site.provider.keys = vec![Key::new(algorithm, 0)];
        site.provider.fault = Some(Fault::IdToken(IdTokenFault::SignatureAltered));
        let outcome = site.sign_in(&mut Browser::new());
        assert_eq!(outcome.refusal(), Some((502, "token_signature")), "{}: {}", algorithm.name(), outcome.0);
    }
}

/// A name in Chinese, no email address, no username.
pub fn a_dingtalk_visitor_signs_in(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.provider.visitor = Visitor::dingtalk();
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    let user = site.accounts.user(id);
    assert_eq!(user.fields["display_name"], "李四");
    assert!(user.email.ends_with(".invalid"), "mail to {} would reach somebody", user.email);
    assert!(!user.nicename.contains("86138"), "the author's URL tells the phone number: {}", user.nicename);
    assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), id);
}

/// Nothing but `null`s.
pub fn a_visitor_about_whom_nothing_is_known_signs_in(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.provider.visitor = Visitor::nobody();
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    let user = site.accounts.user(id);
    assert!(user.email.ends_with(".invalid") && !user.login.is_empty());
    assert!(user.fields.get("display_name").is_some_and(|name| !name.is_empty()));
}

/// Two attempts in one browser do not disturb each other, in whatever order they end.
pub fn two_tabs_at_once(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let mut begin = |site: &mut Site<'_>, redirect_to| {
        let start = Start { redirect_to, ..Start::default() };
        let url = site.start(&mut browser, &start).url("start");
        let now = site.now();
        site.provider.consent(&url, now)
    };
    let first = begin(&mut site, "https://wordpress.example/first/");
    let second = begin(&mut site, "https://wordpress.example/second/");
    assert_eq!(browser.cookies.len(), 2);
    let outcome = site.callback(&mut browser, &second);
    outcome.assert_signed_in();
    assert_eq!(outcome.text("redirect_to"), "https://wordpress.example/second/");
    assert_eq!(browser.cookies.len(), 1);
    let outcome = site.callback(&mut browser, &first);
    outcome.assert_signed_in();
    assert_eq!(outcome.text("redirect_to"), "https://wordpress.example/first/");
    assert!(browser.cookies.is_empty());
    assert_eq!(site.accounts.users.len(), 1);
}

/// Two people at once.
pub fn two_browsers_at_once(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (mut alice, mut other) = (Browser::new(), Browser::new());
    let now = site.now();
    let url = site.start(&mut alice, &Start::default()).url("start");
    let back_of_alice = site.provider.consent(&url, now);
    site.provider.visitor = Visitor::dingtalk();
    let url = site.start(&mut other, &Start::default()).url("start");
    let back_of_other = site.provider.consent(&url, now);
    let alice_id = site.callback(&mut alice, &back_of_alice).assert_signed_in();
    let other_id = site.callback(&mut other, &back_of_other).assert_signed_in();
    assert_ne!(alice_id, other_id);
    assert_eq!(site.accounts.user(other_id).fields["display_name"], "李四");
}

/// `remember_session`.
pub fn the_session_outlives_the_browser_only_if_wanted(core: &mut dyn Core) {
    for (stored, expected) in [(Value::Null, true), (json!(true), true), (json!(false), false), (json!("0"), false)] {
        let mut site = Site::new(core);
        site.settings["remember_session"] = stored.clone();
        let outcome = site.sign_in(&mut Browser::new());
        outcome.assert_signed_in();
        assert_eq!(outcome.0["remember"], json!(expected), "{stored}");
    }
}

/// WP-CLI and imports write other scalar types.
pub fn options_of_the_wrong_type_are_understood(core: &mut dyn Core) {
    let mut site = Site::new(core);
    "12345".clone_into(&mut site.provider.app_id);
    site.settings["app_id"] = json!(12345);
    for (field, value) in [
        ("scope", json!(["openid"])),
        ("extra_params", json!(7)),
        ("require_verified_email", json!("0")),
        ("sync_profile", json!({})),
        ("form_login", json!(1.5)),
        ("username_strategy", json!(null)),
        ("unknown", json!([[]])),
    ] {
        site.settings[field] = value;
    }
    site.sign_in(&mut Browser::new()).assert_signed_in();
}

/// Without settings nothing is fetched, and the code says what is missing.
pub fn an_unconfigured_site_asks_nobody(core: &mut dyn Core) {
    for field in ["endpoint", "app_id", "app_secret"] {
        let mut site = Site::new(core);
        site.settings[field] = json!("");
        site.sign_in(&mut Browser::new()).assert_refused(503, "not_configured");
        site.sign_out(&mut Browser::new(), "").assert_refused(503, "not_configured");
        assert!(site.effects.is_empty(), "{field}: {:?}", site.effects);
    }
    for settings in [json!(null), json!([]), json!("text"), json!(false)] {
        let mut site = Site::new(core);
        site.settings = settings;
        site.sign_in(&mut Browser::new()).assert_refused(503, "not_configured");
    }
}

/// Placeholders are not secrets.
pub fn a_site_without_salts_signs_nobody_in(core: &mut dyn Core) {
    for salt in ["", "put your unique phrase here"] {
        let mut site = Site::new(core);
        site.facts["salt"] = json!(salt);
        site.sign_in(&mut Browser::new()).assert_refused(503, "not_configured");
        assert!(site.accounts.users.is_empty());
    }
}
