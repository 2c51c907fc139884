//! DingTalk in the browser: behind Logto, on its own, and as one more way into an account. One world, shared by the
//! tests here, which take turns.

#[path = "ground/dingtalk.rs"]
mod dingtalk;

use dingtalk::Ground;
use serde_json::{Value, json};
use std::sync::MutexGuard;
use world::browser::Browser;
use world::webview::Bridge;
use world::{Context as _, Result, ensure, http};

/// What a page must not show of what DingTalk said.
const TROUBLE: &str = "<script>alert(1)</script> trouble";

fn ground() -> MutexGuard<'static, Ground> {
    dingtalk::shared(&json!({}))
}

impl Ground {
    /// Says which organisations may sign in at DingTalk.
    fn organizations(&self, corp_ids: &str) -> Result<()> {
        self.set(&json!({ "dingtalk_corp_ids": corp_ids }))
    }

    /// The address that starts a sign-in at DingTalk itself.
    fn start(&self) -> String {
        self.login("action=logto&connector=dingtalk")
    }

    /// Opens DingTalk's page for a visitor, who agrees.
    fn agree(&self, browser: &Browser, start: &str, visitor: &str) -> Result<()> {
        browser.goto(start)?;
        self.agree_here(browser, visitor)
    }

    fn agree_here(&self, browser: &Browser, visitor: &str) -> Result<()> {
        browser.wait_for_url(self.logto.dingtalk())?;
        browser.click(&format!("input[value='{visitor}']"))?;
        browser.click("button.agree")
    }

    /// Waits until the browser is back and signed in, and gives the account: ID, login, e-mail address and name.
    fn account(&self, browser: &Browser) -> Result<Vec<String>> {
        browser.wait_for_url(&self.site.url)?;
        browser.wait_for("#wp-admin-bar-my-account")?;
        let cookies = browser.cookies()?;
        let session = cookies.iter().find(|cookie| cookie.name.starts_with("wordpress_logged_in"));
        let login = session.context("no session")?.value.split("%7C").next().unwrap_or_default();
        let told = self.site.run_php(&format!(
            "$user = get_user_by('login', rawurldecode('{login}'));
             echo implode(\"\\n\", [$user->ID, $user->user_login, $user->user_email, $user->display_name]);"
        ))?;
        Ok(told.lines().map(str::to_owned).collect())
    }

    /// Says who is at DingTalk.
    fn visitors(&self, visitors: &[Value]) -> Result<()> {
        self.logto.control_dingtalk("visitors", &json!({ "visitors": visitors }))
    }

    /// Begins a sign-in that never leaves the site, and gives its state, which no page shows otherwise.
    fn begin(&self, browser: &Browser, start: &str) -> Result<String> {
        let answer = http::get(&self.login(&format!("action=logto&{start}")), &[], None)?;
        let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, cookie)| cookie);
        let attempt =
            cookies.filter_map(|cookie| cookie.split(';').next()).find(|pair| pair.starts_with("wordpress_logto_"));
        browser.goto(&self.login("form=1"))?;
        browser.execute(&format!("document.cookie = '{}; path=/'", attempt.context("no cookie")?))?;
        parameter(answer.header("location").context("no redirect")?, "state")
    }

    /// Users, and ways to sign in.
    fn count(&self) -> Result<String> {
        self.site.run_php(
            "global $wpdb; foreach (['users', 'logto_identities'] as $table) {
                 echo $wpdb->get_var(\"SELECT COUNT(*) FROM {$wpdb->base_prefix}$table\"), ' ';
             }",
        )
    }
}

/// Waits for the page of a refusal and looks at everything that it promises.
fn refused(browser: &Browser, status: u16, code: &str) -> Result<()> {
    browser.wait_for(".logto-refused[role='alert']")?;
    let shown = browser.text_of(".logto-code code")?;
    ensure!(shown == code, "{code} expected, not {shown}");
    let sent = browser.execute("return performance.getEntriesByType('navigation')[0].responseStatus")?;
    ensure!(sent == json!(status), "{code}: status {sent}");
    ensure!(browser.count(".logto-actions a")? >= 2, "{code}: no way on");
    let source = browser.source()?;
    ensure!(!source.contains("alert(1)") && !source.contains("trouble"), "{code}: DingTalk's words are shown");
    let session = browser.cookies()?.into_iter().find(|cookie| cookie.name.starts_with("wordpress_logged_in"));
    ensure!(session.is_none(), "{code}: somebody is signed in");
    Ok(())
}

