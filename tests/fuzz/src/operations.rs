//! Whole operations: what a browser, an administrator's form and PHP send.

use logto_sign_in_core::conversation::Conversation;
use logto_sign_in_core::environment::Environment;
use serde_json::{Value, json};
use simulator::core::Core;
use simulator::provider::keys::{Algorithm, Key};
use simulator::site::Start;
use simulator::{Browser, Native, Site};
use std::collections::BTreeMap;

/// A sign-in that has come back from the provider.
struct Callback {
    /// The request that finishes it.
    request: String,
    cookies: BTreeMap<String, String>,
    query: String,
    /// The answers to its effects, one on each line.
    answers: String,
}

thread_local! {
    static CALLBACK: Callback = Callback::record();
}

/// What nobody may read in a reply.
const SECRETS: [&str; 2] = ["app secret: 100% & more", "wordpress salt: 0123456789"];

impl Callback {
    fn record() -> Self {
        let mut core = Native::new();
        let mut site = site(&mut core);
        let mut browser = Browser::new();
        let url = site.start(&mut browser, &Start::default()).url("start");
        let now = site.now();
        let back = site.provider.consent(&url, now);
        let query = back.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
        let cookies = browser.cookies_for("/wp-login.php", now);
        let request = site.request("callback", &json!({"query": query, "cookies": cookies})).to_string();
        let mut answers = Vec::new();
        let mut reply = site.send(&request);
        while let Some(effect) = reply.get("effect") {
            let answer = site.perform(effect);
            answers.push(answer.to_string());
            reply = site.send(&json!({ "answer": answer }).to_string());
        }
        assert_eq!(reply["outcome"]["type"], "signed_in", "the recording signs in");
        Self { request, cookies, query, answers: answers.join("\n") }
    }
}

/// A site whose provider signs with the fastest algorithm.
fn site(core: &mut dyn Core) -> Site<'_> {
    let mut site = Site::new(core);
    site.provider.keys = vec![Key::new(Algorithm::EdDsa, 0)];
    site
}

fn environment() -> Environment {
    let core = Native::new();
    Environment { now: core.clock, entropy: Native::entropy(7) }
}

/// One line, its reply as JSON, and the conversation: a reply is an effect or an outcome, and tells no secret in its log.
fn begun(line: &[u8]) -> (Conversation, Value) {
    let (conversation, reply) = Conversation::begin(line, environment());
    (conversation, judged(&reply.to_json()))
}

fn judged(reply: &[u8]) -> Value {
    let reply: Value = serde_json::from_slice(reply).expect("a reply is JSON");
    assert_ne!(reply.get("effect").is_some(), reply.get("outcome").is_some(), "{reply}");
    let log = reply.get("log").map(Value::to_string).unwrap_or_default();
    assert!(SECRETS.iter().all(|secret| !log.contains(secret)), "a secret in the log: {log}");
    reply
}

fn request(operation: &str, input: &Value) -> Vec<u8> {
    let mut core = Native::new();
    site(&mut core).request(operation, input).to_string().into_bytes()
}

/// What is stored of a form does not change when it is submitted again.
pub fn settings(data: &[u8]) {
    let Ok(submitted) = serde_json::from_slice::<Value>(data) else { return };
    let checked = |submitted: &Value| {
        let input = json!({"submitted": submitted, "manager": "network"});
        begun(&request_with(&json!({}), "check_settings", &input)).1["outcome"]["values"].clone()
    };
    let values = checked(&submitted);
    if !values.is_null() {
        assert_eq!(checked(&values), values, "from {submitted}");
    }
}

fn request_with(settings: &Value, operation: &str, input: &Value) -> Vec<u8> {
    let site = json!({"home": "https://wordpress.example/", "roles": ["administrator", "editor", "subscriber"]});
    json!({"operation": operation, "settings": settings, "site": site, "input": input}).to_string().into_bytes()
}

pub fn settings_seeds() -> Vec<Vec<u8>> {
    let mut form = json!({
        "endpoint": "https://tenant.example/oidc", "app_id": "app", "app_secret": "secret", "scope": "profile  email",
        "extra_params": "a=b", "role_map": "role:admin editor", "email_domains": "example.org\nexample.com",
        "default_role": "editor", "landing_page": "/welcome", "provision": "list", "dingtalk_client_id": "d",
    });
    let plain = form.to_string().into_bytes();
    form["endpoint"] = json!(7);
    form["role_map"] = json!(["x", null]);
    vec![plain, form.to_string().into_bytes()]
}

