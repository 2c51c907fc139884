//! Signing in inside the `DingTalk` app.

use crate::core::Core;
use crate::message::{Answer, Parameters};
use crate::provider::dingtalk::{APP_TOKEN, APP_USER};
use crate::provider::fault::Outage;
use crate::site::{Site, Start, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};
use url::form_urlencoded;

const APP: &str = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile Safari/537.36 AliApp(DingTalk/7.6.0)";
const INSIDE: Start<'_> = Start {
    redirect_to: "https://wordpress.example/page",
    first_screen: "",
    direct_sign_in: "",
    provider: None,
    user_agent: APP,
    dingtalk_app: None,
    canonical: false,
    another_account: false,
    silent: false,
    iss: "",
    login_hint: "",
};

pub(super) fn site(core: &mut dyn Core) -> Site<'_> {
    let mut site = Site::new(core);
    site.know_dingtalk();
    site
}

/// Opens the page and gives its `state`.
fn open(site: &mut Site<'_>, browser: &mut Browser) -> String {
    let page = site.start(browser, &INSIDE);
    assert_eq!(page.kind(), "dingtalk_app_page", "{}", page.0);
    page.text("state").to_owned()
}

fn form(code: &str, state: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("code", code).append_pair("state", state).finish()
}

fn code_for_app(site: &mut Site<'_>) -> String {
    let (corp_id, client_id) = (site.dingtalk.corp_id.clone(), site.dingtalk.client_id.clone());
    site.dingtalk.code_for_app(&corp_id, &client_id)
}

/// The whole way inside the app.
pub(super) fn sign_in(site: &mut Site<'_>, browser: &mut Browser) -> Outcome {
    let state = open(site, browser);
    let code = code_for_app(site);
    site.dingtalk_app_callback(browser, &form(&code, &state))
}

/// Nothing but the use of states is written, each before its code leaves.
fn assert_no_account_touched(site: &Site<'_>) {
    let harmless = |effect: &Value| effect["type"] == "http_request" || effect["type"] == "mark_state_used";
    assert!(site.effects.iter().all(harmless), "written: {:?}", site.effects);
    assert!(site.effects.first().is_none_or(|effect| effect["type"] == "mark_state_used"), "{:?}", site.effects);
}

/// No redirect: the page asks the app, and posts what it says.
pub fn the_dingtalk_app_signs_in_without_leaving_the_page(core: &mut dyn Core) {
    let mut site = site(core);
    let mut browser = Browser::new();
    let page = site.start(&mut browser, &INSIDE);
    assert_eq!((page.text("corp_id"), page.text("client_id")), ("ding1", "ding-client"));
    assert_eq!(page.text("submit_to"), site.facts["dingtalk_app_uri"]);
    assert!(site.effects.is_empty() && browser.cookies.len() == 1);
    let given = site.dingtalk.code_for_app(page.text("corp_id"), page.text("client_id"));
    let outcome = site.dingtalk_app_callback(&mut browser, &form(&given, page.text("state")));
    let user = outcome.assert_signed_in();
    assert_eq!(outcome.text("redirect_to"), INSIDE.redirect_to);
    assert_eq!(site.dingtalk.received, [APP_TOKEN, APP_USER]);
    assert!(browser.cookies.is_empty(), "the attempt is over");
    let created = site.effects.iter().find(|effect| effect["type"] == "create_user").expect("a new user");
    assert_eq!(created["identity"]["issuer"], "https://login.dingtalk.com");
    assert_eq!(
        (&created["identity"]["subject"], &created["profile"]["display_name"]),
        (&json!("union-2"), &json!("李四（销售）"))
    );
    assert!(created["email"].as_str().is_some_and(|email| email.ends_with(".invalid")), "{created}");
    assert_eq!(sign_in(&mut site, &mut browser).assert_signed_in(), user, "the same account");
}

