//! Sign-ins at DingTalk itself, and linking: each step's request by hand, as `WordPress` sends it.

use serde_json::{Value, json};
use simulator::Core as _;
use simulator::core::Native;
use std::collections::BTreeMap;
use url::Url;

const REDIRECT: &str = "https://wordpress.example/wp-login.php?action=logto_callback_dingtalk";

/// A site that knows DingTalk and a tenant, and one browser.
struct Story {
    core: Native,
    settings: Value,
    cookies: BTreeMap<String, String>,
    effects: Vec<Value>,
}

impl Story {
    fn new() -> Self {
        let settings = json!({
            "endpoint": "https://tenant.example", "app_id": "app", "app_secret": "tenant secret",
            "dingtalk_client_id": "ding-client", "dingtalk_client_secret": "ding secret",
        });
        Self { core: Native::new(), settings, cookies: BTreeMap::new(), effects: Vec::new() }
    }

    fn ask(&mut self, operation: &str, input: &Value) -> Value {
        let address = |action: &str| format!("https://wordpress.example/wp-login.php?action={action}");
        let request = json!({
            "operation": operation, "settings": self.settings, "input": input,
            "site": {
                "home": "https://wordpress.example/", "start_uri": address("logto"),
                "redirect_uri": address("logto_callback"), "dingtalk_redirect_uri": REDIRECT,
                "post_logout_redirect_uri": address("logto_signed_out"),
                "connect_uri": address("logto_connect"), "host": "wordpress.example",
                "salt": "wordpress salt: 0123456789 abcdefghijklmnopqrstuvwxyz",
            },
        });
        self.say(&request)
    }

    /// One line and its reply.
    fn say(&mut self, line: &Value) -> Value {
        let reply: Value = serde_json::from_slice(&self.core.call(line.to_string().as_bytes())).expect("JSON");
        for cookie in reply["outcome"]["cookies"].as_array().into_iter().flatten() {
            let text = |member: &str| cookie[member].as_str().expect("a text").to_owned();
            if cookie["max_age"] == 0 {
                self.cookies.remove(&text("name"));
            } else {
                self.cookies.insert(text("name"), text("value"));
            }
        }
        assert!(!reply.to_string().contains("ding secret") || reply["effect"]["type"] == "http_request", "{reply}");
        reply
    }

    /// Starts and gives the `state`.
    fn start(&mut self, provider: &str, link_to: Option<u64>) -> String {
        let input = json!({
            "provider": provider, "link_to": link_to, "redirect_to": "https://wordpress.example/page",
            "cookies": self.cookies,
        });
        let mut reply = self.ask("start", &input);
        if reply["effect"]["url"].as_str().is_some_and(|url| url.ends_with("openid-configuration")) {
            let metadata = json!({
                "issuer": "https://tenant.example/oidc", "authorization_endpoint": "https://tenant.example/oidc/auth",
                "token_endpoint": "https://tenant.example/oidc/token", "jwks_uri": "https://tenant.example/oidc/jwks",
                "code_challenge_methods_supported": ["S256"],
            });
            let answer = json!({"status": 200, "body": metadata.to_string()});
            reply = self.say(&json!({"answer": answer}));
        }
        let url = Url::parse(reply["outcome"]["url"].as_str().unwrap_or_else(|| panic!("{reply}"))).expect("a URL");
        url.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned()
    }

    /// Comes back with `query` and answers each effect: token, profile, and what the tables say.
    fn back(&mut self, query: &str, user_id: Option<u64>, token: &Value, profile: &Value, owner: Option<u64>) -> Value {
        let input = json!({"provider": "dingtalk", "query": query, "cookies": self.cookies, "user_id": user_id});
        let reply = self.ask("callback", &input);
        self.finish(reply, token, profile, owner)
    }

