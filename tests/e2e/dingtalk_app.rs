//! Inside the DingTalk app, which tells its pages who the visitor is.

use crate::fixture::tenant::{TenantSite, ensure_no_session, parameter, session_login};
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use world::browser::Browser;
use world::providers::DINGTALK_VISITOR;
use world::webview::{Bridge, Webview};
use world::{Context as _, Result, ensure, http};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, AppSite::prepare);
        new_and_old_apps_sign_in_without_another_page,
        app_without_a_code_falls_back_to_the_browser_and_the_same_account,
        unknown_organization_falls_back_to_the_browser,
        foreign_and_used_codes_and_states_are_refused,
    ]
}

/// A site that visitors open inside the app.
struct AppSite(TenantSite);

impl AppSite {
    fn prepare(fixture: &Arc<Fixture>) -> Result<Self> {
        let tenant = TenantSite::prepare(fixture)?;
        tenant.set(&json!({ "dingtalk_app_corp_id": DINGTALK_VISITOR.1 }))?;
        Ok(Self(tenant))
    }

    fn webview(&self, bridge: Bridge) -> Result<Webview> {
        self.0.webview(bridge, DINGTALK_VISITOR.0)
    }

    /// Waits until the visitor is back on the site, and gives the `user_id` of the session.
    fn account(&self, browser: &Browser) -> Result<String> {
        let Self(tenant) = self;
        browser.wait_for("#wp-admin-bar-my-account")?;
        ensure!(browser.url()? == format!("{}/", tenant.site.url), "not the page that was wanted: {}", browser.url()?);
        let login = session_login(browser)?;
        tenant.site.run_php(&format!("echo get_user_by('login', rawurldecode('{login}'))->ID;"))
    }

    /// Goes the whole way inside the app, to the front page.
    fn sign_in(&self, bridge: Bridge) -> Result<String> {
        let app = self.webview(bridge)?;
        app.goto(&self.0.login(&format!("redirect_to={}/", self.0.site.url)))?;
        self.account(&app)
    }

    /// Opens the page of the app without its script, as an app that is slow does, and gives its `state`.
    fn begin_in_the_app(&self, app: &Browser) -> Result<String> {
        let agent = app.execute("return navigator.userAgent")?;
        let agent = agent.as_str().context("no user agent")?;
        let page = self.0.begin(app, "action=logto", &[("user-agent", agent)])?.body;
        let state = page.split("data-state=\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(state.with_context(|| format!("no page of the app: {page}"))?.to_owned())
    }

    /// Begins the flow of a browser and gives its `state`.
    fn begin_in_the_browser(&self, app: &Browser) -> Result<String> {
        let begun = self.0.begin(app, "action=logto&provider=dingtalk&dingtalk_app=0", &[])?;
        parameter(begun.header("location").context("no redirect")?, "state")
    }

    /// A code as the app gives it.
    fn app_code(&self) -> Result<String> {
        let wanted = json!({ "unionId": DINGTALK_VISITOR.0, "corpId": DINGTALK_VISITOR.1,
            "clientId": self.0.logto.dingtalk_client().0 });
        let url = format!("{}/webview/auth_code", self.0.logto.dingtalk());
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
            self.0.login("action=logto_callback_dingtalk_app")
        ))
        .map(drop)
    }
}

/// Waits for the page of a refusal; nobody is signed in.
fn refused(app: &Browser, code: &str) -> Result<()> {
    app.wait_until(&format!("the refusal {code}"), |app| {
        Ok((app.texts_of(".logto-code code")?.first().map(String::as_str) == Some(code)).then_some(()))
    })?;
    ensure_no_session(app).context(code.to_owned())
}

fn new_and_old_apps_sign_in_without_another_page(site: &AppSite) -> Result<()> {
    let account = site.sign_in(Bridge::New)?;
    assert_eq!(site.sign_in(Bridge::New)?, account, "the same account on return");
    assert_eq!(site.sign_in(Bridge::Old)?, account, "an older app knows the older function alone");
    let name = site.0.site.run_php(&format!("echo get_userdata({account})->display_name;"))?;
    assert_eq!(name, "李四（销售部）", "the app knows the name in the organization alone");
    assert_eq!(site.0.site.complaints(), "");
    Ok(())
}

