//! Stories in which time passes. They need [`Native`], whose clock is a variable.

use crate::core::{Core as _, Native};
use crate::provider::fault::{Endpoint, Fault, IdTokenFault, Outage};
use crate::site::{Site, Start, accounts::User, browser::Browser, outcome::Outcome};
use serde_json::json;

/// Begins a sign-in with a core at `began`, has the visitor back at `ended`, and gives what came of it.
fn taking(began: u64, ended: u64) -> (Outcome, Browser) {
    let (outcome, browser, _) = taking_with_log(began, ended);
    (outcome, browser)
}

/// The same, with the log of the second core.
fn taking_with_log(began: u64, ended: u64) -> (Outcome, Browser, Vec<(String, String)>) {
    let mut browser = Browser::new();
    let mut core = Native::at(began, 0);
    let mut site = Site::new(&mut core);
    let start = Start { redirect_to: "https://wordpress.example/cart/", ..Start::default() };
    let url = site.start(&mut browser, &start).url("start");
    let mut core = Native::at(ended, 100);
    let mut site = Site::new(&mut core);
    let back = site.provider.consent(&url, ended);
    let outcome = site.callback(&mut browser, &back);
    (outcome, browser, site.log)
}

/// Ten minutes, and not a second more; who comes later learns that it was too late and is not lost.
pub fn a_state_lives_ten_minutes() {
    let began = Native::new().now();
    for late in [0, 1, 599, 600] {
        taking(began, began + late).0.assert_signed_in();
    }
    for late in [601, 1800] {
        let (outcome, browser) = taking(began, began + late);
        outcome.assert_refused(400, "state_expired");
        assert_eq!(outcome.0["retry"], json!(true));
        assert_eq!(outcome.text("redirect_to"), "https://wordpress.example/cart/");
        assert!(browser.cookies.is_empty());
    }
    taking(began, began + 86_400).0.assert_refused(400, "state_unknown");
}

/// A connection that nobody proved or confirmed is over after ten minutes too, in a browser whose clock is slow as well.
pub fn a_connection_waits_ten_minutes() {
    let began = Native::new().now();
    for (late, waits) in [(0, true), (600, true), (601, false), (86_400, false)] {
        let mut browser = Browser::new();
        let mut core = Native::at(began, 0);
        let mut site = Site::new(&mut core);
        site.accounts.users.push(User { id: 1, email: "alice@example.com".to_owned(), ..User::default() });
        site.sign_in(&mut browser).assert_asked();
        let accounts = site.accounts.clone();
        browser.cookies.values_mut().for_each(|cookie| cookie.expires = u64::MAX);

        let mut core = Native::at(began + late, 100);
        let mut site = Site::new(&mut core);
        site.accounts = accounts;
        site.log_in(&mut browser, 1);
        let outcome = site.connect(&mut browser, Some("connect"), "");

        if waits {
            assert_eq!(outcome.kind(), "identity_linked", "{}", outcome.0);
        } else {
            outcome.assert_refused(400, "connect_expired");
            assert!(site.accounts.identities.is_empty());
        }
        assert!(browser.cookies.is_empty(), "the connection is over");
    }
}

/// Clocks of several nodes differ a little, not by an hour.
pub fn a_state_from_the_future_is_refused() {
    let began = Native::new().now();
    taking(began, began - 30).0.assert_signed_in();
    taking(began, began - 3600).0.assert_refused(400, "state_expired");
}

/// Metadata and keys are asked for once an hour.
pub fn what_is_remembered_ages() {
    let (mut cache, mut asked) = (std::collections::BTreeMap::new(), Vec::new());
    for (draws, after) in [(0, 0), (100, 3599), (200, 3600), (300, 3700), (400, 7201)] {
        let mut core = Native::at(Native::new().clock + after, draws);
        let mut site = Site::new(&mut core);
        site.cache = cache;
        site.sign_in(&mut Browser::new()).assert_signed_in();
        asked.push((site.provider.count("/.well-known/openid-configuration"), site.provider.count("/jwks")));
        cache = site.cache;
    }
    assert_eq!(asked, [(1, 1), (0, 0), (1, 1), (0, 0), (1, 1)]);
}

/// Fault S11: a provider that stays silent is asked less and less often, and at once when it is back.
pub fn fault_s11_the_pauses_of_a_silent_provider_grow() {
    let (mut cache, mut asked, began) = (std::collections::BTreeMap::new(), Vec::new(), Native::new().clock);
    for after in (0..1200).step_by(10) {
        let mut core = Native::at(began + after, after);
        let mut site = Site::new(&mut core);
        site.cache = cache;
        site.provider.fault = Some(Fault::Outage(Endpoint::Metadata, Outage::Timeout));
        site.start(&mut Browser::new(), &Start::default());
        asked.extend((site.provider.received.len() == 1).then_some(after));
        cache = site.cache;
    }
    assert_eq!(asked, [0, 30, 90, 210, 450, 750, 1050]);

    let mut core = Native::at(began + 1350, 1350);
    let mut site = Site::new(&mut core);
    site.cache = cache;
    site.sign_in(&mut Browser::new()).assert_signed_in();
    assert!(!site.cache.contains_key("failure"));
}

