//! Altered, stolen and exchanged values.

use crate::core::Core;
use crate::message::Parameters;
use crate::site::{Site, Start, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

/// Drives a sign-in by hand and gives each step's effect and `resume` value.
fn steps(site: &mut Site<'_>) -> Vec<(Value, String)> {
    let mut browser = Browser::new();
    let url = site.start(&mut browser, &Start::default()).url("start");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    let (_, query) = back.split_once('?').expect("a query");
    let mut input = json!({"query": query, "cookies": browser.cookies_for("/wp-login.php", now)});
    let mut operation = "callback";
    let mut all = Vec::new();
    loop {
        let request = site.request(operation, &input).to_string();
        let reply = site.send(&request);
        let Some(resume) = reply["resume"].as_str() else {
            assert_eq!(reply["outcome"]["type"], "signed_in", "{reply}");
            return all;
        };
        all.push((reply["effect"].clone(), resume.to_owned()));
        let answer = site.perform(&reply["effect"]);
        (operation, input) = ("resume", json!({"resume": resume, "answer": answer}));
    }
}

fn resume(site: &mut Site<'_>, resume: &str, answer: &Value) -> Outcome {
    let request = site.request("resume", &json!({"resume": resume, "answer": answer})).to_string();
    let reply = site.send(&request);
    Outcome(reply.get("outcome").cloned().unwrap_or_else(|| json!({"type": "step"})))
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

/// Sealed for one purpose, useless for another.
pub fn a_resume_value_is_good_for_nothing_else(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let taken = steps(&mut site);
    let mut browser = Browser::new();
    let url = site.start(&mut browser, &Start::default()).url("start");
    let state = Parameters::of(&url).value("state").to_owned();
    let cookie = browser.cookies.values().next().expect("a cookie").value.clone();
    let name = browser.cookies.keys().next().expect("a cookie").clone();
    resume(&mut site, &cookie, &json!({"user_id": 1})).assert_refused(500, "resume_invalid");
    for (_, value) in taken {
        let mut tampered = browser.clone();
        tampered.cookies.get_mut(&name).expect("the cookie").value = value;
        site.callback(&mut tampered, &format!("code=x&state={state}")).assert_refused(400, "state_unknown");
    }
}

/// One character, or none.
pub fn an_altered_resume_value_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    for (effect, value) in steps(&mut site) {
        let answer = json!({"user_id": 1, "fresh": true});
        let middle = value.len() / 2;
        let other = if value.as_bytes()[middle] == b'A' { "B" } else { "A" };
        let flipped = format!("{}{other}{}", &value[..middle], &value[middle + 1..]);
        for altered in [flipped.as_str(), &value[..value.len() - 4], "", "AAAA", "not/base64url=="] {
            let outcome = resume(&mut site, altered, &answer);
            assert_eq!(outcome.refusal(), Some((500, "resume_invalid")), "{effect}: {}", outcome.0);
        }
    }
}

/// Another site's seal.
pub fn a_resume_value_of_another_site_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let taken = steps(&mut site);
    site.facts["salt"] = json!("the salt of another site: 0123456789 abcdefghijklmno");
    for (_, value) in taken {
        resume(&mut site, &value, &json!({"user_id": 1})).assert_refused(500, "resume_invalid");
    }
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
        json!({"fresh": false}),
        json!({"fresh": "true"}),
        json!({"user_id": "1"}),
        json!({"user_id": -1}),
        json!({"user_id": null, "error": "failed"}),
        json!({"status": 200, "body": "{}", "content_type": "application/json"}),
        json!({"status": 200, "body": "{\"sub\":\"admin\",\"id_token\":\"a.b.c\",\"access_token\":\"x\",\"token_type\":\"Bearer\"}"}),
        json!({"status": "200", "body": 7}),
    ];
    for (effect, value) in steps(&mut site) {
        for answer in &answers {
            let outcome = resume(&mut site, &value, answer);
            assert_ne!(outcome.kind(), "signed_in", "{effect} answered with {answer}");
        }
        if effect["type"] != "look_up" && effect["type"] != "create_user" {
            let outcome = resume(&mut site, &value, &json!({"user_id": 1}));
            assert_ne!(outcome.kind(), "signed_in", "{effect} answered with a user");
        }
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
    for operation in ["start", "callback", "sign_out", "signed_out", "resume", "check_settings", "check_connection"] {
        for input in
            [json!(7), json!("text"), json!([[]]), json!({"cookies": 7, "query": [], "resume": {}, "redirect_to": 1})]
        {
            let request = site.request(operation, &input).to_string();
            let reply = site.send(&request);
            assert_ne!(reply["outcome"]["type"], "signed_in", "{operation} {input}");
        }
    }
}
