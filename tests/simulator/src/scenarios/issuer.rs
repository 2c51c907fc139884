//! Another OpenID Provider in the place of a Logto tenant, and what is Logto's alone.

use super::access::with;
use super::accounts::sign_in_as;
use crate::core::Core;
use crate::message::Parameters;
use crate::provider::fault::{Fault, MetadataFault};
use crate::site::{Site, Start, browser::Browser};
use serde_json::{Value, json};

/// A site whose provider has this issuer, which is no tenant of Logto.
fn site<'c>(core: &'c mut dyn Core, issuer: &str) -> Site<'c> {
    let mut site = Site::new(core);
    "https://id.example".clone_into(&mut site.provider.endpoint);
    site.provider.named_issuer = Some(issuer.to_owned());
    with(&json!({"endpoint": "", "issuer": issuer}), &mut site);
    site
}

/// With a path and without one, with a slash at its end and without one (OpenID Connect Discovery §4.1).
pub fn an_issuer_of_any_shape_signs_in(core: &mut dyn Core) {
    for issuer in [
        "https://id.example",
        "https://id.example/",
        "https://id.example/realms/staff",
        "https://id.example/realms/staff/",
    ] {
        let mut site = site(core, issuer);

        let user = site.sign_in(&mut Browser::new()).assert_signed_in();
        assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), user, "{issuer}");

        let created = site.effects.iter().find(|effect| effect["type"] == "create_user").expect("an account");
        assert_eq!(created["identity"]["issuer"], issuer, "the identity has the issuer to the letter");
        let url = site.sign_out(&mut Browser::new(), "/").url("sign-out");
        assert!(url.starts_with("https://id.example/"), "{url}");
    }
}

/// Metadata that name another issuer are refused, were it for a slash (OpenID Connect Discovery §4.3).
pub fn another_issuer_is_compared_to_the_letter(core: &mut dyn Core) {
    for (configured, named) in [
        ("https://id.example", "https://id.example/"),
        ("https://id.example/a/", "https://id.example/a"),
        ("https://id.example/a", "https://id.example/A"),
    ] {
        let mut site = site(core, configured);
        site.provider.named_issuer = Some(named.to_owned());
        if configured.ends_with("/a") {
            // The same document, under another name.
            site.provider.named_issuer = Some(configured.to_owned());
            site.provider.fault = Some(Fault::Metadata(MetadataFault::IssuerOther));
        }

        site.sign_in(&mut Browser::new()).assert_refused(502, "issuer_mismatch");
    }
}

/// Parameters and scopes of Logto stay with Logto; those of the specification are asked for.
pub fn another_provider_is_asked_for_nothing_of_logtos(core: &mut dyn Core) {
    let mut site = site(core, "https://id.example/op");
    with(
        &json!({
            "scope": "openid", "require_verified_email": true, "required_organizations": "o1", "role_map": "staff = editor",
            "meta_map": "custom_data.x = x\naddress.country = country\nname = full_name", "organization_id": "o1",
        }),
        &mut site,
    );
    let start = Start {
        first_screen: "register",
        direct_sign_in: "social:dingtalk",
        login_hint: "ann",
        another_account: true,
        ..Start::default()
    };

    let asked = Parameters::of(&site.start(&mut Browser::new(), &start).url("start"));

    assert_eq!(asked.value("scope"), "openid address profile");
    for name in ["first_screen", "direct_sign_in", "organization_id"] {
        assert!(!asked.has(name), "{name}");
    }
    assert_eq!((asked.value("login_hint"), asked.value("prompt")), ("ann", "login"));
    assert_eq!(asked.value("code_challenge_method"), "S256");
}

/// Logto's claim `identities` names where an address is from. Another provider's `email_verified` is the whole word on it.
pub fn another_providers_word_on_an_address_counts(core: &mut dyn Core) {
    for (verified, refusal) in [
        (json!(true), None),
        (json!(false), Some((403, "email_unverified"))),
        (Value::Null, Some((403, "email_unverified"))),
    ] {
        let mut site = site(core, "https://id.example/op");
        with(&json!({"require_verified_email": true}), &mut site);

        let outcome = sign_in_as(&mut site, "ann", &json!({"email": "ann@example.com", "email_verified": verified}));

        assert_eq!(outcome.refusal(), refusal, "{}", outcome.0);
    }
    let mut site = site(core, "https://id.example/op");
    site.know_dingtalk();
    let claims = json!({"name": "Ann", "identities": {"dingtalk": {"userId": "union-id"}}});
    site.settings["scope"] = json!("openid profile identities");
    sign_in_as(&mut site, "ann", &claims).assert_signed_in();
    assert_eq!(site.performed("find_same_person"), 0, "only Logto's connector knows accounts at DingTalk");
}

/// A provider that does not announce PKCE (RFC 8414 §2) signs in, and the check says so. One that denies it is refused.
pub fn the_check_names_pkce_of_another_provider(core: &mut dyn Core) {
    let checked = |site: &mut Site<'_>| {
        let outcome = site.operate("check_connection", &json!({}), &mut Browser::new());
        let checks = outcome.0["checks"].as_array().expect("checks").clone();
        checks.iter().find(|check| check["subject"] == "pkce").map_or(Value::Null, |check| check["code"].clone())
    };
    let mut other = site(core, "https://id.example/op");
    assert_eq!(checked(&mut other), "pkce_announced");

    other.provider.fault = Some(Fault::Metadata(MetadataFault::PkceMissing));
    assert_eq!(checked(&mut other), "pkce_unstated");
    other.sign_in(&mut Browser::new()).assert_signed_in();

    let mut denied = site(core, "https://id.example/op");
    denied.provider.fault = Some(Fault::Metadata(MetadataFault::PkcePlain));
    denied.sign_in(&mut Browser::new()).assert_refused(502, "metadata_unusable");
    assert!(denied.log.iter().any(|(_, cause)| cause.contains("PKCE")), "{:?}", denied.log);

    assert_eq!(checked(&mut Site::new(core)), Value::Null, "a tenant without PKCE fails the check of its metadata");
}

/// Logto's `organization_id`: the site's own, or the one that alone is mapped to it.
pub fn an_organization_brands_the_sign_in_page(core: &mut dyn Core) {
    for (settings, expected) in [
        (json!({}), ""),
        (json!({"organization_id": "o1"}), "o1"),
        (json!({"site_map": "o2 = 2\no3 = 3"}), "o2"),
        (json!({"site_map": "o2 = 2\no3 = 2"}), ""),
        (json!({"site_map": "o2 = 2", "organization_id": "o1"}), "o1"),
    ] {
        let mut site = Site::new(core);
        site.facts["blog_id"] = json!(2);
        with(&settings, &mut site);

        let asked = Parameters::of(&site.start(&mut Browser::new(), &Start::default()).url("start"));

        assert_eq!(asked.value("organization_id"), expected, "{settings}");
    }
}
