//! Beginning a sign-in: what the visitor asked for, where they came from, what their browser brings.

use crate::core::Core;
use crate::message::Parameters;
use crate::site::{Site, Start, browser::Browser, browser::Cookie};
use serde_json::json;
use std::collections::BTreeSet;

/// `redirect_to` goes through everything, refusals too.
pub fn the_visitor_ends_up_where_they_wanted_to_be(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let wanted = "https://wordpress.example/商店/?a=b&c=d%26e#part";
    let start = Start { redirect_to: wanted, ..Start::default() };
    let url = site.start(&mut browser, &start).url("start");
    assert!(!url.contains("%E5%95%86"), "the provider learns where the visitor wants to be: {url}");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    let refused = site.callback(&mut browser.clone(), &format!("{back}&error=access_denied"));
    assert_eq!(refused.text("redirect_to"), wanted);
    assert_eq!(site.callback(&mut browser, &back).text("redirect_to"), wanted);
    let long = Start { redirect_to: &format!("https://wordpress.example/{}", "x".repeat(100_000)), ..Start::default() };
    let url = site.start(&mut browser, &long).url("a long redirect_to");
    let back = site.provider.consent(&url, now);
    site.callback(&mut browser, &back).assert_signed_in();
}

/// Fault C12: one state in a hundred and one cookie in five held `--`, which rule 942440 of the OWASP Core Rule Set takes
/// for SQL.
pub fn fault_c12_no_value_of_an_attempt_holds_a_double_hyphen(core: &mut dyn Core) {
    let mut site = Site::new(core);
    for tab in 0..40 {
        let mut browser = Browser::new();
        let redirect_to = format!("https://wordpress.example/?tab={tab}&{}", "x".repeat(600));

        let url = site.start(&mut browser, &Start { redirect_to: &redirect_to, ..Start::default() }).url("start");

        let cookies = browser.cookies_for("/wp-login.php", site.now());
        assert!(!url.contains("--"), "{url}");
        assert!(!cookies.is_empty() && cookies.values().all(|value| !value.contains("--")), "{cookies:?}");
    }
}

fn asked<'c>(core: &'c mut dyn Core, change: impl FnOnce(&mut Site<'c>), start: &Start<'_>) -> Parameters {
    let mut site = Site::new(core);
    change(&mut site);
    let url = site.start(&mut Browser::new(), start).url("start");
    let now = site.now();
    site.provider.consent(&url, now);
    Parameters::of(&url)
}

/// Logto's own parameters.
pub fn first_screen_and_direct_sign_in_reach_the_provider(core: &mut dyn Core) {
    let start = Start { first_screen: "identifier:register", direct_sign_in: "social:dingtalk", ..Start::default() };
    let asked = asked(core, |_| (), &start);
    assert_eq!(asked.value("first_screen"), "identifier:register");
    assert_eq!(asked.value("direct_sign_in"), "social:dingtalk");
}

/// Anybody can write a link.
pub fn words_that_are_not_logtos_do_not_reach_the_provider(core: &mut dyn Core) {
    for junk in ["<script>", "a b", "x&prompt=none", "Social:x=y", "\u{0}", "名:前"] {
        let asked = asked(core, |_| (), &Start { first_screen: junk, direct_sign_in: junk, ..Start::default() });
        assert!(!asked.has("first_screen") && !asked.has("direct_sign_in") && !asked.has("prompt"), "{junk}");
    }
}

/// `ui_locales` is a language tag.
pub fn the_language_of_the_page_reaches_the_provider(core: &mut dyn Core) {
    for (locale, expected) in
        [("zh_CN", "zh-CN"), ("en_US", "en-US"), ("de_DE_formal", "de-DE-formal"), ("", ""), ("<x>", "")]
    {
        let asked = asked(core, |site| site.facts["locale"] = json!(locale), &Start::default());
        assert_eq!(asked.value("ui_locales"), expected, "{locale}");
    }
}

/// The admin's parameters.
pub fn extra_parameters_reach_the_provider(core: &mut dyn Core) {
    let lines = "prompt=consent\nui_locales=fr\nfirst_screen=register\ncustom=a&b=c d";
    let start = Start { first_screen: "sign_in", ..Start::default() };
    let asked = asked(core, |site| site.settings["extra_params"] = json!(lines), &start);
    for (name, value) in
        [("prompt", "consent"), ("ui_locales", "fr"), ("first_screen", "sign_in"), ("custom", "a"), ("b", "c d")]
    {
        assert_eq!(asked.value(name), value, "{name}");
    }
}

/// Not even when the option was written past the settings page.
pub fn extra_parameters_never_override_the_protocol(core: &mut dyn Core) {
    for name in [
        "state",
        "nonce",
        "redirect_uri",
        "client_id",
        "response_type",
        "scope",
        "code_challenge",
        "code_challenge_method",
        "response_mode",
        "request",
        "State",
    ] {
        let asked =
            asked(core, |site| site.settings["extra_params"] = json!(format!("{name}=evil")), &Start::default());
        assert!(asked.names().iter().all(|name| asked.value(name) != "evil"), "{name}");
        assert!(asked.repeated.is_empty());
    }
}

