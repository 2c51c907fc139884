//! Signing out, and coming back from it.

use crate::core::Core;
use crate::message::Parameters;
use crate::provider::fault::{Endpoint, Fault, MetadataFault, Outage};
use crate::site::{Site, browser::Browser};
use serde_json::json;

const HOME: &str = "https://wordpress.example/";

/// The whole circle.
pub fn signs_out_and_in_again(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let user = site.sign_in(&mut browser).assert_signed_in();
    let outcome = site.sign_out(&mut browser, "");
    let url = outcome.url("sign-out");
    assert_eq!(outcome.0["external"], json!(true));
    assert!(url.starts_with("https://tenant.example/oidc/session/end?"), "{url}");
    let asked = Parameters::of(&url);
    assert_eq!(asked.value("client_id"), site.provider.app_id);
    assert!(!asked.has("id_token_hint") || asked.value("id_token_hint").len() > 100);
    assert_eq!(browser.cookies.len(), 1);
    let now = site.now();
    let back = site.provider.consent(&url, now);
    let outcome = site.signed_out(&mut browser, &back);
    assert_eq!((outcome.url("the return").as_str(), &outcome.0["external"]), (HOME, &json!(false)));
    assert!(browser.cookies.is_empty());
    assert_eq!(site.sign_in(&mut browser).assert_signed_in(), user);
}

/// `redirect_to`, which WordPress judges once more.
pub fn signing_out_ends_where_it_was_wanted(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let wanted = "https://wordpress.example/goodbye/?a=b";
    let url = site.sign_out(&mut browser, wanted).url("sign-out");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    let outcome = site.signed_out(&mut browser, &back);
    assert_eq!((outcome.url("the return").as_str(), &outcome.0["external"]), (wanted, &json!(false)));
}

/// Fault C6: a sign-out that was to end on a page of wp-admin, or on another site, ended on the provider's sign-in page.
pub fn fault_c6_only_public_pages_are_a_landing_place(core: &mut dyn Core) {
    let signed_out_page = "https://wordpress.example/wp-login.php?loggedout=true";
    let private = ["https://wordpress.example/wp-admin/", "https://wordpress.example/wp-login.php"];
    for (wanted, landing) in [
        ("https://wordpress.example/goodbye/?a=b", "https://wordpress.example/goodbye/?a=b"),
        ("/shop/", "/shop/"),
        ("https://wordpress.example/wp-login.php?loggedout=true&wp_lang=de_DE", ""),
        ("https://wordpress.example/wp-admin/profile.php", signed_out_page),
        ("/wp-admin/", signed_out_page),
        ("https://wordpress.example/wp-login.php?redirect_to=x", signed_out_page),
        ("https://elsewhere.example/", signed_out_page),
        ("//elsewhere.example/", signed_out_page),
        ("javascript:alert(1)", signed_out_page),
        ("", signed_out_page),
    ] {
        let landing = if landing.is_empty() { wanted } else { landing };
        let mut site = Site::new(core);
        let mut browser = Browser::new();
        let mut sign_out = |site: &mut Site<'_>, provider: &str| {
            let input = json!({
                "provider": provider, "redirect_to": wanted, "signed_out_page": signed_out_page, "private": private,
            });
            site.sign_out_with(&mut browser, &input)
        };

        let alone = sign_out(&mut site, "dingtalk");
        let url = sign_out(&mut site, "logto").url("sign-out");
        let back = site.provider.consent(&url, site.now());
        let landed = site.signed_out(&mut browser, &back).url("the return");

        assert_eq!((landed.as_str(), alone.url("DingTalk").as_str()), (landing, landing), "{wanted}");
        assert_eq!(alone.0["external"], json!(false));
    }
}

/// RP-Initiated Logout §3: a return with another state, none, or in another browser is handled and not trusted.
pub fn a_return_that_nobody_began_goes_home(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let url = site.sign_out(&mut browser, "https://wordpress.example/secret/").url("sign-out");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    for query in [
        "",
        "action=logto_signed_out",
        "state=",
        "state=other",
        "state=a&state=b",
        "state=%FF&redirect_to=https://evil.example",
    ] {
        assert_eq!(site.signed_out(&mut browser, query).url(query), HOME, "{query}");
    }
    assert_eq!(site.signed_out(&mut Browser::new(), &back).url("another browser"), HOME);
    assert_eq!(site.signed_out(&mut browser, &back).url("the right one"), "https://wordpress.example/secret/");
    assert_eq!(site.signed_out(&mut browser, &back).url("a reload"), HOME);
}

/// A cookie for one purpose is nothing to the other.
pub fn a_sign_out_cookie_signs_nobody_in(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let state = Parameters::of(&site.sign_out(&mut browser, "").url("sign-out")).value("state").to_owned();
    site.callback(&mut browser, &format!("code=x&state={state}")).assert_refused(400, "state_unknown");
    let mut browser = Browser::new();
    let url = site
        .start(&mut browser, &crate::site::Start { redirect_to: "https://wordpress.example/x/", ..Default::default() });
    let state = Parameters::of(&url.url("start")).value("state").to_owned();
    assert_eq!(site.signed_out(&mut browser, &format!("state={state}")).url("a sign-in's state"), HOME);
}

/// The visitor is signed out of WordPress in any case; the rest is told.
pub fn signing_out_needs_an_endpoint(core: &mut dyn Core) {
    for (fault, status, code) in [
        (Fault::Metadata(MetadataFault::EndSessionEndpointMissing), 502, "metadata_unusable"),
        (Fault::Outage(Endpoint::Metadata, Outage::Timeout), 504, "provider_timeout"),
        (Fault::Metadata(MetadataFault::IssuerOther), 502, "issuer_mismatch"),
    ] {
        let mut site = Site::new(core);
        site.provider.fault = Some(fault);
        let mut browser = Browser::new();
        let outcome = site.sign_out(&mut browser, "https://wordpress.example/bye/");
        outcome.assert_refused(status, code);
        assert_eq!(outcome.text("redirect_to"), "https://wordpress.example/bye/");
        assert!(browser.cookies.is_empty());
    }
}
