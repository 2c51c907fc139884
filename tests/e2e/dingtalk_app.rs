//! Inside the DingTalk app: one world, shared by the tests here, which take turns.

#[path = "ground/dingtalk.rs"]
mod dingtalk;

use dingtalk::Ground;
use serde_json::json;
use std::sync::MutexGuard;
use std::time::Instant;
use world::browser::Browser;
use world::providers::DINGTALK_VISITOR;
use world::webview::{Bridge, Webview};
use world::{Context as _, Result, ensure, http};

fn ground() -> MutexGuard<'static, Ground> {
    dingtalk::shared(&json!({ "dingtalk_app_corp_id": DINGTALK_VISITOR.1 }))
}

impl Ground {
    fn webview(&self, bridge: Bridge) -> Result<Webview> {
        self.world.webview("zh-CN", bridge, &self.logto, DINGTALK_VISITOR.0)
    }

    /// Waits until the visitor is back on the site, and gives the `user_id` of the session.
    fn account(&self, browser: &Browser) -> Result<String> {
        browser.wait_for("#wp-admin-bar-my-account")?;
        ensure!(browser.url()? == format!("{}/", self.site.url), "not the page that was wanted: {}", browser.url()?);
        let cookies = browser.cookies()?;
        let session = cookies.iter().find(|cookie| cookie.name.starts_with("wordpress_logged_in"));
        let login = session.context("no session")?.value.split("%7C").next().unwrap_or_default().to_owned();
        self.site.run_php(&format!("echo get_user_by('login', rawurldecode('{login}'))->ID;"))
    }

    /// Goes the whole way inside the app, to the front page.
    fn sign_in(&self, bridge: Bridge) -> Result<String> {
        let app = self.webview(bridge)?;
        app.goto(&self.login(&format!("redirect_to={}/", self.site.url)))?;
        self.account(&app)
    }

    /// Opens the page without its script, as an app that is slow does, and gives its `state`.
    fn page(&self, app: &Browser) -> Result<String> {
        let headers = [("user-agent", agent(app)?)];
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = http::get(&self.login("action=logto"), &headers, None)?;
        self.adopt(app, &answer)?;
        let state = answer.body.split("data-state=\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(state.with_context(|| format!("no page of the app: {}", answer.body))?.to_owned())
    }

    /// Begins the browser's way and gives its `state`.
    fn browser_state(&self, app: &Browser) -> Result<String> {
        let answer = http::get(&self.login("action=logto&connector=dingtalk&in_app=0"), &[], None)?;
        self.adopt(app, &answer)?;
        let place = answer.header("location").context("no redirect")?;
        let state = place.split("state=").nth(1).and_then(|rest| rest.split('&').next());
        Ok(state.with_context(|| format!("no state in {place}"))?.to_owned())
    }

    /// Gives the browser the cookie of an attempt, under a page of the site.
    fn adopt(&self, app: &Browser, answer: &http::Answer) -> Result<()> {
        let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, cookie)| cookie);
        let attempt =
            cookies.filter_map(|cookie| cookie.split(';').next()).find(|pair| pair.starts_with("wordpress_logto_"));
        app.goto(&self.login("form=1"))?;
        app.execute(&format!("document.cookie = '{}; path=/wp-login.php'", attempt.context("no cookie")?))?;
        Ok(())
    }

    /// A code as the app gives it.
    fn app_code(&self) -> Result<String> {
        let wanted = json!({ "unionId": DINGTALK_VISITOR.0, "corpId": DINGTALK_VISITOR.1,
            "clientId": self.logto.dingtalk_client().0 });
        let url = format!("{}/webview/auth_code", self.logto.dingtalk());
        let body: serde_json::Value =
            serde_json::from_str(&http::post(&url, "application/json", &wanted.to_string(), None)?.body)?;
        Ok(body["code"].as_str().with_context(|| format!("no code: {body}"))?.to_owned())
    }

    /// Posts a form to the address of the app, as its page does.
    fn post(&self, app: &Browser, code: &str, state: &str) -> Result<()> {
        app.execute(&format!(
            "const form = document.createElement('form');
             form.method = 'post';
             form.action = '{}';
             for (const [name, value] of [['code', '{code}'], ['state', '{state}']]) {{
                 const field = document.createElement('input');
                 [field.name, field.value] = [name, value];
                 form.append(field);
             }}
             document.body.append(form);
             form.submit();",
            self.login("action=logto_callback_dingtalk_app")
        ))
        .map(drop)
    }
}

/// Waits for the page of a refusal; nobody is signed in.
fn refused(app: &Browser, code: &str) -> Result<()> {
    app.wait_until(&format!("the refusal {code}"), |app| {
        Ok((app.texts_of(".logto-code code")?.first().map(String::as_str) == Some(code)).then_some(()))
    })?;
    let session = app.cookies()?.into_iter().find(|cookie| cookie.name.starts_with("wordpress_logged_in"));
    ensure!(session.is_none(), "{code}: somebody is signed in");
    Ok(())
}

