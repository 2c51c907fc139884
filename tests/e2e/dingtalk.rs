//! DingTalk in the browser: behind Logto, direct, and as one more sign-in method of an account.

use crate::fixture::tenant::{TenantSite, ensure_no_session, parameter, session_login};
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use std::sync::Arc;
use world::browser::Browser;
use world::webview::Bridge;
use world::{Context as _, Result, ensure, http};

/// A message of DingTalk, which no page may show.
const MESSAGE: &str = "<script>alert(1)</script> internal detail";

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, prepare);
        fault_c31_dingtalk_through_logto_and_direct_dingtalk_are_one_account,
        only_members_of_the_listed_organizations_sign_in,
        user_links_and_unlinks_dingtalk_but_never_the_last_method,
        callback_refuses_the_state_of_the_other_provider,
        every_error_of_dingtalk_has_its_own_page_and_log_line,
        app_bridge_issues_authorization_codes,
    ]
}

fn prepare(fixture: &Arc<Fixture>) -> Result<TenantSite> {
    let tenant = TenantSite::prepare(fixture)?;
    tenant.set(&json!({}))?;
    Ok(tenant)
}

/// The query that starts a sign-in at DingTalk itself.
pub const START: &str = "action=logto&provider=dingtalk";

/// Opens the page that starts a sign-in; the visitor agrees at DingTalk.
pub fn agree(tenant: &TenantSite, browser: &Browser, start: &str, visitor: &str) -> Result<()> {
    browser.goto(&tenant.login(start))?;
    agree_here(tenant, browser, visitor)
}

pub fn agree_here(tenant: &TenantSite, browser: &Browser, visitor: &str) -> Result<()> {
    browser.wait_for_url(tenant.logto.dingtalk())?;
    browser.click(&format!("input[value='{visitor}']"))?;
    browser.click("button.agree")
}