/// The whole way in a browser.
pub(super) fn sign_in_in_browser(site: &mut Site<'_>, browser: &mut Browser) -> Outcome {
    let start = Start { dingtalk_app: Some(false), provider: Some("dingtalk"), ..INSIDE };
    let url = site.start(browser, &start).url("start");
    let given = site.dingtalk.code_for_browser();
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("authCode", &given)
        .append_pair("code", &given)
        .append_pair("state", Parameters::of(&url).value("state"))
        .finish();
    site.dingtalk_callback(browser, &query)
}

/// A user agent chooses, as far as nobody else did.
pub fn the_app_is_asked_where_it_is_and_nowhere_else(core: &mut dyn Core) {
    let mut site = site(core);
    let tenant = "https://tenant.example/oidc/auth";
    let dingtalk = "https://login.dingtalk.com/oauth2/auth";
    let phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36";
    let desktop = "Mozilla/5.0 (Windows NT 10.0) dingtalk-win/1.0.0 DingTalk(7.6.0-Release) Mojo/1.0.0";
    let logto = Some("logto");
    for (start, expected) in [
        (INSIDE, ""),
        (Start { user_agent: desktop, ..INSIDE }, ""),
        (Start { provider: Some("dingtalk"), ..INSIDE }, ""),
        (Start { user_agent: phone, ..INSIDE }, tenant),
        (Start { user_agent: "", ..INSIDE }, tenant),
        (Start { user_agent: phone, provider: Some("dingtalk"), ..INSIDE }, dingtalk),
        (Start { dingtalk_app: Some(false), ..INSIDE }, tenant),
        (Start { dingtalk_app: Some(false), provider: Some("dingtalk"), ..INSIDE }, dingtalk),
        (Start { provider: logto, ..INSIDE }, tenant),
        (Start { direct_sign_in: "social:github", ..INSIDE }, tenant),
        (Start { first_screen: "register", ..INSIDE }, tenant),
    ] {
        let outcome = site.start(&mut Browser::new(), &start);
        if expected.is_empty() {
            assert_eq!(outcome.kind(), "dingtalk_app_page", "{start:?}");
        } else {
            assert!(outcome.url("start").starts_with(expected), "{start:?}: {}", outcome.0);
        }
    }
    let linking = json!({"provider": "dingtalk", "user_agent": APP, "link_to": 3, "canonical": true});
    assert!(site.operate("start", &linking, &mut Browser::new()).url("linking").starts_with(dingtalk));
    for (setting, value, expected) in [
        ("dingtalk_app_corp_id", json!(""), tenant),
        ("dingtalk_app_corp_id", json!(["ding1"]), tenant),
        ("dingtalk_corp_ids", json!("ding7 ding8"), tenant),
        ("dingtalk_client_secret", json!(""), tenant),
    ] {
        let before = std::mem::replace(&mut site.settings[setting], value);
        assert!(site.start(&mut Browser::new(), &INSIDE).url(setting).starts_with(expected), "{setting}");
        site.settings[setting] = before;
    }
    site.settings["endpoint"] = json!("");
    assert_eq!(site.start(&mut Browser::new(), &INSIDE).kind(), "dingtalk_app_page");
    let elsewhere = Start { user_agent: phone, ..INSIDE };
    assert!(site.start(&mut Browser::new(), &elsewhere).url("alone").starts_with(dingtalk), "DingTalk alone");
}

