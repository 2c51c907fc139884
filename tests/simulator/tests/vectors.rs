//! One line and its reply of every operation, effect and outcome, pinned in `tests/vectors/protocol`:
//! what PHP is tested against. A line is a `request` or an `answer`.
//!
//! After a wanted change: `LOGTO_SIGN_IN_WRITE_VECTORS=1 cargo test -p simulator --test vectors`.

use serde_json::{Value, json};
use simulator::core::Core;
use simulator::message::Parameters;
use simulator::provider::fault::{Fault, ResponseFault};
use simulator::site::{Start, accounts::User};
use simulator::{Browser, Native, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[path = "vectors/visitors.rs"]
mod visitors;

/// A core that remembers what was said.
struct Recorder {
    core: Native,
    exchanges: Vec<Value>,
}

impl Core for Recorder {
    fn call(&mut self, line: &[u8]) -> Vec<u8> {
        let reply = self.core.call(line);
        let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("JSON");
        let line = read(line);
        self.exchanges.push(match line.get("answer") {
            Some(answer) => json!({"answer": answer, "reply": read(&reply)}),
            None => json!({"request": line, "reply": read(&reply)}),
        });
        reply
    }

    fn now(&self) -> u64 {
        self.core.now()
    }
}

/// Names the exchanges of one story.
fn record(vectors: &mut BTreeMap<&'static str, Value>, names: &[&'static str], story: impl FnOnce(&mut Site<'_>)) {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    story(&mut Site::new(&mut core));
    assert_eq!(core.exchanges.len(), names.len(), "{names:?}");
    for (name, exchange) in names.iter().zip(core.exchanges) {
        assert!(vectors.insert(name, exchange).is_none(), "{name} stands twice");
    }
}

fn vectors() -> BTreeMap<&'static str, Value> {
    let mut all = BTreeMap::new();
    let first = [
        "start_request_metadata",
        "start_redirect",
        "callback_mark_state_used",
        "callback_request_tokens",
        "callback_request_keys",
        "callback_request_userinfo",
        "callback_find_account",
        "callback_find_email_match",
        "callback_create_user",
        "callback_signed_in_new_user",
    ];
    record(&mut all, &first, |site| {
        site.settings["always_userinfo"] = json!(true);
        let mut browser = Browser::new();
        let start =
            Start { redirect_to: "https://wordpress.example/shop/", first_screen: "register", ..Start::default() };
        let url = site.start(&mut browser, &start).url("start");
        let now = site.now();
        let back = site.provider.consent(&url, now);
        site.callback(&mut browser, &back).assert_signed_in();
    });
    record(&mut all, &["start_canonical_redirect"], |site| {
        site.facts["host"] = json!("www.wordpress.example");
        site.start(&mut Browser::new(), &Start { redirect_to: "/shop/", ..Start::default() }).url("canonical");
    });
    record(&mut all, &["sign_out_request_metadata", "sign_out_redirect", "signed_out_redirect"], |site| {
        let mut browser = Browser::new();
        let input = json!({
            "provider": "logto", "redirect_to": "https://wordpress.example/bye/",
            "signed_out_page": "https://wordpress.example/wp-login.php?loggedout=true",
            "private": ["https://wordpress.example/wp-admin/", "https://wordpress.example/wp-login.php"],
        });
        let url = site.sign_out_with(&mut browser, &input).url("sign-out");
        let now = site.now();
        let back = site.provider.consent(&url, now);
        site.signed_out(&mut browser, &back).url("the return");
    });
    record(
        &mut all,
        &[
            "check_connection_request_metadata",
            "check_connection_request_keys",
            "check_connection_request_tokens",
            "check_connection_request_authorization",
            "check_connection_request_end_session",
            "check_connection_request_dingtalk",
            "check_connection_checked",
        ],
        |site| {
            site.know_dingtalk();
            site.operate("check_connection", &json!({}), &mut Browser::new());
        },
    );
    settings(&mut all);
    record(&mut all, &["about"], |site| {
        site.operate("about", &json!({}), &mut Browser::new());
    });
    record(&mut all, &["callback_refused_unknown_state"], |site| {
        site.callback(&mut Browser::new(), "action=logto_callback&code=x&state=y").assert_refused(400, "state_unknown");
    });
    record(&mut all, &["denied_silent_start", "start_provider_timeout", "start_provider_paused"], |site| {
        site.answers.insert("http_request", json!({"status": 0, "content_type": "", "body": "", "error": "timeout"}));
        site.start(&mut Browser::new(), &Start::default()).assert_refused(504, "provider_timeout");
        site.start(&mut Browser::new(), &Start::default()).assert_refused(502, "provider_unreachable");
    });
    record(&mut all, &["start_not_configured"], |site| {
        site.settings = json!(false);
        site.start(&mut Browser::new(), &Start::default()).assert_refused(503, "not_configured");
    });
    record(&mut all, &["start_another_account_redirect"], |site| {
        site.facts["host"] = json!("www.wordpress.example");
        let start = Start { another_account: true, ..Start::default() };
        site.start(&mut Browser::new(), &start).url("the site's own host");
    });
    let denied = ["denied_start_request_metadata", "denied_start_redirect", "callback_refused_access_denied"];
    record(&mut all, &denied, |site| {
        site.provider.fault = Some(Fault::Response(ResponseFault::AccessDenied));
        site.sign_in(&mut Browser::new()).assert_refused(403, "access_denied");
    });
    inside_the_app(&mut all);
    all.retain(|name, _| !name.starts_with("denied_") && !name.starts_with("app_"));
    linking(&mut all);
    all.insert("callback_signed_in_known_user", known_user());
    all.extend(visitors::exchanges());
    connecting(&mut all);
    all.insert("callback_revoke_access", revoked_access());
    all.insert("callback_refused_another_account", another_account());
    all.insert("callback_find_same_person", visitors::same_person());
    all.insert("callback_sign_in_tested", tested());
    all
}

