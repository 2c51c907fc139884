//! Callbacks that are not what they seem.

use crate::core::Core;
use crate::message::Parameters;
use crate::provider::fault::{Fault, ResponseFault};
use crate::provider::visitor::Visitor;
use crate::site::{Site, Start, browser::Browser, outcome::Outcome};
use serde_json::json;

/// Begins a sign-in and gives where the provider sends the visitor.
fn come_back(site: &mut Site<'_>, browser: &mut Browser) -> String {
    let url = site.start(browser, &Start::default()).url("start");
    let now = site.now();
    site.provider.consent(&url, now)
}

/// Refused without a request to anybody and without a trace in the tables.
fn assert_refused_at_once(site: &Site<'_>, outcome: &Outcome, status: u16, code: &str) {
    outcome.assert_refused(status, code);
    let asked: Vec<_> = site.provider.received.iter().filter(|received| received.path.ends_with("/token")).collect();
    assert!(asked.is_empty(), "the token endpoint was asked");
    assert!(site.accounts.users.is_empty() && site.accounts.used_states.is_empty(), "something was written");
}

/// The browser's Back button, and a reload.
pub fn a_callback_works_once(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let back = come_back(&mut site, &mut browser);
    site.callback(&mut browser, &back).assert_signed_in();
    browser.session = None;
    let again = site.callback(&mut browser, &back);
    again.assert_refused(400, "state_unknown");
    assert_eq!(again.0["retry"], json!(true));
    assert_eq!((site.accounts.users.len(), site.accounts.used_states.len()), (1, 1));
}

/// Fault C8: a second opening in a browser that is signed in said that the sign-in did not work.
pub fn fault_c8_who_is_signed_in_already_goes_on(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let wanted = Start { redirect_to: "https://wordpress.example/wanted/", ..Start::default() };
    let url = site.start(&mut browser, &wanted).url("start");
    let back = site.provider.consent(&url, site.now());
    let kept = browser.clone();
    site.callback(&mut browser, &back).assert_signed_in();
    let before = (site.effects.len(), site.accounts.clone());

    let again = site.callback(&mut browser, &back);
    let with_cookie = site.callback(&mut Browser { session: browser.session, ..kept }, &back);

    assert_eq!(
        (again.url("without the cookie"), &again.0["external"]),
        ("https://wordpress.example/".into(), &json!(false))
    );
    assert_eq!(with_cookie.url("with the cookie"), "https://wordpress.example/wanted/");
    assert_eq!((site.effects.len(), &site.accounts), (before.0 + 1, &before.1), "the use of the state was looked up");
}

/// Somebody who kept the cookie has the provider issue another code for the same request.
pub fn a_second_response_to_one_request_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let url = site.start(&mut browser, &Start::default()).url("start");
    let now = site.now();
    let (first, second) = (site.provider.consent(&url, now), site.provider.consent(&url, now));
    let mut thief = browser.clone();
    site.callback(&mut browser, &first).assert_signed_in();
    let (looked_up, users) = (site.performed("find_account"), site.accounts.clone());
    site.callback(&mut thief, &second).assert_refused(400, "state_used");
    assert_eq!((thief.session, site.performed("find_account")), (None, looked_up));
    assert_eq!(site.accounts, users);
    let reused = site.callback(&mut thief, &first);
    assert_eq!(reused.kind(), "refused", "a used code: {}", reused.0);
}

/// The state is bound to the browser.
pub fn another_browser_cannot_finish(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let back = come_back(&mut site, &mut Browser::new());
    let outcome = site.callback(&mut Browser::new(), &back);
    assert_refused_at_once(&site, &outcome, 400, "state_unknown");
}

/// Login CSRF (RFC 9700 §4.7): the victim is given the attacker's response, with a sign-in of their own pending.
pub fn a_response_of_the_attackers_is_not_taken_in(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (mut attacker, mut victim) = (Browser::new(), Browser::new());
    let url = site.start(&mut victim, &Start::default()).url("start");
    let back = come_back(&mut site, &mut attacker);
    let outcome = site.callback(&mut victim, &back);
    assert_refused_at_once(&site, &outcome, 400, "state_unknown");
    let now = site.now();
    let own = site.provider.consent(&url, now);
    site.callback(&mut victim, &own).assert_signed_in();
}

/// Code injection (RFC 9700 §4.5): the attacker puts a stolen code into a response to their own request.
pub fn an_injected_code_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut attacker = Browser::new();
    let stolen = Parameters::of(&come_back(&mut site, &mut Browser::new())).value("code").to_owned();
    site.provider.visitor = Visitor::nobody();
    let own = come_back(&mut site, &mut attacker);
    let issued = Parameters::of(&own).value("code").to_owned();
    site.callback(&mut attacker, &own.replace(&issued, &stolen)).assert_refused(400, "code_rejected");
    assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty());
}