/// While one visitor's request fetches the metadata again, the others go on with those of an hour ago.
pub fn stale_metadata_serve_while_fresh_ones_are_fetched() {
    let began = Native::new().clock;
    for (after, sign_ins) in [(3600, true), (7199, true), (7200, false)] {
        let mut core = Native::at(began, 0);
        let mut site = Site::new(&mut core);
        site.start(&mut Browser::new(), &Start::default()).url("the first start");
        let cache = site.cache;

        let mut core = Native::at(began + after, 100);
        let mut site = Site::new(&mut core);
        site.cache = cache;
        site.answers.insert("http_request", json!({"status": 0, "error": "busy"}));
        let outcome = site.start(&mut Browser::new(), &Start::default());

        assert_eq!(outcome.kind() == "redirect", sign_ins, "{after}: {}", outcome.0);
    }
}

/// Tokens for which there is no key cost a few requests a minute, not one each.
pub fn unknown_keys_are_not_looked_for_for_ever() {
    let mut core = Native::new();
    let mut site = Site::new(&mut core);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    site.provider.fault = Some(Fault::IdToken(IdTokenFault::KidUnknown));
    for _ in 0..40 {
        site.sign_in(&mut Browser::new()).assert_refused(502, "token_key_unknown");
    }
    let asked = site.provider.count("/jwks");
    assert!((2..=10).contains(&asked), "{asked} requests for keys");
    site.provider.fault = None;
    site.sign_in(&mut Browser::new()).assert_signed_in();
}

/// Clocks differ by a minute at most, in both directions. Beyond that, the visitor reads of no clock, and the log says by how
/// much: fault R17, it gave two large numbers.
pub fn fault_r17_the_log_says_by_how_much_the_clocks_differ() {
    let with = |ahead: i64| -> (Outcome, Vec<(String, String)>) {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        site.provider.clock_ahead = ahead;
        let outcome = site.sign_in(&mut Browser::new());
        assert_eq!(site.accounts.identities.len(), usize::from(outcome.user_id().is_some()), "{ahead}");
        (outcome, site.log)
    };
    for fine in [0, 59, 60, -60, -3600, -3659] {
        assert_eq!(with(fine).0.kind(), "signed_in", "{fine}: {}", with(fine).0.0);
    }
    for (ahead, code, detail) in [
        (61, "token_not_yet_valid", "iat is 61 s ahead of this server's clock"),
        (3600, "token_not_yet_valid", "iat is 3600 s ahead of this server's clock"),
        (-3660, "token_expired", "exp was 60 s ago, iat 3660 s ago, by this server's clock"),
        (-7200, "token_expired", "exp was 3600 s ago, iat 7200 s ago, by this server's clock"),
    ] {
        let (outcome, log) = with(ahead);
        outcome.assert_refused(502, code);
        assert_eq!(outcome.0["retry"], json!(true), "{ahead}");
        assert!(log.contains(&(code.to_owned(), detail.to_owned())), "{ahead}: {log:?}");
    }
}

/// Two web servers whose clocks differ: a sign-in that begins on one and ends on the other is refused, and the log of the
/// second names the difference. Fault R17: it said that the visitor had taken too long.
pub fn fault_r17_web_servers_whose_clocks_differ_are_named() {
    let began = Native::new().now();
    for (ended, detail) in [
        (began + 1100, "the sign-in began 1100 s ago, longer than ten minutes"),
        (began - 3600, "the sign-in began 3600 s ahead of this web server's clock: clocks differ"),
    ] {
        let (outcome, _, log) = taking_with_log(began, ended);
        outcome.assert_refused(400, "state_expired");
        assert!(log.contains(&("state_expired".to_owned(), detail.to_owned())), "{log:?}");
    }
}

/// The same request, time and entropy give the same reply: nothing else goes in.
pub fn a_reply_depends_on_nothing_else() {
    let mut core = Native::new();
    let mut site = Site::new(&mut core);
    site.know_dingtalk();
    let request = site.request("start", &json!({"provider": "dingtalk"})).to_string();
    let reply = |clock, draws| Native::at(clock, draws).call(request.as_bytes());
    let now = Native::new().clock;
    assert_eq!(reply(now, 0), reply(now, 0));
    assert_ne!(reply(now, 0), reply(now, 9));
}

/// The provider stands still for an hour, and nobody is signed out for that. Once it answers again, its word counts.
pub fn a_session_outlives_an_hour_without_its_provider() {
    let began = Native::new().now();
    let mut browser = Browser::new();
    let mut core = Native::at(began, 0);
    let mut site = Site::new(&mut core);
    site.settings["revalidate_minutes"] = json!("10");
    site.sign_in(&mut browser).assert_signed_in();
    let (mut accounts, mut provider) = (site.accounts, site.provider);
    for (draws, minutes, fault, suspended, ends) in [
        (100, 10, Some(Fault::Outage(Endpoint::Token, Outage::Timeout)), false, false),
        (200, 35, Some(Fault::Outage(Endpoint::Token, Outage::Timeout)), false, false),
        (300, 70, Some(Fault::Outage(Endpoint::Token, Outage::Timeout)), true, false),
        (400, 75, None, true, true),
    ] {
        let mut core = Native::at(began + minutes * 60, draws);
        let mut site = Site::new(&mut core);
        site.settings["revalidate_minutes"] = json!("10");
        (site.accounts, site.provider) = (accounts, provider);
        (site.provider.fault, site.provider.suspended) = (fault, suspended);

        let outcome = site.revalidate(&browser);

        assert_eq!(outcome.0["ended"].is_string(), ends, "after {minutes} minutes: {}", outcome.0);
        assert_eq!(site.knows(&browser), !ends);
        (accounts, provider) = (site.accounts, site.provider);
    }
}