#[test]
fn one_click_through_logto_and_one_at_dingtalk_itself_each_have_their_account() -> Result<()> {
    let ground = ground();
    // No e-mail address and no user name: the name in Latin letters is left.
    let who = json!({ "unionId": "u-2", "openId": "o-2", "nick": "李四", "mobile": "13800000002", "stateCode": "86" });
    ground.visitors(&[who])?;
    let visitor = ground.world.browser("zh-CN")?;
    ground.agree(&visitor, &ground.login("action=logto&direct_sign_in=social:dingtalk"), "u-2")?;
    let behind = ground.account(&visitor)?;
    visitor.forget_cookies()?;

    let mut accounts = Vec::new();
    for _ in 0..2 {
        visitor.goto(&ground.login("form=1"))?;
        visitor.click("a[href*='connector=dingtalk']")?;
        ground.agree_here(&visitor, "u-2")?;
        accounts.push(ground.account(&visitor)?);
        visitor.forget_cookies()?;
    }
    let alone = &accounts[0];
    assert_eq!(alone, &accounts[1], "the same account on return");
    assert_eq!(alone[3], "李四");
    assert!(alone[2].ends_with(".invalid"), "{alone:?}");
    assert_ne!(alone[0], behind[0], "another issuer, another account");
    let mut logins = [alone[1].as_str(), behind[1].as_str()];
    logins.sort_unstable();
    assert_eq!(logins, ["Li Si", "Li Si-2"], "readable and unique");
    assert!(!ground.site.mails().contains(".invalid"), "nothing is sent to an address that is none");
    assert_eq!(ground.site.complaints(), "");
    Ok(())
}

#[test]
fn only_members_of_the_organisations_in_the_settings_sign_in() -> Result<()> {
    let ground = ground();
    let both = [
        json!({ "corpId": "dingjiangnan0001", "name": "江南实业" }),
        json!({ "corpId": "dinghebei0002", "name": "河北书店" }),
    ];
    ground.visitors(&[
        json!({ "unionId": "u-3", "openId": "o-3", "nick": "王五", "organizations": both }),
        json!({ "unionId": "u-4", "openId": "o-4", "nick": "Ada", "organizations": [] }),
    ])?;
    let visitor = ground.world.browser("zh-CN")?;
    let choose = |union_id: &str, organization: &str| -> Result<()> {
        ground.agree(&visitor, &ground.start(), union_id)?;
        visitor.wait_for("input[name='organization']")?;
        visitor.click(&format!("input[value='{organization}']"))?;
        visitor.click("button.agree")
    };

    ground.organizations("dinghebei0002 dingxihu0003")?;
    choose("u-3", "dingjiangnan0001")?;
    refused(&visitor, 403, "dingtalk_organization")?;
    choose("u-4", "")?;
    refused(&visitor, 403, "dingtalk_organization")?;
    choose("u-3", "dinghebei0002")?;
    assert_eq!(ground.account(&visitor)?[3], "王五");
    visitor.forget_cookies()?;

    // With a single one there is nothing to choose, for nobody else either.
    ground.organizations("dinghebei0002")?;
    visitor.goto(&ground.start())?;
    visitor.wait_for("button.agree")?;
    assert_eq!(visitor.count("input[name='visitor']")?, 1);
    ground.agree_here(&visitor, "u-3")?;
    assert_eq!(ground.account(&visitor)?[3], "王五");

    ground.organizations("")
}