/// Waits until the browser is back and signed in, and gives the account: ID, login, e-mail address and name.
pub fn account(tenant: &TenantSite, browser: &Browser) -> Result<Vec<String>> {
    browser.wait_for_url(&tenant.site.url)?;
    browser.wait_for("#wp-admin-bar-my-account")?;
    let told = tenant.site.run_php(&format!(
        "$user = get_user_by('login', rawurldecode('{}'));
         echo implode(\"\\n\", [$user->ID, $user->user_login, $user->user_email, $user->display_name]);",
        session_login(browser)?
    ))?;
    Ok(told.lines().map(str::to_owned).collect())
}

/// How many users and identities there are.
fn count(tenant: &TenantSite) -> Result<String> {
    tenant.site.run_php(
        "global $wpdb; foreach (['users', 'logto_identities'] as $table) {
             echo $wpdb->get_var(\"SELECT COUNT(*) FROM {$wpdb->base_prefix}$table\"), ' ';
         }",
    )
}

/// Waits for the page of a refusal and looks at everything that it promises.
fn refused(browser: &Browser, status: u16, code: &str) -> Result<()> {
    // Canceling is no failure.
    let told = if code == "access_denied" { ".logto-question[role='status']" } else { ".logto-refused[role='alert']" };
    browser.wait_for(told)?;
    let shown = browser.text_of(".logto-code code")?;
    ensure!(shown == code, "{code} expected, not {shown}");
    let sent = browser.execute("return performance.getEntriesByType('navigation')[0].responseStatus")?;
    ensure!(sent == json!(status), "{code}: status {sent}");
    ensure!(browser.count(".logto-actions a")? >= 2, "{code}: no way on");
    let source = browser.source()?;
    ensure!(!source.contains("alert(1)") && !source.contains("internal detail"), "{code}: DingTalk's words are shown");
    ensure_no_session(browser).context(code.to_owned())
}

/// Fault C31: one person became two accounts, “Li Si” and “Li Si-2”.
fn fault_c31_dingtalk_through_logto_and_direct_dingtalk_are_one_account(tenant: &TenantSite) -> Result<()> {
    // No e-mail address and no user name: the name in Latin letters is left.
    let who = json!({ "unionId": "u-2", "openId": "o-2", "nick": "李四", "mobile": "13800000002", "stateCode": "86" });
    tenant.visitors(&[who])?;
    let visitor = tenant.browser("zh-CN")?;
    agree(tenant, &visitor, "action=logto&direct_sign_in=social:dingtalk", "u-2")?;
    let behind = account(tenant, &visitor)?;
    visitor.forget_cookies()?;

    let mut accounts = Vec::new();
    for _ in 0..2 {
        visitor.goto(&tenant.login("form=1"))?;
        visitor.click("a[href*='provider=dingtalk']")?;
        agree_here(tenant, &visitor, "u-2")?;
        accounts.push(account(tenant, &visitor)?);
        visitor.forget_cookies()?;
    }
    let alone = &accounts[0];
    assert_eq!(alone, &accounts[1], "the same account on return");
    assert_eq!(alone[3], "李四");
    assert!(alone[2].ends_with(".invalid"), "{alone:?}");
    assert_eq!(alone, &behind, "Logto names the same person at DingTalk");
    assert_eq!(alone[1], "Li Si");
    assert!(!tenant.site.mails().contains(".invalid"), "nothing is sent to an address that is none");
    assert_eq!(tenant.site.complaints(), "");
    Ok(())
}

fn only_members_of_the_listed_organizations_sign_in(tenant: &TenantSite) -> Result<()> {
    let both = [
        json!({ "corpId": "dingjiangnan0001", "name": "江南实业" }),
        json!({ "corpId": "dinghebei0002", "name": "河北书店" }),
    ];
    tenant.visitors(&[
        json!({ "unionId": "u-3", "openId": "o-3", "nick": "王五", "organizations": both }),
        json!({ "unionId": "u-4", "openId": "o-4", "nick": "Ada", "organizations": [] }),
    ])?;
    let visitor = tenant.browser("zh-CN")?;
    let choose = |union_id: &str, organization: &str| -> Result<()> {
        agree(tenant, &visitor, START, union_id)?;
        visitor.wait_for("input[name='organization']")?;
        visitor.click(&format!("input[value='{organization}']"))?;
        visitor.click("button.agree")
    };

    tenant.set(&json!({ "dingtalk_corp_ids": "dinghebei0002 dingxihu0003" }))?;
    choose("u-3", "dingjiangnan0001")?;
    refused(&visitor, 403, "dingtalk_organization")?;
    choose("u-4", "")?;
    refused(&visitor, 403, "dingtalk_organization")?;
    choose("u-3", "dinghebei0002")?;
    assert_eq!(account(tenant, &visitor)?[3], "王五");
    visitor.forget_cookies()?;

    // With a single one there is nothing to choose, for nobody else either.
    tenant.set(&json!({ "dingtalk_corp_ids": "dinghebei0002" }))?;
    visitor.goto(&tenant.login(START))?;
    visitor.wait_for("button.agree")?;
    assert_eq!(visitor.count("input[name='visitor']")?, 1);
    agree_here(tenant, &visitor, "u-3")?;
    assert_eq!(account(tenant, &visitor)?[3], "王五");

    tenant.set(&json!({ "dingtalk_corp_ids": "" }))
}

fn user_links_and_unlinks_dingtalk_but_never_the_last_method(tenant: &TenantSite) -> Result<()> {
    tenant.visitors(&[json!({ "unionId": "u-5", "openId": "o-5", "nick": "赵六", "organizations": [] })])?;
    tenant
        .site
        .run_php("wp_insert_user(['user_login' => 'zhao', 'user_pass' => 'a right one', 'role' => 'author']);")?;
    let profile = format!("{}/wp-admin/profile.php", tenant.site.url);
    let browser = tenant.browser("en-US")?;
    browser.goto(&tenant.login("form=1"))?;
    browser.fill("#user_login", "zhao")?;
    browser.fill("#user_pass", "a right one")?;
    browser.follow("#wp-submit")?;
    browser.goto(&profile)?;
    browser.fill("#logto-password", "a wrong one")?;
    browser.click_text("Connect DingTalk")?;
    browser.wait_for_text("Nothing was changed")?;
    browser.fill("#logto-password", "a right one")?;
    browser.click_text("Connect DingTalk")?;
    agree_here(tenant, &browser, "u-5")?;
    browser.wait_for_text("You signed in with DingTalk as 赵六.")?;
    browser.click_text("Connect")?;
    browser.wait_for_text("Sign-in method connected.")?;
    browser.forget_cookies()?;

    agree(tenant, &browser, START, "u-5")?;
    assert_eq!(account(tenant, &browser)?[1], "zhao", "DingTalk leads to the account that it was added to");
    browser.goto(&profile)?;
    // A sign-in of this moment at a connected provider is proof enough.
    assert_eq!(browser.count("#logto-password")?, 0);
    browser.click("button[name='logto_remove']")?;
    browser.wait_for_text("Sign-in method disconnected.")?;
    browser.forget_cookies()?;

    // The person is a stranger now and gets an account, whose only way in is DingTalk.
    agree(tenant, &browser, START, "u-5")?;
    assert_ne!(account(tenant, &browser)?[1], "zhao");
    let before = count(tenant)?;
    browser.goto(&profile)?;
    browser.click("button[name='logto_remove']")?;
    browser.wait_for_text("You cannot disconnect your only sign-in method.")?;
    assert_eq!(count(tenant)?, before);
    assert_eq!(tenant.site.complaints(), "");
    Ok(())
}

fn callback_refuses_the_state_of_the_other_provider(tenant: &TenantSite) -> Result<()> {
    let before = count(tenant)?;
    let logto = format!("&iss={}/oidc", tenant.logto.endpoint);
    for (start, own, other, issuer) in [
        ("provider=dingtalk", "logto_callback_dingtalk", "logto_callback", ""),
        ("direct_sign_in=social:dingtalk", "logto_callback", "logto_callback_dingtalk", &logto),
    ] {
        let browser = tenant.browser("en-US")?;
        let begun = tenant.begin(&browser, &format!("action=logto&{start}"), &[])?;
        let state = parameter(begun.header("location").context("no redirect")?, "state")?;
        for name in ["code", "authCode"] {
            browser.goto(&tenant.login(&format!("action={other}&{name}=stolen&state={state}")))?;
            refused(&browser, 400, "state_unknown")?;
        }
        // The attempt is a real one: at its own callback, the provider is asked.
        browser.goto(&tenant.login(&format!("action={own}&code=stolen&state={state}{issuer}")))?;
        refused(&browser, 400, "code_rejected")?;
    }
    assert_eq!(count(tenant)?, before);
    Ok(())
}

fn every_error_of_dingtalk_has_its_own_page_and_log_line(tenant: &TenantSite) -> Result<()> {
    const TOKEN: &str = "/v1.0/oauth2/userAccessToken";
    const ME: &str = "/v1.0/contact/users/me";
    let reply =
        |path: &str, status: u16, body: Value| json!({ "replies": { path: { "status": status, "body": body } } });
    let says = |path: &str, status: u16, code: &str| reply(path, status, json!({ "code": code, "message": MESSAGE }));
    let cases = [
        (json!({ "client_secret": "a new one" }), 502, "dingtalk_client_rejected"),
        (json!({ "released": false }), 502, "dingtalk_unreleased"),
        (json!({ "permissions": ["Contact.User.mobile"] }), 502, "dingtalk_permission_missing"),
        (json!({ "visible_to": [] }), 403, "dingtalk_user_unknown"),
        (json!({ "token_life": 0 }), 502, "dingtalk_token_expired"),
        (says(TOKEN, 400, "invalidParameter.authCode.notFound"), 400, "code_rejected"),
        (says(TOKEN, 400, MESSAGE), 502, "dingtalk_error"),
        (says(TOKEN, 503, MESSAGE), 502, "provider_error"),
        (reply(TOKEN, 200, json!({ "errcode": 88, "errmsg": MESSAGE })), 502, "dingtalk_permission_missing"),
        (reply(TOKEN, 200, json!({ "accessToken": format!("{MESSAGE}\r\n") })), 502, "dingtalk_error"),
        (reply(ME, 200, json!({ "nick": MESSAGE, "openId": "o" })), 502, "dingtalk_subject"),
        (reply(ME, 200, json!([MESSAGE])), 502, "provider_answer"),
    ];
    let usual = json!({ "client_secret": null, "released": true, "permissions": ["Contact.User.Read", "Contact.User.mobile"],
                        "visible_to": null, "token_life": 7200, "replies": {}, "callback_names": ["authCode", "code"] });
    tenant.visitors(&[json!({ "unionId": "u-6", "openId": "o-6", "nick": "周" })])?;
    let (browser, before) = (tenant.browser("en-US")?, count(tenant)?);
    for (behaviour, status, code) in cases {
        let log = tenant.site.debug_log().len();
        tenant.logto.control_dingtalk("behaviour", &behaviour)?;
        agree(tenant, &browser, START, "u-6")?;
        let judged = refused(&browser, status, code);
        tenant.logto.control_dingtalk("behaviour", &usual)?;
        judged.with_context(|| behaviour.to_string())?;
        let told = tenant.site.debug_log().split_off(log);
        ensure!(told.contains(&format!("[{code}]")), "the log does not say {code}: {told}");
        ensure!(!told.contains(tenant.logto.dingtalk_client().1), "the log tells the secret: {told}");
    }

    browser.goto(&tenant.login(START))?;
    browser.click("button.cancel")?;
    refused(&browser, 403, "access_denied")?;
    for (callback, status, code) in
        [("", 403, "access_denied"), ("&error=%3Cscript%3Ealert(1)%3C/script%3E", 400, "state_missing")]
    {
        browser.goto(&tenant.login(&format!("action=logto_callback_dingtalk{callback}")))?;
        refused(&browser, status, code)?;
    }
    assert_eq!(count(tenant)?, before, "nobody got an account");

    // “Try again” is good for another try, whatever DingTalk calls the code.
    browser.goto(&tenant.login(START))?;
    browser.click("button.cancel")?;
    browser.click_text("Try again")?;
    tenant.logto.control_dingtalk("behaviour", &json!({ "callback_names": ["code"] }))?;
    agree_here(tenant, &browser, "u-6")?;
    let account = account(tenant, &browser);
    tenant.logto.control_dingtalk("behaviour", &usual)?;
    assert_eq!(account?[3], "周");
    Ok(())
}

fn app_bridge_issues_authorization_codes(tenant: &TenantSite) -> Result<()> {
    let (union_id, corp_id) = ("u-7", "dingxihu0003");
    let who = json!({ "unionId": union_id, "openId": "o-7", "nick": "吴", "corpId": corp_id });
    tenant.visitors(&[who])?;
    let (id, secret) = tenant.logto.dingtalk_client();
    let post = |path: &str, body: &Value| -> Result<Value> {
        let answer =
            http::post(&format!("{}{path}", tenant.logto.dingtalk()), "application/json", &body.to_string(), None)?;
        Ok(serde_json::from_str(&answer.body)?)
    };
    let token = post("/v1.0/oauth2/accessToken", &json!({ "appKey": id, "appSecret": secret }))?["accessToken"].take();
    let path = format!("/topapi/v2/user/getuserinfo?access_token={}", token.as_str().context("no token")?);
    let ask = |bridge: Bridge, function: &str, parameters: &Value| -> Result<Value> {
        let app = tenant.webview(bridge, union_id)?;
        app.goto(&tenant.login("form=1"))?;
        assert!(
            app.execute("return navigator.userAgent")?
                .as_str()
                .is_some_and(|agent| agent.contains("AliApp(DingTalk/7."))
        );
        app.execute_async(&format!(
            "const done = arguments[0];
             window.nuva ? nuva.require()(done, done, 'runtime.permission', '{function}', {parameters}) : done(null);"
        ))
    };
    let (both, alone) = (json!({ "corpId": corp_id, "clientId": id }), json!({ "corpId": corp_id }));
    for (bridge, function, parameters) in
        [(Bridge::New, "requestAuthCodeV2", &both), (Bridge::Old, "requestAuthCode", &alone)]
    {
        let answer = ask(bridge, function, parameters)?;
        assert_eq!(post(&path, &json!({ "code": answer["code"] }))?["result"]["unionid"], union_id, "{answer}");
    }
    assert_eq!(ask(Bridge::New, "requestAuthCodeV2", &alone)?["code"].as_str().map(str::len), Some(32));
    assert_eq!(ask(Bridge::Old, "requestAuthCodeV2", &both)?["errorCode"], "3", "an app that is too old");
    let elsewhere = json!({ "corpId": "dingelse", "clientId": id });
    assert_eq!(ask(Bridge::New, "requestAuthCodeV2", &elsewhere)?["errorCode"], "52011");
    assert_eq!(ask(Bridge::None, "requestAuthCodeV2", &both)?, Value::Null);
    Ok(())
}