/// The cookie would not come back to another name.
pub fn another_name_of_the_site_leads_to_the_canonical_one(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    site.facts["host"] = json!("www.wordpress.example");
    let start = Start {
        redirect_to: "/shop/?a=b&c",
        first_screen: "register",
        direct_sign_in: "social:dingtalk",
        ..Start::default()
    };
    let outcome = site.start(&mut browser, &start);
    let url = outcome.url("another name");
    assert!(url.starts_with("https://wordpress.example/wp-login.php?action=logto&"), "{url}");
    let passed_on = Parameters::of(&url);
    assert_eq!(passed_on.value("redirect_to"), start.redirect_to);
    assert_eq!(passed_on.value("first_screen"), "register");
    assert_eq!(passed_on.value("direct_sign_in"), "social:dingtalk");
    assert_eq!(passed_on.value("canonical"), "1");
    assert!(browser.cookies.is_empty() && site.effects.is_empty(), "nothing is begun under another name");
}

/// A proxy that hides the host does not send the visitor in circles; upper case is no other name.
pub fn the_canonical_redirect_never_loops(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.facts["host"] = json!("internal:8080");
    let start = Start { canonical: true, ..Start::default() };
    assert!(site.start(&mut Browser::new(), &start).url("a proxy").starts_with(&site.provider.endpoint));
    for host in ["WordPress.Example", ""] {
        site.facts["host"] = json!(host);
        let url = site.start(&mut Browser::new(), &Start::default()).url(host);
        assert!(url.starts_with(&site.provider.endpoint), "{host}: {url}");
    }
}

/// Nothing is ever used twice.
pub fn every_attempt_has_values_of_its_own(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut seen = BTreeSet::new();
    for _ in 0..8 {
        let mut browser = Browser::new();
        let url = site.start(&mut browser, &Start::default()).url("start");
        let asked = Parameters::of(&url);
        let cookie = browser.cookies.values().next().expect("a cookie").value.clone();
        for value in [asked.value("state"), asked.value("nonce"), asked.value("code_challenge"), &cookie] {
            assert!(seen.insert(value.to_owned()), "used before: {value}");
        }
    }
    assert_eq!(seen.len(), 32);
}

/// Fault S9: cookies were bounded by number, so that a few long destinations filled the request header (400 for an hour).
pub fn fault_s9_cookies_stay_under_3_kib(core: &mut dyn Core) {
    for length in [10, 300, 690, 900, 20_000] {
        let mut site = Site::new(core);
        site.know_dingtalk();
        let mut browser = Browser::new();
        let redirect_to = format!("https://wordpress.example/{}", "x".repeat(length));
        let mut last = String::new();
        for provider in ["dingtalk", "logto"].iter().cycle().take(20) {
            let start = Start { redirect_to: &redirect_to, provider: Some(*provider), ..Start::default() };
            last = site.start(&mut browser, &start).url("start");
            let header: usize = browser.cookies.iter().map(|(name, cookie)| name.len() + cookie.value.len() + 3).sum();
            assert!(header <= 3 * 1024, "{header} bytes of cookies for a destination of {length}");
        }
        assert!(browser.cookies.len() >= 2, "two tabs with a destination of {length}");
        let now = site.now();
        let back = site.provider.consent(&last, now);
        site.callback(&mut browser, &back).assert_signed_in();
    }
}

/// Fault C4: another plugin moved the login page, so that sign-ins begin at one path and end at another.
pub fn fault_c4_cookies_reach_a_login_page_that_was_moved(core: &mut dyn Core) {
    let moved = "https://wordpress.example/secret/?action=logto_callback";
    let mut site = Site::new(core);
    site.facts["redirect_uri"] = json!(moved);
    site.provider.redirect_uris = vec![moved.to_owned()];
    let mut browser = Browser::new();
    let start = Start { redirect_to: "https://wordpress.example/members/", ..Start::default() };
    let mut last = String::new();

    for _ in 0..20 {
        last = site.start(&mut browser, &start).url("start");
    }

    let live = browser.cookies_for("/secret/", site.now());
    assert!(!live.is_empty() && live.len() <= 6, "the start does not see the cookies that it bounds: {}", live.len());
    let back = site.provider.consent(&last, site.now());
    assert!(back.starts_with(moved), "{back}");
    site.callback(&mut browser, &back).assert_signed_in();
}

/// Cookies that were never ours, and a great many of them.
pub fn foreign_cookies_are_survived(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let expires = site.now() + 1000;
    for number in 0..60 {
        let name = format!("wordpress_logto_{number:016x}");
        let value = ["", "junk", "AAAA", "not/base64url=="][number % 4].to_owned();
        browser.cookies.insert(name, Cookie { value, path: "/".to_owned(), secure: true, expires });
    }
    browser.cookies.insert(
        "wordpress_logto_".to_owned(),
        Cookie { value: "x".repeat(4000), path: "/".to_owned(), secure: true, expires },
    );
    site.sign_in(&mut browser).assert_signed_in();
    for _ in 0..3 {
        site.sign_in(&mut browser).assert_signed_in();
    }
    let left = browser.cookies.keys().filter(|name| name.len() > 20).count();
    assert!(left == 0, "{left} of 60 dead cookies are still there");
}
