//! What claims are good for besides accounts: user meta, organizations, and other plugins that read them.

use super::access::with;
use super::accounts::sign_in_as;
use crate::core::Core;
use crate::message::Parameters;
use crate::provider::fault::{Fault, UserinfoFault};
use crate::site::{Site, Start, browser::Browser};
use serde_json::{Value, json};

const ALICE: &str = "alice00subject";

/// `meta_map`: the scope is asked for, and the claim is written for new and for known users, at each sign-in.
pub fn mapped_claims_are_user_meta(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let map = "custom_data.department = department\nphone_number = billing_phone";
    with(&json!({"meta_map": map, "sync_phone": "never"}), &mut site);
    let department =
        |department: Value| json!({"custom_data": {"department": department}, "phone_number": "4912345678"});
    let start = site.start(&mut Browser::new(), &Start::default());
    assert_eq!(Parameters::of(&start.url("start")).value("scope"), "openid profile email phone custom_data");

    let user = sign_in_as(&mut site, ALICE, &department(json!("Sales"))).assert_signed_in();
    assert_eq!(
        (site.accounts.meta(user, "department"), site.accounts.meta(user, "billing_phone")),
        ("Sales", "4912345678")
    );

    with(&json!({"sync_profile": false}), &mut site);
    sign_in_as(&mut site, ALICE, &department(json!(["Sales", "Marketing"]))).assert_signed_in();
    assert_eq!(
        site.accounts.meta(user, "department"),
        "Sales, Marketing",
        "no profile field follows, and the meta does"
    );

    sign_in_as(&mut site, ALICE, &department(json!({"name": "Sales"}))).assert_signed_in();
    assert_eq!(site.accounts.meta(user, "department"), "Sales, Marketing", "an object is no value");

    sign_in_as(&mut site, ALICE, &department(Value::Null)).assert_signed_in();
    assert_eq!(site.accounts.meta(user, "department"), "", "what the provider takes back is gone");
}

/// A claim that only others use never refuses a sign-in, however large it is.
pub fn a_claim_that_others_read_refuses_nobody(core: &mut dyn Core) {
    for reads_claims in [false, true] {
        let mut site = Site::new(core);
        with(&json!({"meta_map": "custom_data.department = department"}), &mut site);
        site.facts["reads_claims"] = json!(reads_claims);
        site.provider.fault = Some(Fault::Userinfo(UserinfoFault::Long));

        let outcome = site.sign_in(&mut Browser::new());

        outcome.assert_signed_in();
        assert_eq!(outcome.0["claims"].get("custom_data"), None);
    }
}

/// What the provider told reaches another plugin only where one reads it, and holds nothing of the tokens.
pub fn claims_are_told_to_a_plugin_that_reads_them(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let unread = site.sign_in(&mut Browser::new());
    unread.assert_signed_in();
    assert_eq!(unread.0.get("claims"), None);
    assert_eq!(site.provider.count("/me"), 0);

    site.facts["reads_claims"] = json!(true);
    with(&json!({"scope": "openid profile email custom_data", "sync_profile": false}), &mut site);
    site.provider.visitor.claims.insert("custom_data".to_owned(), json!({"team": {"name": "red"}}));
    let read = site.sign_in(&mut Browser::new());
    read.assert_signed_in();
    let claims = read.0["claims"].as_object().expect("claims");
    assert_eq!((&claims["iss"], &claims["sub"]), (&json!("https://tenant.example/oidc"), &json!(ALICE)));
    assert_eq!((&claims["email_verified"], &claims["custom_data"]["team"]["name"]), (&json!(true), &json!("red")));
    for name in ["aud", "exp", "iat", "nonce", "at_hash", "sid"] {
        assert!(!claims.contains_key(name), "{name}");
    }
    assert_eq!(read.0["profile"], json!({}), "nothing follows, and a plugin may write something");

    sign_in_as(&mut site, "somebody-new", &json!({"name": "New", "_claim_names": {"salary": "src1"}}))
        .assert_signed_in();
    let created = site.effects.iter().rfind(|effect| effect["type"] == "create_user").expect("an account");
    assert_eq!((&created["claims"]["name"], created["claims"].get("_claim_names")), (&json!("New"), None));
}

/// Another plugin may refuse a visitor before an account is made.
pub fn a_plugin_may_refuse_what_the_provider_told(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.facts["reads_claims"] = json!(true);
    site.answers.insert("create_user", json!({"user_id": null, "error": "refused", "cause": "no staff"}));

    let outcome = site.sign_in(&mut Browser::new());

    outcome.assert_refused(403, "profile_refused");
    assert_eq!(outcome.0["another_account"], json!(true));
    assert!(site.log.iter().any(|(code, cause)| code == "profile_refused" && cause == "no staff"), "{:?}", site.log);
}

/// The organizations of a visitor, with their names where the provider tells them; nothing where it was not asked.
pub fn organizations_are_shown_by_name(core: &mut dyn Core) {
    let claims = json!({
        "organizations": ["o1", "o2"], "organization_data": [{"id": "o1", "name": "Acme"}, {"id": "o9", "name": "Other"}],
    });
    let mut site = Site::new(core);
    with(&json!({"site_map": "o1 = 2", "always_userinfo": true}), &mut site);
    let user = sign_in_as(&mut site, ALICE, &claims).assert_signed_in();
    assert_eq!(site.accounts.user(user).fields["organizations"], "o1 Acme\no2");

    sign_in_as(&mut site, ALICE, &json!({"organizations": []})).assert_signed_in();
    assert_eq!(site.accounts.user(user).fields["organizations"], "", "whoever left them all is in none");
}