/// A sign-in inside the DingTalk app.
fn inside_the_app(all: &mut BTreeMap<&'static str, Value>) {
    let app = [
        "start_dingtalk_app_page",
        "app_mark_state_used",
        "callback_app_request_token",
        "callback_app_request_user",
        "app_find_account",
        "app_find_same_person",
        "app_create_user",
        "app_signed_in",
    ];
    record(all, &app, |site| {
        site.know_dingtalk();
        let mut browser = Browser::new();
        let start = Start {
            redirect_to: "https://wordpress.example/shop/",
            user_agent: "Mozilla/5.0 (Linux; Android 14) AliApp(DingTalk/7.6.0)",
            ..Start::default()
        };
        let page = site.start(&mut browser, &start);
        let code = site.dingtalk.code_for_app(page.text("corp_id"), page.text("client_id"));
        let form = format!("code={}&state={}", code.replace('+', "%2B").replace('&', "%26"), page.text("state"));
        site.dingtalk_app_callback(&mut browser, &form).assert_signed_in();
    });
}

/// What users do on their profile page.
fn linking(all: &mut BTreeMap<&'static str, Value>) {
    record(all, &["unlink"], |site| {
        let input = json!({"identities": 1, "has_password": false});
        site.operate("unlink", &input, &mut Browser::new());
    });
    let names = [
        "linking_start",
        "linking_mark_state_used",
        "linking_request_token",
        "linking_request_profile",
        "linking_find_account",
        "callback_connect",
        "connect_page",
        "connect_find_account",
        "connect_link_identity",
        "connect_identity_linked",
    ];
    record(all, &names, |site| {
        site.know_dingtalk();
        let mut browser = Browser::new();
        let input = json!({"provider": "dingtalk", "link_to": 7, "redirect_to": "https://wordpress.example/wp-admin/profile.php"});
        let start = site.operate("start", &input, &mut browser);
        let state = Parameters::of(&start.url("start")).value("state").to_owned();
        let code = site.dingtalk.code_for_browser();
        let cookies = browser.cookies_for("/wp-login.php", site.now());
        let query =
            format!("authCode={}&state={state}", code.replace('+', "%2B").replace('&', "%26").replace('=', "%3D"));
        let input = json!({"provider": "dingtalk", "user_id": 7, "query": query, "cookies": cookies});
        site.operate("callback", &input, &mut browser).assert_asked();
        browser.session = Some(7);
        site.accounts.users.push(User { id: 7, ..User::default() });
        site.connect(&mut browser, None, "");
        let outcome = site.connect(&mut browser, Some("connect"), "");
        assert_eq!(outcome.kind(), "identity_linked", "{}", outcome.0);
    });
    all.retain(|name, _| !name.starts_with("linking_") && *name != "connect_find_account");
}

/// What a visitor does whose email address an account has.
fn connecting(all: &mut BTreeMap<&'static str, Value>) {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.settings["link_by_email"] = json!(true);
    let email = "alice@example.com".to_owned();
    site.accounts.users.push(User { id: 7, email, ..User::default() });
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_asked();
    site.connect(&mut browser, Some("mail"), "");
    let is_it = |exchange: &Value| exchange["reply"]["effect"]["type"] == "send_connect_mail";
    let mailed = core.exchanges.into_iter().find(is_it).expect("an exchange");
    all.insert("connect_send_connect_mail", mailed);
}

