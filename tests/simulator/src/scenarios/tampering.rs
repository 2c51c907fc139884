//! Altered, stolen and exchanged values.

use crate::core::Core;
use crate::site::{Site, Start, accounts::Accounts, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

/// Begins the callback of a sign-in, answers its first `step` effects truthfully, and gives the effect that comes next;
/// `None` when the sign-in is over by then.
fn effect_at(site: &mut Site<'_>, step: usize) -> Option<Value> {
    site.accounts = Accounts::default();
    site.cache.clear();
    // Ends the operation that is still open, if one is.
    site.send("{}");
    let mut browser = Browser::new();
    let url = site.start(&mut browser, &Start::default()).url("start");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    let (_, query) = back.split_once('?').expect("a query");
    let input = json!({"query": query, "cookies": browser.cookies_for("/wp-login.php", now)});
    let request = site.request("callback", &input).to_string();
    let mut reply = site.send(&request);
    for _ in 0..step {
        let answer = site.perform(&reply["effect"]);
        reply = site.send(&json!({ "answer": answer }).to_string());
    }
    reply.get("effect").cloned()
}

/// A character changed, left out or added; another length; nothing.
pub fn an_altered_cookie_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let url = site.start(&mut browser, &Start::default()).url("start");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    let (name, cookie) =
        browser.cookies.first_key_value().map(|(name, cookie)| (name.clone(), cookie.clone())).expect("a cookie");
    let length = cookie.value.len();
    let flip = |at: usize| {
        let other = if cookie.value.as_bytes()[at] == b'A' { "B" } else { "A" };
        format!("{}{other}{}", &cookie.value[..at], &cookie.value[at + 1..])
    };
    let mut values: Vec<String> = (0..length).step_by(7).map(flip).collect();
    values.extend((0..length).step_by(11).map(|end| cookie.value[..end].to_owned()));
    values.extend([String::new(), format!("{}A", cookie.value), format!("{}==", cookie.value), cookie.value.repeat(2)]);
    for value in values {
        let mut tampered = browser.clone();
        tampered.cookies.get_mut(&name).expect("the cookie").value.clone_from(&value);
        site.callback(&mut tampered, &back).assert_refused(400, "state_unknown");
    }
    // The cookie of another state under this one's name.
    let mut other = Browser::new();
    site.start(&mut other, &Start::default()).url("start");
    let stolen = other.cookies.first_key_value().map(|(_, cookie)| cookie.value.clone()).expect("a cookie");
    let mut tampered = browser.clone();
    tampered.cookies.get_mut(&name).expect("the cookie").value = stolen;
    site.callback(&mut tampered, &back).assert_refused(400, "state_unknown");
    assert!(site.accounts.users.is_empty());
    site.callback(&mut browser, &back).assert_signed_in();
}

/// CVE-2023-2982 was one key for every site.
pub fn a_cookie_of_another_site_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let url = site.start(&mut browser, &Start::default()).url("start");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    site.facts["salt"] = json!("the salt of another site: 0123456789 abcdefghijklmno");
    site.callback(&mut browser, &back).assert_refused(400, "state_unknown");
}

/// Fault R8: whoever could write to the cache chose the endpoint that visitors and the secret were sent to, and the keys.
pub fn fault_r8_a_poisoned_cache_is_fetched_anew(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    let (honest, asked) = (site.cache.clone(), site.provider.received.len());
    let evil = "https://evil.example/oidc";
    let metadata = json!({
        "issuer": "https://tenant.example/oidc", "fetched_at": site.now(), "authorization_endpoint": evil,
        "token_endpoint": evil, "jwks_uri": evil, "client_authentication": "basic", "response_issuer": true,
    });
    let flipped =
        |sealed: &str| format!("{}{}", &sealed[..sealed.len() - 1], if sealed.ends_with('A') { "B" } else { "A" });
    for (key, other) in [("discovery", "jwks"), ("jwks", "discovery")] {
        let (sealed, until) = honest[key].clone();
        let sealed = sealed.as_str().expect("a sealed value").to_owned();
        assert!(!sealed.contains("tenant"), "the cache is sealed: {sealed}");
        for poison in [metadata.clone(), json!(metadata.to_string()), json!(flipped(&sealed)), honest[other].0.clone()]
        {
            site.cache.clone_from(&honest);
            site.cache.insert(key.to_owned(), (poison.clone(), until));
            site.sign_in(&mut Browser::new()).assert_signed_in();
            assert_ne!(site.cache[key].0, poison, "{key} was fetched anew");
        }
    }
    assert!(site.provider.received.len() > asked);
    // Another site's cache, as with a shared object cache.
    site.cache = honest;
    site.facts["salt"] = json!("the salt of another site: 0123456789 abcdefghijklmno");
    let before = site.provider.count("/jwks");
    site.sign_in(&mut Browser::new()).assert_signed_in();
    assert_eq!(site.provider.count("/jwks"), before + 1);
}