#[test]
fn a_user_adds_dingtalk_signs_in_with_it_and_removes_it_but_never_the_last_way() -> Result<()> {
    let ground = ground();
    ground.visitors(&[json!({ "unionId": "u-5", "openId": "o-5", "nick": "赵六", "organizations": [] })])?;
    ground
        .site
        .run_php("wp_insert_user(['user_login' => 'zhao', 'user_pass' => 'a right one', 'role' => 'author']);")?;
    let profile = format!("{}/wp-admin/profile.php", ground.site.url);
    let browser = ground.world.browser("en-US")?;
    browser.goto(&ground.login("form=1"))?;
    browser.fill("#user_login", "zhao")?;
    browser.fill("#user_pass", "a right one")?;
    browser.follow("#wp-submit")?;
    browser.goto(&profile)?;
    browser.fill("#logto-password", "a wrong one")?;
    browser.click_text("Add DingTalk")?;
    browser.wait_for_text("Nothing was changed")?;
    browser.fill("#logto-password", "a right one")?;
    browser.click_text("Add DingTalk")?;
    ground.agree_here(&browser, "u-5")?;
    browser.wait_for_text("You have one more way to sign in.")?;
    browser.forget_cookies()?;

    ground.agree(&browser, &ground.start(), "u-5")?;
    assert_eq!(ground.account(&browser)?[1], "zhao", "DingTalk leads to the account that it was added to");
    browser.goto(&profile)?;
    browser.fill("#logto-password", "a right one")?;
    browser.click("button[name='logto_remove']")?;
    browser.wait_for_text("This way to sign in was removed.")?;
    browser.forget_cookies()?;

    // The person is a stranger now and gets an account, whose only way in is DingTalk.
    ground.agree(&browser, &ground.start(), "u-5")?;
    assert_ne!(ground.account(&browser)?[1], "zhao");
    let before = ground.count()?;
    browser.goto(&profile)?;
    browser.click("button[name='logto_remove']")?;
    browser.wait_for_text("The last way to sign in cannot be removed.")?;
    assert_eq!(ground.count()?, before);
    assert_eq!(ground.site.complaints(), "");
    Ok(())
}

#[test]
fn an_answer_of_one_provider_is_nothing_at_the_others_callback() -> Result<()> {
    let ground = ground();
    let before = ground.count()?;
    let logto = format!("&iss={}/oidc", ground.logto.endpoint);
    for (start, own, other, issuer) in [
        ("connector=dingtalk", "logto_callback_dingtalk", "logto_callback", ""),
        ("direct_sign_in=social:dingtalk", "logto_callback", "logto_callback_dingtalk", &logto),
    ] {
        let browser = ground.world.browser("en-US")?;
        let state = ground.begin(&browser, start)?;
        for name in ["code", "authCode"] {
            browser.goto(&ground.login(&format!("action={other}&{name}=stolen&state={state}")))?;
            refused(&browser, 400, "state_unknown")?;
        }
        // The attempt is a real one: at its own callback, the provider is asked.
        browser.goto(&ground.login(&format!("action={own}&code=stolen&state={state}{issuer}")))?;
        refused(&browser, 400, "code_rejected")?;
    }
    assert_eq!(ground.count()?, before);
    Ok(())
}

/// A parameter of an address.
fn parameter(address: &str, name: &str) -> Result<String> {
    let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let found = query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
    Ok(found.with_context(|| format!("{address} has no {name}"))?.1.to_owned())
}

