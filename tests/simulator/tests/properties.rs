//! Whatever arrives, a reply of the documented shape goes out, and nobody is signed in by accident.

use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::{Map, Value, json};
use simulator::core::Core as _;
use simulator::message::Parameters;
use simulator::site::Start;
use simulator::{Browser, Native, Site};
use std::collections::{BTreeMap, BTreeSet};

/// Words of the protocol, so that random objects get somewhere.
const WORDS: &[&str] = &[
    "operation",
    "settings",
    "site",
    "cache",
    "input",
    "start",
    "callback",
    "sign_out",
    "signed_out",
    "check_settings",
    "check_connection",
    "preview",
    "import_settings",
    "classify_links",
    "logto_plugin",
    "other_endpoints",
    "appSecret",
    "rows",
    "about",
    "endpoint",
    "app_id",
    "app_secret",
    "scope",
    "extra_params",
    "home",
    "start_uri",
    "redirect_uri",
    "post_logout_redirect_uri",
    "host",
    "locale",
    "salt",
    "discovery",
    "jwks",
    "query",
    "cookies",
    "redirect_to",
    "canonical",
    "submitted",
    "claims",
    "role_map",
    "granted_roles",
    "roles_of_others",
    "roles",
    "answer",
    "provider",
    "dingtalk",
    "dingtalk_app",
    "user_agent",
    "DingTalk",
    "link_to",
    "dingtalk_client_id",
    "dingtalk_client_secret",
    "dingtalk_app_corp_id",
    "dingtalk_app_uri",
    "connect_uri",
    "status",
    "body",
    "error",
    "user_id",
    "fresh",
    "https://tenant.example",
    "0123456789 0123456789 0123456789 0123456789",
];

/// Subjects of links, among them one that is none.
const SUBJECTS: &[&str] = &["first", "First", "second", "third", ""];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => string_regex("\\PC{0,12}").expect("an expression"),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(word(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, &format!("{at}/{}", escaped(name)), all));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), all));
        }
        _ => {}
    }
}

/// What a visitor inside the `DingTalk` app asks for.
const INSIDE: Start<'_> = Start {
    redirect_to: "/page",
    first_screen: "",
    direct_sign_in: "",
    provider: None,
    user_agent: "AliApp(DingTalk/7.6.0)",
    dingtalk_app: None,
    canonical: false,
    another_account: false,
    silent: false,
    iss: "",
    login_hint: "",
};