/// Where the tenant has a button for `DingTalk`, its app needs no choice.
pub fn the_tenants_own_dingtalk_is_reached_straight(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["connectors"] = json!("sso:company\nsocial:dingtalk = 钉钉");
    let mut asked = |start: Start<'_>, settings: &[(&str, Value)]| {
        let before = site.settings.clone();
        for (name, value) in settings {
            site.settings[*name] = value.clone();
        }
        let url = site.start(&mut Browser::new(), &start).url("start");
        site.settings = before;
        Parameters::of(&url).value("direct_sign_in").to_owned()
    };
    assert_eq!(asked(INSIDE, &[]), "social:dingtalk");
    assert_eq!(asked(Start { user_agent: "Mozilla/5.0", ..INSIDE }, &[]), "");
    assert_eq!(asked(Start { dingtalk_app: Some(false), ..INSIDE }, &[]), "");
    assert_eq!(asked(Start { direct_sign_in: "social:github", ..INSIDE }, &[]), "social:github");
    assert_eq!(asked(Start { provider: Some("logto"), ..INSIDE }, &[]), "");
    assert_eq!(asked(INSIDE, &[("connectors", json!("social:github"))]), "");
    let known = [("dingtalk_client_id", json!("c")), ("dingtalk_client_secret", json!("s"))];
    assert_eq!(asked(INSIDE, &known), "", "the site has DingTalk itself");
}

/// The page knows where else to go, and from there the app is not asked again.
pub fn an_app_that_gives_no_code_leads_to_the_browsers_way(core: &mut dyn Core) {
    let mut site = site(core);
    let page = site.start(&mut Browser::new(), &INSIDE);
    let fallback = Parameters::of(page.text("fallback"));
    assert!(page.text("fallback").starts_with("https://wordpress.example/wp-login.php?action=logto&"));
    assert_eq!((fallback.value("redirect_to"), fallback.value("dingtalk_app")), (INSIDE.redirect_to, "0"));
    let start = Start { provider: Some(fallback.value("provider")), dingtalk_app: Some(false), ..INSIDE };
    let url = site.start(&mut Browser::new(), &start).url("the fallback");
    assert!(url.starts_with("https://login.dingtalk.com/"), "{url}");
}

/// Else the detour would end inside the app again.
pub fn another_name_of_the_site_keeps_the_browsers_way(core: &mut dyn Core) {
    let mut site = site(core);
    site.facts["host"] = json!("www.wordpress.example");
    for (dingtalk_app, provider, passed_on) in
        [(Some(false), Some("dingtalk"), "0"), (None, Some("logto"), ""), (None, None, "")]
    {
        let url = site.start(&mut Browser::new(), &Start { provider, dingtalk_app, ..INSIDE }).url("another name");
        assert!(url.starts_with("https://wordpress.example/wp-login.php?action=logto&"), "{url}");
        let asked = Parameters::of(&url);
        assert_eq!((asked.value("dingtalk_app"), asked.value("provider")), (passed_on, provider.unwrap_or_default()));
        assert_eq!(asked.value("canonical"), "1");
    }
}

/// Neither the form nor the cookie signs anybody in again.
pub fn a_code_of_the_app_works_once(core: &mut dyn Core) {
    let mut site = site(core);
    let mut browser = Browser::new();
    let state = open(&mut site, &mut browser);
    let kept = browser.clone();
    let given = code_for_app(&mut site);
    site.dingtalk_app_callback(&mut browser, &form(&given, &state)).assert_signed_in();
    let again = site.dingtalk_app_callback(&mut browser, &form(&given, &state)).url("who is signed in already goes on");
    assert_eq!(again, "https://wordpress.example/");
    site.dingtalk_app_callback(&mut kept.clone(), &form(&given, &state)).assert_refused(400, "state_used");
    let fresh = code_for_app(&mut site);
    site.dingtalk_app_callback(&mut kept.clone(), &form(&fresh, &state)).assert_refused(400, "state_used");
    let mut other = Browser::new();
    let others = open(&mut site, &mut other);
    site.dingtalk_app_callback(&mut Browser::new(), &form(&fresh, &others)).assert_refused(400, "state_unknown");
}