    /// Answers each effect from `reply` on.
    fn finish(&mut self, mut reply: Value, token: &Value, profile: &Value, owner: Option<u64>) -> Value {
        while let Some(kind) = reply["effect"]["type"].as_str() {
            let ok = |body: &Value| json!({"status": if body.get("code").is_some() { 400 } else { 200 }, "body": body.to_string()});
            let answer = match (kind, reply["effect"]["url"].as_str().unwrap_or_default()) {
                ("http_request", "https://api.dingtalk.com/v1.0/oauth2/userAccessToken") => ok(token),
                ("http_request", "https://api.dingtalk.com/v1.0/contact/users/me") => ok(profile),
                ("mark_state_used", _) => json!({"state_use": "first"}),
                ("find_account", _) => json!({"user_id": owner}),
                ("find_same_person", _) => json!({"user_id": null}),
                ("create_user", _) => json!({"user_id": 7}),
                ("link_identity", _) => json!({"linked": true}),
                other => panic!("an unexpected effect: {other:?}"),
            };
            self.effects.push(reply["effect"].clone());
            reply = self.say(&json!({"answer": answer}));
        }
        reply["outcome"].clone()
    }

    fn performed(&self, kind: &str) -> usize {
        self.effects.iter().filter(|effect| effect["type"] == kind).count()
    }
}

fn token() -> Value {
    json!({"accessToken": "ding-access", "expireIn": 7200})
}

fn profile() -> Value {
    json!({"nick": "李四", "unionId": "union-2", "openId": "open-2", "mobile": "13800000002", "stateCode": "86", "email": null})
}

#[test]
fn a_visitor_without_email_and_username_gets_a_stable_account() {
    let mut story = Story::new();
    let state = story.start("dingtalk", None);
    let outcome = story.back(&format!("authCode=c&state={state}"), None, &token(), &profile(), None);
    assert_eq!((&outcome["type"], &outcome["user_id"]), (&json!("signed_in"), &json!(7)), "{outcome}");
    assert_eq!(outcome["redirect_to"], "https://wordpress.example/page");
    let created = story.effects.iter().find(|effect| effect["type"] == "create_user").expect("a new user");
    assert_eq!(created["identity"]["issuer"], "https://login.dingtalk.com");
    assert_eq!(created["identity"]["subject"], "union-2");
    assert_eq!((&created["logins"][0], &created["logins"][1]), (&json!("李四"), &json!("Li Si")));
    assert_eq!(created["profile"]["phone"], "+8613800000002");
    assert!(created["email"].as_str().is_some_and(|email| email.ends_with(".invalid")), "{created}");
    assert!(story.cookies.is_empty(), "the attempt is over");

    let state = story.start("dingtalk", None);
    let outcome = story.back(&format!("code=c&state={state}"), None, &token(), &profile(), Some(7));
    assert_eq!(outcome["user_id"], 7);
    assert_eq!(story.performed("create_user"), 1, "the same account");
}