/// Every request of a whole sign-in, a sign-in inside the `DingTalk` app, a sign-out and the settings page.
fn requests() -> Vec<Value> {
    struct Listening(Native, Vec<Value>);
    impl simulator::Core for Listening {
        fn call(&mut self, request: &[u8]) -> Vec<u8> {
            self.1.extend(serde_json::from_slice::<Value>(request).ok());
            self.0.call(request)
        }
        fn now(&self) -> u64 {
            self.0.now()
        }
    }
    let mut core = Listening(Native::new(), Vec::new());
    let mut site = Site::new(&mut core);
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_signed_in();
    site.sign_in(&mut browser).assert_signed_in();
    let url = site.sign_out(&mut browser, "/bye/").url("sign-out");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    site.signed_out(&mut browser, &back);
    site.operate("check_connection", &json!({}), &mut browser);
    site.operate("check_settings", &json!({"submitted": site.settings.clone(), "manager": "network"}), &mut browser);
    site.know_dingtalk();
    let page = site.start(&mut browser, &INSIDE);
    let given = site.dingtalk.code_for_app(page.text("corp_id"), page.text("client_id"));
    let form = format!("code={}&state={}", given.replace('+', "%2B").replace('&', "%26"), page.text("state"));
    site.dingtalk_app_callback(&mut browser, &form).assert_signed_in();
    let logto_plugin = json!({"endpoint": "https://tenant.example", "appId": "app", "appSecret": "secret"});
    site.operate("import_settings", &json!({"logto_plugin": logto_plugin, "other_endpoints": []}), &mut browser);
    core.1
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_bytes_get_a_reply(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let reply = Native::new().call(&bytes);
        let reply: Value = serde_json::from_slice(&reply).expect("JSON");
        prop_assert_eq!(&reply["outcome"]["code"], "protocol_error");
    }

    #[test]
    fn any_json_gets_a_reply(request in any_json()) {
        let mut core = Native::new();
        let reply = Site::new(&mut core).send(&request.to_string());
        prop_assert_ne!(&reply["outcome"]["type"], "signed_in");
    }

    #[test]
    fn any_input_gets_a_reply(
        operation in proptest::sample::select(vec!["start", "callback", "sign_out", "signed_out", "check_settings", "check_connection", "preview", "unlink", "import_settings", "classify_links", "about"]),
        input in any_json(),
    ) {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        let request = site.request(operation, &input).to_string();
        let reply = site.send(&request);
        prop_assert_ne!(&reply["outcome"]["type"], "signed_in");
    }

    #[test]
    fn a_changed_request_gets_a_reply(pick in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), with in any_json()) {
        thread_local!(static REQUESTS: Vec<Value> = requests());
        let mut request = REQUESTS.with(|requests| pick.get(requests).clone());
        let mut all = Vec::new();
        places(&request, "", &mut all);
        let place: &String = place.get(&all);
        *request.pointer_mut(place).expect("a place") = with;
        let mut core = Native::new();
        Site::new(&mut core).send(&request.to_string());
    }

    #[test]
    fn any_callback_signs_nobody_in(query in "\\PC{0,200}", code in "\\PC{0,40}", before in any::<bool>()) {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        let mut browser = Browser::new();
        let url = site.start(&mut browser, &Start::default()).url("start");
        let state = Parameters::of(&url).value("state").to_owned();
        let right = format!("state={state}&iss=https://tenant.example/oidc");
        let query = if before { format!("{query}&{right}&code={code}") } else { format!("{right}&code={code}&{query}") };
        let outcome = site.callback(&mut browser, &query);
        prop_assert_eq!(outcome.kind(), "refused");
        prop_assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty() && browser.session.is_none());
    }

    #[test]
    fn any_form_of_the_app_signs_nobody_in(form in "\\PC{0,200}", code in "\\PC{0,40}", before in any::<bool>()) {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        site.know_dingtalk();
        let mut browser = Browser::new();
        let right = format!("state={}", site.start(&mut browser, &INSIDE).text("state"));
        let form = if before { format!("{form}&{right}&code={code}") } else { format!("{right}&code={code}&{form}") };
        let outcome = site.dingtalk_app_callback(&mut browser, &form);
        prop_assert_eq!(outcome.kind(), "refused");
        prop_assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty() && browser.session.is_none());
    }

    #[test]
    fn any_start_leads_to_a_provider_or_the_app(provider in proptest::option::of(proptest::sample::select(vec!["logto", "dingtalk"])),
        agent in "\\PC{0,20}(DingTalk)?\\PC{0,20}", dingtalk_app in any::<Option<bool>>(), link_to in any::<Option<u32>>(), redirect_to in "\\PC{0,60}") {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        site.know_dingtalk();
        let input = json!({"provider": provider, "user_agent": agent, "dingtalk_app": dingtalk_app, "link_to": link_to, "redirect_to": redirect_to});
        let outcome = site.operate("start", &input, &mut Browser::new());
        let inside = agent.contains("DingTalk") && dingtalk_app != Some(false) && link_to.is_none() && provider != Some("logto");
        prop_assert_eq!(outcome.kind(), if inside { "dingtalk_app_page" } else { "redirect" });
        if inside {
            let fallback = Parameters::of(outcome.text("fallback"));
            prop_assert_eq!(fallback.value("redirect_to"), redirect_to);
        }
    }

    #[test]
    fn an_import_never_gives_one_subject_to_two_users(
        rows in proptest::collection::vec((1..6_u64, proptest::sample::select(SUBJECTS)), 0..12),
        before in proptest::collection::btree_map(proptest::sample::select(SUBJECTS), 1..6_u64, 0..4),
        batch in 1..5_usize,
    ) {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        let mut table = before.clone();
        let mut claims: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
        for (user, subject) in &rows {
            claims.entry(subject).or_default().insert(*user);
        }
        for run in 0..2 {
            for batch in rows.chunks(batch) {
                let facts: Vec<Value> = batch.iter().map(|(user, subject)| json!({
                    "user_id": user, "exists": *user != 5, "subject": subject, "privileged": *user == 4,
                    "repeated": claims[subject].len() > 1, "owner": table.get(subject),
                    "has_other_subject": table.iter().any(|(known, owner)| owner == user && known != subject)
                        || rows.iter().any(|(other, known)| other == user && known != subject),
                })).collect();
                let outcome = site.operate("classify_links", &json!({"rows": facts}), &mut Browser::new());
                let verdicts = outcome.0["verdicts"].as_array().expect("verdicts").clone();
                prop_assert_eq!(verdicts.len(), batch.len());
                for ((user, subject), verdict) in batch.iter().zip(verdicts).filter(|(_, verdict)| verdict == "new") {
                    prop_assert!(run == 0, "the second run adds {}: {}", subject, verdict);
                    prop_assert_eq!(*table.entry(subject).or_insert(*user), *user, "{} has two users", subject);
                    prop_assert_eq!(claims[subject].len(), 1);
                    prop_assert!(*user < 4 && !subject.is_empty());
                }
            }
        }
        prop_assert!(before.iter().all(|(subject, owner)| table.get(subject) == Some(owner)));
        for user in 1..6 {
            let had = before.values().filter(|owner| **owner == user).count();
            prop_assert!(table.values().filter(|owner| **owner == user).count() <= had.max(1));
        }
    }

    #[test]
    fn cleaning_settings_is_idempotent(submitted in any_json(), stored in any_json()) {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        site.settings = stored;
        let once = site.operate("check_settings", &json!({"submitted": submitted, "manager": "network"}), &mut Browser::new()).0["values"].clone();
        for stored in [site.settings.clone(), once.clone(), Value::Null] {
            site.settings = stored;
            let twice = site.operate("check_settings", &json!({"submitted": once, "manager": "network"}), &mut Browser::new()).0["values"].clone();
            prop_assert_eq!(&twice, &once);
        }
    }
}
