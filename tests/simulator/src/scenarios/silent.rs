//! Silent sign-in (`prompt=none`, OpenID Connect Core §3.1.2.1): nobody asked for it, so nobody sees anything of it unless it
//! succeeds.

use super::access::with;
use super::accounts::local;
use crate::core::Core;
use crate::message::Parameters;
use crate::provider::fault::{Endpoint, Expected, Fault, IdTokenFault, Outage, ResponseFault};
use crate::site::outcome::Outcome;
use crate::site::{Site, Start, browser::Browser};
use serde_json::json;

const PAGE: &str = "https://wordpress.example/page/?a=1";

/// A site where it is turned on, and whose provider has a session of this browser.
fn site(core: &mut dyn Core) -> Site<'_> {
    let mut site = Site::new(core);
    with(&json!({"silent_sign_in": true}), &mut site);
    site.provider.knows_browser = true;
    site
}

/// The script of the page leads to the sign-in, and the provider straight back.
fn silently(site: &mut Site<'_>, browser: &mut Browser) -> Outcome {
    let start = site.start(browser, &Start { redirect_to: PAGE, silent: true, ..Start::default() });
    if start.0["external"] == false {
        return start;
    }
    let url = start.url("start");
    assert_eq!(Parameters::of(&url).value("prompt"), "none");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    site.callback(browser, &back)
}

/// Nobody is signed in, no cookie is left, and the visitor is where they wanted to be.
#[track_caller]
fn assert_nothing_happened(outcome: &Outcome, browser: &Browser) {
    assert_eq!((outcome.url("the page").as_str(), &outcome.0["external"]), (PAGE, &json!(false)));
    assert!(browser.session.is_none() && browser.cookies.is_empty(), "{browser:?}");
}

/// A known user has a session after it, and whoever has one already is not sent anywhere.
pub fn a_known_visitor_signs_in_silently(core: &mut dyn Core) {
    let mut site = site(core);
    let user = site.sign_in(&mut Browser::new()).assert_signed_in();
    let mut browser = Browser::new();

    let outcome = silently(&mut site, &mut browser);

    assert_eq!((outcome.assert_signed_in(), outcome.text("redirect_to")), (user, PAGE));
    let again = site.start(&mut browser, &Start { redirect_to: PAGE, silent: true, ..Start::default() });
    assert_eq!((again.url("the page").as_str(), &again.0["external"]), (PAGE, &json!(false)));
}

/// `login_required` and its like: the ordinary end of most of them, so it is not even logged.
pub fn a_silent_sign_in_that_needs_a_page_changes_nothing(core: &mut dyn Core) {
    for fault in [
        None,
        Some(ResponseFault::ConsentRequired),
        Some(ResponseFault::InteractionRequired),
        Some(ResponseFault::LoginRequired),
    ] {
        let mut site = site(core);
        site.sign_in(&mut Browser::new()).assert_signed_in();
        site.provider.knows_browser = fault.is_some();
        site.provider.fault = fault.map(Fault::Response);
        site.effects.clear();
        let mut browser = Browser::new();

        let outcome = silently(&mut site, &mut browser);

        assert_nothing_happened(&outcome, &browser);
        assert!(site.effects.is_empty() && site.log.is_empty(), "{fault:?}: {:?} {:?}", site.effects, site.log);
    }
}

/// Whoever is not known here gets no account that they did not ask for, and no question.
pub fn a_silent_sign_in_makes_no_account_and_asks_nothing(core: &mut dyn Core) {
    for has_account_with_the_address in [false, true] {
        let mut site = site(core);
        if has_account_with_the_address {
            local(&mut site, "alice", "alice@example.com");
        }
        let mut browser = Browser::new();

        let outcome = silently(&mut site, &mut browser);

        assert_nothing_happened(&outcome, &browser);
        assert_eq!(site.performed("create_user"), 0);
        assert!(site.accounts.identities.is_empty());
    }
}

/// Whatever fails is in the log, and not on the visitor's screen.
pub fn a_silent_sign_in_that_fails_shows_no_error(core: &mut dyn Core) {
    let faults = [
        Fault::Response(ResponseFault::AccessDenied),
        Fault::Response(ResponseFault::ServerError),
        Fault::Response(ResponseFault::IssuerOther),
        Fault::IdToken(IdTokenFault::SignatureAltered),
        Fault::Outage(Endpoint::Metadata, Outage::ALL[0]),
        Fault::Outage(Endpoint::Token, Outage::ALL[0]),
    ];
    for fault in faults {
        let mut site = site(core);
        site.provider.fault = Some(fault);
        let mut browser = Browser::new();

        let outcome = silently(&mut site, &mut browser);

        assert_nothing_happened(&outcome, &browser);
        let Expected::Refused(_, cause) = fault.expected() else { panic!("{fault:?} is no fault") };
        assert!(site.log.iter().any(|(logged, _)| logged == cause), "{fault:?}: {:?}", site.log);
    }

    let mut site = site(core);
    with(&json!({"silent_sign_in": false}), &mut site);
    let mut browser = Browser::new();
    assert_nothing_happened(&silently(&mut site, &mut browser), &browser);
    assert!(site.effects.is_empty(), "where it is off, nobody is asked");

    let mut site = self::site(core);
    site.know_dingtalk();
    site.settings["endpoint"] = json!("");
    let outcome = silently(&mut site, &mut browser);
    assert_nothing_happened(&outcome, &browser);
}