fn agent(app: &Browser) -> Result<String> {
    let agent = app.execute("return navigator.userAgent")?;
    Ok(agent.as_str().context("no user agent")?.to_owned())
}

#[test]
fn the_app_signs_in_without_another_page_and_so_does_an_old_one() -> Result<()> {
    let ground = ground();
    let account = ground.sign_in(Bridge::New)?;
    assert_eq!(ground.sign_in(Bridge::New)?, account, "the same account on return");
    assert_eq!(ground.sign_in(Bridge::Old)?, account, "an older app knows the older function alone");
    let name = ground.site.run_php(&format!("echo get_userdata({account})->display_name;"))?;
    assert_eq!(name, "李四");
    assert_eq!(ground.site.complaints(), "");
    Ok(())
}

#[test]
fn an_app_that_gives_no_code_goes_the_browsers_way_to_the_same_account() -> Result<()> {
    let ground = ground();
    let account = ground.sign_in(Bridge::New)?;
    let app = ground.webview(Bridge::None)?;
    let begun = Instant::now();
    app.goto(&ground.login(&format!("redirect_to={}/", ground.site.url)))?;
    app.wait_for("#logto-dingtalk-app[role='status']")?;
    assert_eq!(app.count(".logto-actions a[href*='in_app=0']")?, 1, "a way on for who does not want to wait");
    app.wait_for_url(ground.logto.dingtalk())?;
    assert!(begun.elapsed().as_secs() >= 7, "a slow app is given its time");
    app.click(&format!("input[value='{}']", DINGTALK_VISITOR.0))?;
    app.click("button.agree")?;
    assert_eq!(ground.account(&app)?, account, "one person, one account");

    // The visitor does not wait.
    let app = ground.webview(Bridge::None)?;
    app.goto(&ground.login("action=logto"))?;
    app.click(".logto-actions a")?;
    app.wait_for_url(ground.logto.dingtalk())?;
    assert_eq!(ground.site.complaints(), "");
    Ok(())
}

#[test]
fn an_organisation_that_the_app_does_not_know_goes_the_browsers_way() -> Result<()> {
    let ground = ground();
    let stored = |corp_id: &str| {
        ground.site.run_php(&format!(
            "update_option('logto_sign_in', ['dingtalk_app_corp_id' => '{corp_id}'] + get_option('logto_sign_in'));"
        ))
    };
    stored("dingnowhere0009")?;
    let app = ground.webview(Bridge::New)?;
    let gone = app.goto(&ground.login("action=logto")).and_then(|()| app.wait_for_url(ground.logto.dingtalk()));
    stored(DINGTALK_VISITOR.1)?;
    gone
}

#[test]
fn codes_and_states_that_are_not_this_attempts_sign_nobody_in() -> Result<()> {
    let ground = ground();
    let app = ground.webview(Bridge::None)?;
    let state = ground.page(&app)?;
    ground.post(&app, &ground.app_code()?, "invented")?;
    refused(&app, "state_unknown")?;

    // A code of the browser's way, with a state of the app's.
    let browser = ground.world.browser("zh-CN")?;
    browser.goto(&format!(
        "{}/oauth2/auth?client_id={}&redirect_uri={}&response_type=code&scope=openid&prompt=consent&state=mine",
        ground.logto.dingtalk(),
        ground.logto.dingtalk_client().0,
        ground.login("action=logto_callback_dingtalk").replace(':', "%3A").replace('=', "%3D").replace('?', "%3F"),
    ))?;
    browser.click(&format!("input[value='{}']", DINGTALK_VISITOR.0))?;
    browser.click("button.agree")?;
    browser.wait_for_url(&ground.login("action=logto_callback_dingtalk&"))?;
    let place = browser.url()?;
    let code = place.split("authCode=").nth(1).and_then(|rest| rest.split('&').next()).context("no code")?;
    ground.post(&app, code, &state)?;
    refused(&app, "code_rejected")?;

    // And the reverse: a state of the browser's way, with a code of the app's.
    let other = ground.browser_state(&app)?;
    ground.post(&app, &ground.app_code()?, &other)?;
    refused(&app, "state_unknown")?;
    app.goto(&ground.login(&format!("action=logto_callback_dingtalk&authCode={}&state={other}", ground.app_code()?)))?;
    refused(&app, "code_rejected")?;

    // What signed somebody in once does so no more, not even with a fresh code and the cookie of then.
    let state = ground.page(&app)?;
    let cookie =
        app.execute("return document.cookie.split('; ').find((pair) => pair.startsWith('wordpress_logto_'))")?;
    ground.post(&app, &ground.app_code()?, &state)?;
    app.wait_for("#wpadminbar, body.wp-admin")?;
    app.forget_cookies()?;
    app.goto(&ground.login("form=1"))?;
    let cookie = cookie.as_str().context("the attempt left no cookie")?;
    app.execute(&format!("document.cookie = '{cookie}; path=/wp-login.php'"))?;
    ground.post(&app, &ground.app_code()?, &state)?;
    refused(&app, "state_used")?;
    assert_eq!(ground.site.complaints(), "");
    Ok(())
}