/// Answers of the wrong kind or type, at every step.
pub fn a_wrong_answer_signs_nobody_in(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let answers = [
        json!(null),
        json!({}),
        json!([]),
        json!("text"),
        json!(true),
        json!({"state_use": "repeated"}),
        json!({"state_use": true}),
        json!({"user_id": "1"}),
        json!({"user_id": -1}),
        json!({"user_id": null, "error": "failed"}),
        json!({"status": 200, "body": "{}", "content_type": "application/json"}),
        json!({"status": 200, "body": "{\"sub\":\"admin\",\"id_token\":\"a.b.c\",\"access_token\":\"x\",\"token_type\":\"Bearer\"}"}),
        json!({"status": "200", "body": 7}),
    ];
    let mut step = 0;
    while let Some(effect) = effect_at(&mut site, step) {
        let takes_a_user = effect["type"] == "find_account" || effect["type"] == "create_user";
        let user = Some(json!({"user_id": 1})).filter(|_| !takes_a_user);
        for answer in answers.iter().chain(&user) {
            effect_at(&mut site, step).expect("the same effect");
            let reply = site.send(&json!({ "answer": answer }).to_string());
            assert_ne!(reply["outcome"]["type"], "signed_in", "{effect} answered with {answer}");
        }
        step += 1;
    }
    assert!(step > 5, "a sign-in has more effects than {step}");
}

/// An operation awaits its answer and nothing else; whatever else comes ends it, and signs nobody in.
pub fn a_line_that_is_no_answer_ends_the_operation(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let about = json!({"operation": "about"}).to_string();
    for line in [about.as_str(), "{", "null", "{}", "{\"answer\":{},\"operation\":\"about\"}", "{\"answer\":"] {
        let request = site.request("check_connection", &json!({})).to_string();
        assert_eq!(site.send(&request)["effect"]["type"], "http_request");

        let reply = site.send(line);

        assert_eq!(Outcome(reply["outcome"].clone()).refusal(), Some((500, "protocol_error")), "{line}: {reply}");
        assert_eq!(site.send(&about)["outcome"]["type"], "about", "the next line is a new request");
    }
}

/// There is nothing that it could be an answer to.
pub fn an_answer_without_an_operation_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    for answer in [json!({}), json!({"user_id": 1}), json!({"state_use": "first"})] {
        let reply = site.send(&json!({ "answer": answer }).to_string());
        assert_eq!(Outcome(reply["outcome"].clone()).refusal(), Some((500, "protocol_error")), "{reply}");
    }
}

/// Whatever arrives, a reply of the right shape goes out.
pub fn what_is_no_request_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let deep = format!("{}{}", "[".repeat(2000), "]".repeat(2000));
    let requests: [&str; 13] = [
        "{",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{}",
        "{\"operation\":\"unknown\"}",
        "{\"operation\":7}",
        "{\"operation\":\"start\",\"site\":7}",
        "{\"operation\":\"start\",\"site\":{\"salt\":7}}",
        "{\"operation\":\"callback\",\"operation\":\"about\"}",
        "{\"operation\":\"about\"} trailing",
        &deep,
    ];
    for request in requests {
        let reply = site.send(request);
        let outcome = Outcome(reply["outcome"].clone());
        assert_eq!(outcome.refusal(), Some((500, "protocol_error")), "{request:.60}: {reply}");
    }
    for operation in ["start", "callback", "sign_out", "signed_out", "check_settings", "check_connection"] {
        for input in [json!(7), json!("text"), json!([[]]), json!({"cookies": 7, "query": [], "redirect_to": 1})] {
            let request = site.request(operation, &input).to_string();
            let reply = site.send(&request);
            assert_ne!(reply["outcome"]["type"], "signed_in", "{operation} {input}");
        }
    }
}