/// No state, and so no code, of one way or provider gets through at another's address.
pub fn the_two_ways_of_dingtalk_take_nothing_from_each_other(core: &mut dyn Core) {
    let mut site = site(core);
    let mut browser = Browser::new();
    let inside = open(&mut site, &mut browser);
    let state_at = |site: &mut Site<'_>, browser: &mut Browser, connector| {
        let start = Start { provider: Some(connector), dingtalk_app: Some(false), ..INSIDE };
        let url = site.start(browser, &start).url(connector);
        Parameters::of(&url).value("state").to_owned()
    };
    let outside = state_at(&mut site, &mut browser, "dingtalk");
    let tenant = state_at(&mut site, &mut browser, "logto");
    site.effects.clear();
    let (app_code, browser_code) = (code_for_app(&mut site), site.dingtalk.code_for_browser());
    for code in [&app_code, &browser_code] {
        for state in [&outside, &tenant] {
            site.dingtalk_app_callback(&mut browser, &form(code, state)).assert_refused(400, "state_unknown");
        }
        site.dingtalk_callback(&mut browser, &form(code, &inside)).assert_refused(400, "state_unknown");
        site.callback(&mut browser, &form(code, &inside)).assert_refused(400, "state_unknown");
    }
    assert!(site.dingtalk.received.is_empty() && site.effects.is_empty(), "nobody was asked");
    site.dingtalk_app_callback(&mut browser, &form(&browser_code, &inside)).assert_refused(400, "code_rejected");
    site.dingtalk_callback(&mut browser, &form(&app_code, &outside)).assert_refused(400, "code_rejected");
    assert_no_account_touched(&site);
}

/// A form is judged as a query is.
pub fn forms_that_say_too_little_or_too_much_are_refused(core: &mut dyn Core) {
    let mut site = site(core);
    let long = format!("code={}", "x".repeat(20_000));
    for (form, code) in [
        ("", "code_missing"),
        ("code=", "code_missing"),
        ("authCode=a", "code_missing"),
        ("code=a&code=a", "parameter_repeated"),
        ("code=a&state=b", "parameter_repeated"),
        ("error=access_denied", "access_denied"),
        ("code=a&error=%3Cscript%3E", "authorization_error"),
        (&long, "state_missing"),
    ] {
        let mut browser = Browser::new();
        let state = open(&mut site, &mut browser);
        let outcome = site.dingtalk_app_callback(&mut browser, &format!("state={state}&{form}"));
        assert_eq!(outcome.text("code"), code, "{form}");
    }
    for form in ["", "code=a", "\u{0}", "{\"code\":\"a\"}"] {
        site.dingtalk_app_callback(&mut Browser::new(), form).assert_refused(400, "state_missing");
    }
    assert!(site.dingtalk.received.is_empty(), "DingTalk was asked");
    assert_no_account_touched(&site);
}