/// The settings of the official Logto plugin, as its option has them.
pub fn settings_import(data: &[u8]) {
    if let Ok(theirs) = serde_json::from_slice::<Value>(data) {
        let (_, reply) = begun(&request_with(&json!({}), "import_settings", &json!({ "logto_plugin": theirs })));
        assert!(reply["outcome"].is_object(), "{reply}");
    }
}

pub fn settings_import_seeds() -> Vec<Vec<u8>> {
    let option = json!({
        "endpoint": "https://tenant.example/", "appId": "app", "appSecret": "secret", "scope": "profile,email",
        "extraParams": "a=b", "requireVerifiedEmail": true, "requireOrganizationId": "sales", "roleMapping": "admin:editor",
        "rememberSession": true, "syncProfile": true, "wpFormLogin": "query", "usernameStrategy": "username",
    });
    vec![option.to_string().into_bytes()]
}

/// A browser without an attempt signs nobody in, and nothing leaves the site.
pub fn callback_query(data: &[u8]) {
    let input = json!({"query": String::from_utf8_lossy(data)});
    let (_, reply) = begun(&request("callback", &input));
    assert_eq!(reply["outcome"]["type"], "refused", "{reply}");
}

pub fn callback_query_seeds() -> Vec<Vec<u8>> {
    let recorded = CALLBACK.with(|callback| callback.query.clone().into_bytes());
    vec![recorded, b"error=access_denied&error_description=no&state=s&iss=https%3A%2F%2Ftenant.example%2Foidc".to_vec()]
}

/// A cookie that is not the attempt's own finishes no attempt.
pub fn cookies(data: &[u8]) {
    CALLBACK.with(|callback| {
        let value = String::from_utf8_lossy(data).into_owned();
        let own = callback.cookies.values().any(|own| *own == value);
        let tampered: BTreeMap<&String, &String> = callback.cookies.keys().map(|name| (name, &value)).collect();
        let (conversation, reply) = begun(&request("callback", &json!({"query": callback.query, "cookies": tampered})));
        assert_eq!(conversation.is_open(), own, "{reply}");
    });
}

pub fn cookies_seeds() -> Vec<Vec<u8>> {
    CALLBACK.with(|callback| callback.cookies.values().map(|value| value.clone().into_bytes()).collect())
}

/// No single line signs anybody in.
pub fn begin(data: &[u8]) {
    let (_, reply) = begun(data);
    assert_ne!(reply["outcome"]["type"], "signed_in", "{reply}");
}

pub fn begin_seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![CALLBACK.with(|callback| callback.request.clone().into_bytes())];
    for (operation, input) in [
        ("start", json!({"redirect_to": "/a", "provider": "logto", "first_screen": "register"})),
        ("connect", json!({"choice": "mail", "code": "", "user_id": 1, "cookies": {}})),
        ("sign_out", json!({"redirect_to": "/"})),
        ("signed_out", json!({"query": "state=s", "cookies": {}})),
        ("check_connection", json!({})),
        ("unlink", json!({"identities": 1, "has_password": true})),
        ("preview", json!({"claims": {"sub": "s", "name": "李四", "email": "li@example.org"}})),
        ("classify_links", json!({"rows": [{"subject": "s", "user_id": 1}]})),
        ("about", json!({})),
    ] {
        seeds.push(request(operation, &input));
    }
    seeds
}

/// Whatever PHP answers, only an account that it named is signed in.
pub fn answer(data: &[u8]) {
    CALLBACK.with(|callback| {
        let (mut conversation, _) = begun(callback.request.as_bytes());
        for line in data.split(|byte| *byte == b'\n') {
            if !conversation.is_open() {
                return;
            }
            let line = [br#"{"answer":"#, line, b"}"].concat();
            let reply = judged(&conversation.answer(&line, environment()).to_json());
            let user = reply["outcome"]["user_id"].to_string();
            if reply["outcome"]["type"] == "signed_in" {
                assert!(String::from_utf8_lossy(data).contains(&user), "{reply}");
            }
        }
    });
}

pub fn answer_seeds() -> Vec<Vec<u8>> {
    CALLBACK.with(|callback| vec![callback.answers.clone().into_bytes()])
}