#[test]
fn the_request_says_what_dingtalk_wants() {
    let mut story = Story::new();
    story.settings["dingtalk_corp_ids"] = json!("ding1");
    let input = json!({"provider": "dingtalk"});
    let reply = story.ask("start", &input);
    let url = Url::parse(reply["outcome"]["url"].as_str().expect("a URL")).expect("a URL");
    assert_eq!((url.host_str(), url.path()), (Some("login.dingtalk.com"), "/oauth2/auth"));
    let pairs: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    for (name, value) in [
        ("client_id", "ding-client"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "openid corpid"),
        ("prompt", "consent"),
        ("org_type", "management"),
        ("corpId", "ding1"),
        ("exclusiveLogin", "true"),
        ("exclusiveCorpId", "ding1"),
    ] {
        assert_eq!(pairs.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[test]
fn the_organization_is_allowed_other_or_absent() {
    for (corp, allowed) in [(json!("ding2"), true), (json!("ding9"), false), (Value::Null, false)] {
        let mut story = Story::new();
        story.settings["dingtalk_corp_ids"] = json!("ding1\nding2");
        let state = story.start("dingtalk", None);
        let mut token = token();
        token["corpId"] = corp.clone();
        let outcome = story.back(&format!("authCode=c&state={state}"), None, &token, &profile(), None);
        if allowed {
            assert_eq!(outcome["type"], "signed_in", "{outcome}");
        } else {
            assert_eq!(outcome["code"], "dingtalk_organization", "{corp}: {outcome}");
            assert_eq!(story.performed("find_account") + story.performed("create_user"), 0, "no account is asked for");
        }
    }
}

#[test]
fn a_state_of_the_other_provider_is_nobodys() {
    let mut story = Story::new();
    let state = story.start("logto", None);
    let outcome = story.back(&format!("authCode=c&state={state}"), None, &token(), &profile(), None);
    assert_eq!(outcome["code"], "state_unknown", "{outcome}");

    let state = story.start("dingtalk", None);
    let input = json!({"query": format!("code=c&state={state}"), "cookies": story.cookies});
    assert_eq!(story.ask("callback", &input)["outcome"]["code"], "state_unknown");
    assert_eq!(story.effects, [] as [Value; 0]);
}

#[test]
fn callbacks_that_say_too_little_or_too_much_are_refused() {
    for (query, code) in [
        ("", "code_missing"),
        ("&authCode=a&code=b", "parameter_repeated"),
        ("&authCode=a&authCode=a", "parameter_repeated"),
        ("&error=access_denied", "access_denied"),
        ("&error=%3Cscript%3E", "authorization_error"),
    ] {
        let mut story = Story::new();
        let state = story.start("dingtalk", None);
        let outcome = story.back(&format!("state={state}{query}"), None, &token(), &profile(), None);
        assert_eq!(outcome["code"], code, "{query}: {outcome}");
        assert!(!outcome.to_string().contains("script"), "{outcome}");
        assert!(story.cookies.is_empty(), "the attempt is over");
    }
    let mut story = Story::new();
    let state = story.start("dingtalk", None);
    let outcome = story.back(&format!("authCode=a&code=a&state={state}"), None, &token(), &profile(), None);
    assert_eq!(outcome["type"], "signed_in", "both names of one code: {outcome}");
}

#[test]
fn what_dingtalk_answers_decides_and_no_account_is_touched() {
    let missing = json!({"code": "Forbidden.AccessDenied.AccessTokenPermissionDenied", "message": "m"});
    for (token, profile, code) in [
        (json!({"code": "invalidParameter.authCode.notFound"}), profile(), "code_rejected"),
        (json!({"code": "invalidClientIdOrSecret"}), profile(), "dingtalk_client_rejected"),
        (json!({"errcode": 88, "errmsg": "m"}), profile(), "dingtalk_permission_missing"),
        (json!({}), profile(), "dingtalk_error"),
        (token(), missing, "dingtalk_permission_missing"),
        (token(), json!({"nick": "x", "openId": "o"}), "dingtalk_subject"),
    ] {
        let mut story = Story::new();
        let state = story.start("dingtalk", None);
        let outcome = story.back(&format!("authCode=c&state={state}"), None, &token, &profile, None);
        assert_eq!(outcome["code"], code, "{outcome}");
        let kinds: Vec<_> = story.effects.iter().map(|effect| effect["type"].as_str().expect("a type")).collect();
        assert_eq!(kinds[0], "mark_state_used", "the state is used before the code leaves");
        assert!(kinds[1..].iter().all(|kind| *kind == "http_request"), "{code}: {kinds:?}");
    }
}

#[test]
fn one_more_way_in_is_for_the_user_who_asked() {
    let mut story = Story::new();
    let state = story.start("dingtalk", Some(3));
    let outcome = story.back(&format!("authCode=c&state={state}"), Some(3), &token(), &profile(), None);
    assert_eq!(outcome["url"], "https://wordpress.example/wp-login.php?action=logto_connect", "{outcome}");
    assert_eq!(story.performed("link_identity"), 0, "nothing before the user has seen whose it is");

    let input = json!({"choice": "connect", "user_id": 3, "cookies": story.cookies});
    let reply = story.ask("connect", &input);
    let outcome = story.finish(reply, &token(), &profile(), None);
    assert_eq!((&outcome["type"], &outcome["user_id"]), (&json!("identity_linked"), &json!(3)), "{outcome}");
    assert_eq!((story.performed("link_identity"), story.performed("create_user")), (1, 0));

    for (user, owner, code) in
        [(Some(4), None, "link_user_changed"), (None, None, "link_user_changed"), (Some(3), Some(9), "identity_taken")]
    {
        let mut story = Story::new();
        let state = story.start("dingtalk", Some(3));
        let outcome = story.back(&format!("authCode=c&state={state}"), user, &token(), &profile(), owner);
        assert_eq!(outcome["code"], code, "{outcome}");
        assert_eq!(story.performed("link_identity"), 0);
    }
}