/// What admins do: settings, the preview, and the import from Logto's own plugin.
fn settings(all: &mut BTreeMap<&'static str, Value>) {
    record(all, &["check_settings_fine"], |site| {
        let submitted = site.settings.clone();
        site.operate("check_settings", &json!({"submitted": submitted, "manager": "network"}), &mut Browser::new());
    });
    record(all, &["check_settings_problems"], |site| {
        let submitted = json!({"endpoint": "http://tenant.example", "app_id": "", "extra_params": "state=x"});
        site.operate("check_settings", &json!({"submitted": submitted, "manager": "network"}), &mut Browser::new());
    });
    record(all, &["check_settings_on_a_network"], |site| {
        let submitted = json!({"endpoint": "https://own.example", "link_by_email": "1", "default_role": "editor"});
        site.operate("check_settings", &json!({"submitted": submitted, "manager": "site"}), &mut Browser::new());
    });
    record(all, &["preview"], |site| {
        let claims = json!({"name": "李四", "email": null, "roles": ["staff"]});
        site.settings["role_map"] = json!("staff = editor");
        site.operate("preview", &json!({"claims": claims}), &mut Browser::new());
    });
    record(all, &["import_settings"], |site| {
        let logto_plugin = json!({
            "endpoint": "https://tenant.example/", "appId": "app", "appSecret": "secret", "extraParams": "a=1&b=2",
            "roleMapping": [["Editors"]], "wpFormLogin": "disabled",
        });
        let input = json!({"logto_plugin": logto_plugin, "other_endpoints": ["https://tenant.example", null]});
        site.operate("import_settings", &input, &mut Browser::new());
    });
    record(all, &["classify_links"], |site| {
        let row = json!({
            "user_id": 7, "exists": true, "subject": "v7k2mq0xw9ab", "repeated": false, "has_other_subject": false,
            "privileged": false, "owner": null,
        });
        let facts = [("exists", json!(false)), ("subject", json!("")), ("owner", json!(7)), ("owner", json!(8))];
        let more = ["repeated", "has_other_subject", "privileged"].map(|fact| (fact, json!(true)));
        let mut rows = vec![row.clone()];
        for (fact, value) in facts.into_iter().chain(more) {
            let mut other = row.clone();
            other[fact] = value;
            rows.push(other);
        }
        site.operate("classify_links", &json!({"rows": rows, "include_privileged": false}), &mut Browser::new());
    });
}

/// The exchange in which the provider no longer vouches for a user.
fn revoked_access() -> Value {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    site.settings["required_organizations"] = json!("o1");
    site.sign_in(&mut Browser::new()).assert_refused(403, "organization_required");
    let is_it = |exchange: &Value| exchange["reply"]["effect"]["type"] == "revoke_access";
    core.exchanges.into_iter().find(is_it).expect("an exchange")
}

/// The last exchange of an administrator's test sign-in.
fn tested() -> Value {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    let mut browser = Browser { session: Some(7), ..Browser::new() };
    let input = json!({"provider": "logto", "test_by": 7, "redirect_to": "https://wordpress.example/wp-admin/"});
    let url = site.operate("start", &input, &mut browser).url("start");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    site.callback(&mut browser, &back);
    core.exchanges.pop().expect("an exchange")
}

/// The last exchange of a sign-in that only another account can have.
fn another_account() -> Value {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.settings["required_organizations"] = json!("o1");
    site.sign_in(&mut Browser::new()).assert_refused(403, "organization_required");
    core.exchanges.pop().expect("an exchange")
}

/// The last exchange of a second sign-in, which brings the profile up to date.
fn known_user() -> Value {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    site.settings["role_map"] = json!("staff = editor");
    site.provider.visitor.claims.insert("roles".to_owned(), json!(["staff"]));
    site.sign_in(&mut Browser::new()).assert_signed_in();
    core.exchanges.pop().expect("an exchange")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors/protocol")
}

#[test]
fn the_files_say_what_the_core_says() {
    let (folder, vectors) = (folder(), vectors());
    if std::env::var_os("LOGTO_SIGN_IN_WRITE_VECTORS").is_some() {
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, vector) in &vectors {
            let text = serde_json::to_string_pretty(vector).expect("JSON");
            std::fs::write(folder.join(format!("{name}.json")), text + "\n").expect("written");
        }
    }
    let files = std::fs::read_dir(&folder).expect("a folder");
    let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
    let names: BTreeSet<String> = names.filter(|name| name != "README.md").collect();
    assert_eq!(names, vectors.keys().map(|name| format!("{name}.json")).collect());
    for (name, vector) in &vectors {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("readable");
        let stored: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(&stored, vector, "{name}: the protocol changed; see the top of this file");
    }
}

#[test]
fn every_kind_of_message_is_among_them() {
    let vectors = vectors();
    let kinds = |pointer: &str| -> BTreeSet<String> {
        vectors.values().filter_map(|vector| vector.pointer(pointer)?.as_str().map(str::to_owned)).collect()
    };
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
    let operations = [
        "about",
        "callback",
        "check_connection",
        "check_settings",
        "connect",
        "preview",
        "import_settings",
        "classify_links",
        "sign_out",
        "signed_out",
        "start",
        "unlink",
    ];
    assert_eq!(kinds("/request/operation"), set(&operations));
    let effects = [
        "create_user",
        "find_account",
        "find_email_match",
        "find_same_person",
        "http_request",
        "link_identity",
        "mark_state_used",
        "send_connect_mail",
        "revoke_access",
    ];
    assert_eq!(kinds("/reply/effect/type"), set(&effects));
    let outcomes = [
        "about",
        "connect_page",
        "connection_checked",
        "dingtalk_app_page",
        "identity_linked",
        "link_verdicts",
        "preview",
        "redirect",
        "refused",
        "settings",
        "settings_import",
        "sign_in_tested",
        "signed_in",
        "unlink_decision",
    ];
    assert_eq!(kinds("/reply/outcome/type"), set(&outcomes));
}