fn app_without_a_code_falls_back_to_the_browser_and_the_same_account(site: &AppSite) -> Result<()> {
    let account = site.sign_in(Bridge::New)?;
    let app = site.webview(Bridge::None)?;
    let begun = Instant::now();
    app.goto(&site.0.login(&format!("redirect_to={}/", site.0.site.url)))?;
    app.wait_for("#logto-dingtalk-app[role='status']")?;
    assert_eq!(app.count(".logto-actions a[href*='dingtalk_app=0']")?, 1, "a way on for who does not want to wait");
    app.wait_for_url(site.0.logto.dingtalk())?;
    assert!(begun.elapsed().as_secs() >= 7, "a slow app is given its time");
    app.click(&format!("input[value='{}']", DINGTALK_VISITOR.0))?;
    app.click("button.agree")?;
    assert_eq!(site.account(&app)?, account, "one person, one account");

    // The visitor does not wait.
    let app = site.webview(Bridge::None)?;
    app.goto(&site.0.login("action=logto"))?;
    app.click(".logto-actions a")?;
    app.wait_for_url(site.0.logto.dingtalk())?;
    assert_eq!(site.0.site.complaints(), "");
    Ok(())
}

fn unknown_organization_falls_back_to_the_browser(site: &AppSite) -> Result<()> {
    let stored = |corp_id: &str| {
        site.0.site.run_php(&format!(
            "update_option('logto_sign_in', ['dingtalk_app_corp_id' => '{corp_id}'] + get_option('logto_sign_in'));"
        ))
    };
    stored("dingnowhere0009")?;
    let app = site.webview(Bridge::New)?;
    let gone = app.goto(&site.0.login("action=logto")).and_then(|()| app.wait_for_url(site.0.logto.dingtalk()));
    stored(DINGTALK_VISITOR.1)?;
    gone
}

fn foreign_and_used_codes_and_states_are_refused(site: &AppSite) -> Result<()> {
    let app = site.webview(Bridge::None)?;
    let state = site.begin_in_the_app(&app)?;
    site.post(&app, &site.app_code()?, "invented")?;
    refused(&app, "state_unknown")?;

    // A code of the browser's way, with a state of the app's.
    let browser = site.0.browser("zh-CN")?;
    browser.goto(&format!(
        "{}/oauth2/auth?client_id={}&redirect_uri={}&response_type=code&scope=openid&prompt=consent&state=mine",
        site.0.logto.dingtalk(),
        site.0.logto.dingtalk_client().0,
        site.0.login("action=logto_callback_dingtalk").replace(':', "%3A").replace('=', "%3D").replace('?', "%3F"),
    ))?;
    browser.click(&format!("input[value='{}']", DINGTALK_VISITOR.0))?;
    browser.click("button.agree")?;
    browser.wait_for_url(&site.0.login("action=logto_callback_dingtalk&"))?;
    let place = browser.url()?;
    let code = place.split("authCode=").nth(1).and_then(|rest| rest.split('&').next()).context("no code")?;
    site.post(&app, code, &state)?;
    refused(&app, "code_rejected")?;

    // And the reverse: a state of the browser's way, with a code of the app's.
    let other = site.begin_in_the_browser(&app)?;
    site.post(&app, &site.app_code()?, &other)?;
    refused(&app, "state_unknown")?;
    app.goto(&site.0.login(&format!("action=logto_callback_dingtalk&authCode={}&state={other}", site.app_code()?)))?;
    refused(&app, "code_rejected")?;

    // What signed somebody in once does so no more, not even with a fresh code and the cookie of then.
    let state = site.begin_in_the_app(&app)?;
    let cookie =
        app.execute("return document.cookie.split('; ').find((pair) => pair.startsWith('wordpress_logto_'))")?;
    site.post(&app, &site.app_code()?, &state)?;
    app.wait_for("#wpadminbar, body.wp-admin")?;
    app.forget_cookies()?;
    app.goto(&site.0.login("form=1"))?;
    let cookie = cookie.as_str().context("the attempt left no cookie")?;
    app.execute(&format!("document.cookie = '{cookie}; path=/wp-login.php'"))?;
    site.post(&app, &site.app_code()?, &state)?;
    refused(&app, "state_used")?;
    assert_eq!(site.0.site.complaints(), "");
    Ok(())
}
