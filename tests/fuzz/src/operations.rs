//! Whole operations: what a browser, an administrator's form and PHP send.

use logto_sign_in_core::conversation::Conversation;
use logto_sign_in_core::environment::Environment;
use serde_json::{Value, json};
use simulator::provider::keys::{Algorithm, Key};
use simulator::site::Start;
use simulator::{Browser, Native, Site};
use std::collections::BTreeMap;

/// A sign-in that has come back from the provider, and what the provider and its clients send afterwards.
struct Recorded {
    /// A site that knows nothing of its provider: a request without operation and input.
    site: Value,
    /// The same site after the sign-in, with the provider's metadata and keys at hand.
    signed_in: Value,
    /// The request that finishes the sign-in.
    request: String,
    cookies: BTreeMap<String, String>,
    query: String,
    /// The answers to its effects, one on each line.
    answers: String,
    /// A logout token for the visitor.
    logout_token: String,
    /// The header field `Authorization` with an access token for the visitor.
    authorization: String,
    environment: Environment,
}

thread_local! {
    static RECORDED: Recorded = Recorded::record();
}

/// What nobody may read in a reply.
const SECRETS: [&str; 2] = ["app secret: 100% & more", "wordpress salt: 0123456789"];

/// The identifier of the site's REST API.
const API: &str = "https://wordpress.example/wp-json";

impl Recorded {
    fn record() -> Self {
        let mut core = Native::new();
        let environment = Environment { now: core.clock, entropy: Native::entropy(7) };
        let mut site = Site::new(&mut core);
        // The fastest algorithm.
        site.provider.keys = vec![Key::new(Algorithm::EdDsa, 0)];
        site.settings["api_resource"] = json!(API);
        site.settings["api_scopes"] = json!("read = read\nwrite = read, edit_posts");
        let without_cache = site.request("", &Value::Null);
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
        let claims = site.provider.logout_claims(now);
        let logout_token = site.provider.sign_logout(&claims);
        assert_eq!(site.backchannel_logout(&logout_token).kind(), "logged_out", "the recorded token logs out");
        let access_token = site.provider.access_token(API, "read", &json!({}), now);
        assert_eq!(site.authenticate(&access_token).kind(), "access_granted", "the recorded token opens the API");
        Self {
            site: without_cache,
            signed_in: site.request("", &Value::Null),
            request,
            cookies,
            query,
            answers: answers.join("\n"),
            logout_token,
            authorization: format!("Bearer {access_token}"),
            environment,
        }
    }
}

fn environment() -> Environment {
    RECORDED.with(|recorded| recorded.environment.clone())
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
    RECORDED.with(|recorded| with(&recorded.site, operation, input))
}

fn request_after_sign_in(operation: &str, input: &Value) -> Vec<u8> {
    RECORDED.with(|recorded| with(&recorded.signed_in, operation, input))
}

fn with(site: &Value, operation: &str, input: &Value) -> Vec<u8> {
    let mut request = site.clone();
    request["operation"] = json!(operation);
    request["input"] = input.clone();
    request.to_string().into_bytes()
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
    let recorded = RECORDED.with(|recorded| recorded.query.clone().into_bytes());
    vec![recorded, b"error=access_denied&error_description=no&state=s&iss=https%3A%2F%2Ftenant.example%2Foidc".to_vec()]
}

/// A cookie that is not the attempt's own finishes no attempt.
pub fn cookies(data: &[u8]) {
    RECORDED.with(|recorded| {
        let value = String::from_utf8_lossy(data).into_owned();
        let own = recorded.cookies.values().any(|own| *own == value);
        let tampered: BTreeMap<&String, &String> = recorded.cookies.keys().map(|name| (name, &value)).collect();
        let (conversation, reply) = begun(&request("callback", &json!({"query": recorded.query, "cookies": tampered})));
        assert_eq!(conversation.is_open(), own, "{reply}");
    });
}

pub fn cookies_seeds() -> Vec<Vec<u8>> {
    RECORDED.with(|recorded| recorded.cookies.values().map(|value| value.clone().into_bytes()).collect())
}

/// No single line signs anybody in or out, or opens the REST API.
pub fn begin(data: &[u8]) {
    let (_, reply) = begun(data);
    for outcome in ["signed_in", "logged_out", "access_granted"] {
        assert_ne!(reply["outcome"]["type"], outcome, "{reply}");
    }
}

pub fn begin_seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![RECORDED.with(|recorded| recorded.request.clone().into_bytes())];
    for (operation, input) in [
        ("start", json!({"redirect_to": "/a", "provider": "logto", "first_screen": "register"})),
        ("connect", json!({"choice": "mail", "code": "", "user_id": 1, "cookies": {}})),
        ("sign_out", json!({"redirect_to": "/"})),
        ("signed_out", json!({"query": "state=s", "cookies": {}})),
        ("check_connection", json!({})),
        ("backchannel_logout", json!({"logout_token": "a.b.c"})),
        ("frontchannel_logout", json!({"iss": "https://tenant.example/oidc", "sid": "s"})),
        ("authenticate", json!({"authorization": "Bearer a.b.c", "has_parameter": false})),
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
    RECORDED.with(|recorded| {
        let (mut conversation, _) = begun(recorded.request.as_bytes());
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
    RECORDED.with(|recorded| vec![recorded.answers.clone().into_bytes()])
}

/// Whoever posts a logout token ends a session only with the provider's own: what was signed is the same.
pub fn backchannel_logout(data: &[u8]) {
    let token = String::from_utf8_lossy(data);
    let (conversation, reply) = begun(&request_after_sign_in("backchannel_logout", &json!({"logout_token": token})));
    let own = RECORDED.with(|recorded| token == recorded.logout_token);
    assert_eq!(conversation.is_open(), own, "{reply}");
}

pub fn backchannel_logout_seeds() -> Vec<Vec<u8>> {
    RECORDED.with(|recorded| vec![recorded.logout_token.clone().into_bytes(), b"eyJhbGciOiJub25lIn0.e30.".to_vec()])
}

/// Whoever calls the REST API is somebody only with the provider's own token, and a refusal says how to send one.
pub fn authorization(data: &[u8]) {
    let header = String::from_utf8_lossy(data);
    let input = json!({"authorization": header, "has_parameter": false});
    let (conversation, reply) = begun(&request_after_sign_in("authenticate", &input));
    let token = |header: &str| header.split_whitespace().next_back().map(str::to_owned);
    let own = RECORDED.with(|recorded| token(&header) == token(&recorded.authorization));
    assert!(own || !conversation.is_open(), "{reply}");
    let outcome = &reply["outcome"];
    if outcome["type"] == "refused" {
        assert!(outcome["challenge"].as_str().is_some_and(|text| text.starts_with("Bearer realm=")), "{reply}");
    }
}

pub fn authorization_seeds() -> Vec<Vec<u8>> {
    RECORDED.with(|recorded| vec![recorded.authorization.clone().into_bytes(), b"Basic dXNlcjpwYXNz".to_vec()])
}