/// Whatever `DingTalk` says, the admin learns what to do, and nothing is written.
pub fn each_error_of_dingtalk_inside_the_app_has_its_refusal(core: &mut dyn Core) {
    let mut site = site(core);
    let answer = |status: u16, body: Value| Answer::json(status, &body);
    for (path, answer, status, code, advice) in [
        (
            APP_TOKEN,
            answer(400, json!({"code": "invalidClientIdOrSecret", "requestid": "r", "message": "m"})),
            502,
            "dingtalk_client_rejected",
            "Basic Information › Credentials",
        ),
        (
            APP_TOKEN,
            answer(
                403,
                json!({"code": "Forbidden.AccessDenied.AccessTokenPermissionDenied", "requiredScopes": ["qyapi_base"]}),
            ),
            502,
            "dingtalk_permission_missing",
            "needs qyapi_base",
        ),
        (APP_TOKEN, answer(400, json!({"code": "somethingNew"})), 502, "dingtalk_error", "somethingNew"),
        (APP_TOKEN, answer(200, json!({"expireIn": 7200})), 502, "dingtalk_error", "no accessToken"),
        (APP_TOKEN, answer(200, json!({"accessToken": "a\r\nb"})), 502, "dingtalk_error", "visible ASCII"),
        (
            APP_USER,
            answer(200, json!({"errcode": 88, "errmsg": "ding talk error", "sub_code": "60011", "sub_msg": "why"})),
            502,
            "dingtalk_permission_missing",
            "Permission Management",
        ),
        (
            APP_USER,
            answer(200, json!({"errcode": 40014, "errmsg": "m"})),
            502,
            "dingtalk_token_expired",
            "not valid any more",
        ),
        (APP_USER, answer(200, json!({"errcode": 40078, "errmsg": "m"})), 400, "code_rejected", "another flow"),
        (APP_USER, answer(200, json!({"errcode": 12345, "errmsg": "<script>"})), 502, "dingtalk_error", "12345"),
        (
            APP_USER,
            answer(200, json!({"errcode": "88", "result": {"unionid": "u"}})),
            502,
            "dingtalk_error",
            "see the cause",
        ),
        (
            APP_USER,
            answer(200, json!({"errcode": 1, "result": {"unionid": "u"}})),
            502,
            "dingtalk_error",
            "see the cause",
        ),
        (APP_USER, answer(400, json!({"errcode": 0, "result": {"unionid": "u"}})), 502, "dingtalk_error", "HTTP 400"),
        (APP_USER, answer(200, json!([])), 502, "provider_answer", "not a JSON object"),
    ] {
        site.dingtalk.answers = [(path, answer)].into();
        assert_told(&mut site, status, code, advice);
    }
    for path in [APP_TOKEN, APP_USER] {
        for (outage, status, code) in [
            (Outage::Html, 502, "provider_answer"),
            (Outage::Truncated, 502, "provider_answer"),
            (Outage::Redirect, 502, "provider_answer"),
            (Outage::NotFound, 502, "provider_answer"),
            (Outage::ServerError, 502, "provider_error"),
            (Outage::Timeout, 504, "provider_timeout"),
            (Outage::Connection, 502, "provider_unreachable"),
            (Outage::Tls, 502, "provider_tls"),
            (Outage::TooLarge, 502, "provider_too_large"),
        ] {
            site.dingtalk.answers.clear();
            site.dingtalk.outage(path, outage);
            assert_told(&mut site, status, code, "DingTalk's");
        }
    }
    site.dingtalk.answers.clear();
    site.settings["dingtalk_client_secret"] = json!("a wrong one");
    assert_told(&mut site, 502, "dingtalk_client_rejected", "Basic Information › Credentials");
}

fn assert_told(site: &mut Site<'_>, status: u16, code: &str, advice: &str) {
    site.log.clear();
    sign_in(site, &mut Browser::new()).assert_refused(status, code);
    assert!(matches!(site.log.as_slice(), [(_, detail)] if detail.contains(advice)), "{code}: {:?}", site.log);
    assert_no_account_touched(site);
}

/// Names and `userid`s are no identities.
pub fn nobody_is_somebody_without_a_union_id(core: &mut dyn Core) {
    let mut site = site(core);
    for union_id in [json!(null), json!(""), json!(" "), json!(7), json!(["u"]), json!("u".repeat(256))] {
        site.dingtalk.visitor["unionId"] = union_id;
        assert_told(&mut site, 502, "dingtalk_subject", "no unionid");
    }
    for result in [json!(null), json!("u"), json!([{"unionid": "u"}])] {
        site.dingtalk.answers = [(APP_USER, Answer::json(200, &json!({"errcode": 0, "result": result})))].into();
        assert_told(&mut site, 502, "dingtalk_subject", "no unionid");
    }
}

/// Whoever is no longer let in is not let in by a page that is still open.
pub fn settings_that_change_during_a_sign_in_hold_at_once(core: &mut dyn Core) {
    for (setting, value) in [("dingtalk_app_corp_id", ""), ("dingtalk_corp_ids", "ding7"), ("dingtalk_client_id", "")] {
        let mut site = site(core);
        let mut browser = Browser::new();
        let state = open(&mut site, &mut browser);
        let given = code_for_app(&mut site);
        site.settings[setting] = json!(value);
        site.dingtalk_app_callback(&mut browser, &form(&given, &state)).assert_refused(503, "not_configured");
        assert!(site.effects.is_empty(), "{setting}");
    }
}