/// Fault S19: one attempt could send twenty wrong codes, each in a POST that carries the secret.
pub fn fault_s19_one_attempt_sends_one_code(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let back = come_back(&mut site, &mut browser);
    let kept = browser.clone();

    site.callback(&mut browser, &back.replace("code=", "code=wrong")).assert_refused(400, "code_rejected");
    for _ in 0..20 {
        site.callback(&mut kept.clone(), &back).assert_refused(400, "state_used");
    }

    assert_eq!(site.provider.count("/token"), 1);
    assert!(site.accounts.users.is_empty());
}

/// Without the database nothing tells a first use from a second, so nothing leaves.
pub fn a_state_that_cannot_be_marked_as_used_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let back = come_back(&mut site, &mut browser);
    site.answers.insert("mark_state_used", json!({"state_use": "failed"}));

    site.callback(&mut browser, &back).assert_refused(503, "database_error");

    assert_eq!(site.provider.count("/token"), 0);
}

/// Mix-up (RFC 9700 §4.4): an attempt belongs to the provider that it began with.
pub fn a_changed_provider_ends_pending_attempts(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let back = come_back(&mut site, &mut browser);
    site.settings["endpoint"] = json!("https://another.example");
    let outcome = site.callback(&mut browser, &back);
    assert_refused_at_once(&site, &outcome, 400, "state_unknown");
}

/// Anybody can call the callback.
pub fn an_invented_callback_asks_nobody(core: &mut dyn Core) {
    for (query, status, code) in [
        ("", 403, "access_denied"),
        ("?", 403, "access_denied"),
        ("action=logto_callback", 403, "access_denied"),
        ("action=logto_callback&code=x", 400, "state_missing"),
        ("action=logto_callback&code=x&state=", 400, "state_missing"),
        ("action=logto_callback&code=x&state=y", 400, "state_unknown"),
        ("code=x&state=%00%FF%FE", 400, "state_unknown"),
        ("code=x&state[]=y", 400, "state_missing"),
        ("code=x&state=y&state=z", 400, "parameter_repeated"),
        ("code=x&st%61te=y&state=z", 400, "parameter_repeated"),
        ("&&&=&=&%", 403, "access_denied"),
    ] {
        let mut site = Site::new(core);
        let outcome = site.callback(&mut Browser::new(), query);
        assert_refused_at_once(&site, &outcome, status, code);
        assert!(site.effects.is_empty(), "{query}");
    }
}

/// CVE-2021-24214: an error of the provider's is a link that anybody can write.
pub fn an_error_without_an_attempt_says_nothing_of_the_providers(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let query =
        "error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&error_uri=https://evil.example";
    let outcome = site.callback(&mut Browser::new(), query);
    assert_refused_at_once(&site, &outcome, 400, "state_missing");
    assert!(!outcome.0.to_string().contains("alert") && !outcome.0.to_string().contains("evil"));
    assert!(
        site.log.iter().all(|(_, detail)| !detail.contains("alert")),
        "strangers write into the log: {:?}",
        site.log
    );
}

/// Long queries and many parameters.
pub fn a_callback_of_any_length_is_survived(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let back = come_back(&mut site, &mut browser);
    let long = format!("{back}&padding={}", "x".repeat(200_000));
    assert_eq!(site.callback(&mut browser, &long).kind(), "refused");
    let many = "a=b&".repeat(50_000);
    assert_eq!(site.callback(&mut browser, &many).kind(), "refused");
    let state = format!("state={}", "s".repeat(10_000));
    assert_eq!(site.callback(&mut browser, &state).kind(), "refused");
    assert!(site.accounts.users.is_empty());
}

/// Fault C29: Cancel on a provider's consent page leads to the bare redirect URI, which read as an incomplete response.
pub fn fault_c29_a_bare_callback_reads_as_canceled(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.know_dingtalk();
    let mut browser = Browser::new();
    let start = Start { redirect_to: "https://wordpress.example/wanted/", ..Start::default() };
    let url = site.start(&mut browser, &start).url("start");
    site.effects.clear();

    for outcome in [
        site.callback(&mut browser, "action=logto_callback"),
        site.dingtalk_callback(&mut Browser::new(), "action=logto_callback_dingtalk"),
    ] {
        assert_refused_at_once(&site, &outcome, 403, "access_denied");
        assert_eq!(outcome.0["retry"], json!(true));
    }
    assert_eq!(site.callback(&mut browser, "").text("redirect_to"), start.redirect_to, "another try ends there");
    assert!(site.effects.is_empty());

    let now = site.now();
    let back = site.provider.consent(&url, now);
    site.callback(&mut browser, &back).assert_signed_in();
}

/// A refused visitor starts anew: the cookie is gone, and a second try works.
pub fn a_refusal_ends_the_attempt(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    site.provider.fault = Some(Fault::Response(ResponseFault::AccessDenied));
    site.sign_in(&mut browser).assert_refused(403, "access_denied");
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
    site.provider.fault = None;
    site.sign_in(&mut browser).assert_signed_in();
}