#[test]
fn every_refusal_of_dingtalk_has_its_page() -> Result<()> {
    const TOKEN: &str = "/v1.0/oauth2/userAccessToken";
    const ME: &str = "/v1.0/contact/users/me";
    let reply =
        |path: &str, status: u16, body: Value| json!({ "replies": { path: { "status": status, "body": body } } });
    let says = |path: &str, status: u16, code: &str| reply(path, status, json!({ "code": code, "message": TROUBLE }));
    let cases = [
        (json!({ "client_secret": "a new one" }), 502, "dingtalk_client_rejected"),
        (json!({ "released": false }), 502, "dingtalk_client_rejected"),
        (json!({ "permissions": ["Contact.User.mobile"] }), 502, "dingtalk_permission_missing"),
        (json!({ "visible_to": [] }), 403, "dingtalk_user_unknown"),
        (json!({ "token_life": 0 }), 502, "dingtalk_token_expired"),
        (says(TOKEN, 400, "invalidParameter.authCode.notFound"), 400, "code_rejected"),
        (says(TOKEN, 400, TROUBLE), 502, "dingtalk_error"),
        (says(TOKEN, 503, TROUBLE), 502, "provider_error"),
        (reply(TOKEN, 200, json!({ "errcode": 88, "errmsg": TROUBLE })), 502, "dingtalk_permission_missing"),
        (reply(TOKEN, 200, json!({ "accessToken": format!("{TROUBLE}\r\n") })), 502, "dingtalk_error"),
        (reply(ME, 200, json!({ "nick": TROUBLE, "openId": "o" })), 502, "dingtalk_subject"),
        (reply(ME, 200, json!([TROUBLE])), 502, "provider_answer"),
    ];
    let ground = ground();
    let usual = json!({ "client_secret": null, "released": true, "permissions": ["Contact.User.Read", "Contact.User.mobile"],
                        "visible_to": null, "token_life": 7200, "replies": {}, "callback_names": ["authCode"] });
    ground.visitors(&[json!({ "unionId": "u-6", "openId": "o-6", "nick": "周" })])?;
    let (browser, before) = (ground.world.browser("en-US")?, ground.count()?);
    for (behaviour, status, code) in cases {
        let log = ground.site.debug_log().len();
        ground.logto.control_dingtalk("behaviour", &behaviour)?;
        ground.agree(&browser, &ground.start(), "u-6")?;
        let judged = refused(&browser, status, code);
        ground.logto.control_dingtalk("behaviour", &usual)?;
        judged.with_context(|| behaviour.to_string())?;
        let told = ground.site.debug_log().split_off(log);
        ensure!(told.contains(&format!("[{code}]")), "the log does not say {code}: {told}");
        ensure!(!told.contains(ground.logto.dingtalk_client().1), "the log tells the secret: {told}");
    }

    browser.goto(&ground.start())?;
    browser.click("button.cancel")?;
    refused(&browser, 403, "access_denied")?;
    for callback in ["", "&error=%3Cscript%3Ealert(1)%3C/script%3E"] {
        browser.goto(&ground.login(&format!("action=logto_callback_dingtalk{callback}")))?;
        refused(&browser, 400, "state_missing")?;
    }
    assert_eq!(ground.count()?, before, "nobody got an account");

    // “Try again” is good for another try, whatever DingTalk calls the code.
    browser.goto(&ground.start())?;
    browser.click("button.cancel")?;
    browser.click_text("Try again")?;
    ground.logto.control_dingtalk("behaviour", &json!({ "callback_names": ["code"] }))?;
    ground.agree_here(&browser, "u-6")?;
    let account = ground.account(&browser);
    ground.logto.control_dingtalk("behaviour", &usual)?;
    assert_eq!(account?[3], "周");
    Ok(())
}

#[test]
fn the_app_gives_its_pages_codes_of_its_own() -> Result<()> {
    let ground = ground();
    let (union_id, corp_id) = ("u-7", "dingxihu0003");
    let who = json!({ "unionId": union_id, "openId": "o-7", "nick": "吴", "corpId": corp_id });
    ground.visitors(&[who])?;
    let (id, secret) = ground.logto.dingtalk_client();
    let post = |path: &str, body: &Value| -> Result<Value> {
        let answer =
            http::post(&format!("{}{path}", ground.logto.dingtalk()), "application/json", &body.to_string(), None)?;
        Ok(serde_json::from_str(&answer.body)?)
    };
    let token = post("/v1.0/oauth2/accessToken", &json!({ "appKey": id, "appSecret": secret }))?["accessToken"].take();
    let path = format!("/topapi/v2/user/getuserinfo?access_token={}", token.as_str().context("no token")?);
    let ask = |bridge: Bridge, function: &str, parameters: &Value| -> Result<Value> {
        let app = ground.world.webview("zh-CN", bridge, &ground.logto, union_id)?;
        app.goto(&ground.login("form=1"))?;
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
