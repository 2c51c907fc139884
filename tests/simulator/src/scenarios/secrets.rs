//! Where secrets go, and how they come back: a provider names other hosts, and repeats what it was sent.

use crate::core::Core;
use crate::site::{Site, Start, browser::Browser};
use serde_json::json;

/// Fault S8: a secret was logged when an answer repeated the request, whole or cut by the length of an excerpt.
pub fn fault_s8_an_answer_that_repeats_the_request_is_not_logged(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let secret = site.provider.app_secret.clone();
    for padding in [0, 80, 100, 105] {
        let mut browser = Browser::new();
        let url = site.start(&mut browser, &Start::default()).url("start");
        let now = site.now();
        let back = site.provider.consent(&url, now);
        let description = format!("{}{secret}", ".".repeat(padding));
        let body = json!({"error": "invalid_client", "error_description": description}).to_string();
        site.answers.insert("http_request", json!({"status": 401, "content_type": "application/json", "body": body}));

        site.callback(&mut browser, &back).assert_refused(502, "client_rejected");

        site.answers.clear();
        let (_, detail) = site.log.last().expect("a line");
        assert!(detail.contains("[redacted]") && !detail.contains(&secret[..8]), "{padding}: {detail}");
    }
}

/// Fault S8: the same at DingTalk, with the code as well.
pub fn fault_s8_dingtalks_answer_that_repeats_the_request_is_not_logged(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.know_dingtalk();
    let (mut browser, secret) = (Browser::new(), site.dingtalk.client_secret.clone());
    let start = Start { provider: Some("dingtalk"), ..Start::default() };
    let url = site.start(&mut browser, &start).url("start");
    let state = crate::message::Parameters::of(&url).value("state").to_owned();
    let body =
        json!({"code": "invalidClientIdOrSecret", "message": format!("{secret} a-code-of-dingtalk")}).to_string();
    site.answers.insert("http_request", json!({"status": 400, "content_type": "application/json", "body": body}));

    let outcome = site.dingtalk_callback(&mut browser, &format!("authCode=a-code-of-dingtalk&state={state}"));

    outcome.assert_refused(502, "dingtalk_client_rejected");
    let (_, detail) = site.log.last().expect("a line");
    assert!(detail.contains("[redacted] [redacted]"), "{detail}");
}

/// Fault R7: the guard against the server's own network was lifted for every host that metadata named.
pub fn fault_r7_only_hosts_that_an_admin_named_are_trusted(core: &mut dyn Core) {
    for (named, expected) in [(json!([]), false), (json!(["keys.example"]), true), (json!(["keys.example:444"]), false)]
    {
        let mut site = Site::new(core);
        let issuer = site.provider.issuer();
        let metadata = json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"), "jwks_uri": "https://keys.example/jwks",
            "code_challenge_methods_supported": ["S256"],
        });
        let body = metadata.to_string();
        site.answers.insert("http_request", json!({"status": 200, "content_type": "application/json", "body": body}));
        site.facts["trusted_hosts"] = named;

        let outcome = site.operate("check_connection", &json!({}), &mut Browser::new());

        assert_eq!(outcome.0["checks"][1]["code"], "keys_unusable", "{}", outcome.0);
        let asked: Vec<_> =
            site.effects.iter().take(2).map(|effect| (&effect["url"], &effect["trusted_host"])).collect();
        let tenant = json!(format!("{issuer}/.well-known/openid-configuration"));
        let keys = json!("https://keys.example/jwks");
        assert_eq!(asked, [(&tenant, &json!(true)), (&keys, &json!(expected))]);
    }
}
