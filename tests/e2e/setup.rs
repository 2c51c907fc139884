//! From the zip on disk to the first visitor who signs in, as an administrator does it: with how many actions, and how fast.

use crate::fixture::tenant::session_login;
use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Instant;
use world::browser::Browser;
use world::providers::Logto;
use world::wordpress::{Options, Site};
use world::{Context as _, Result, accessibility, demo, ensure, paths};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Alone(fixture);
        first_dingtalk_visitor_after_twelve_actions,
        first_dingtalk_visitor_through_logto_after_sixteen_actions,
    ]
}

/// Somebody else at DingTalk than the administrator.
const VISITOR: &str = "u-wangwu-0003";

/// At DingTalk: create the application, enter the redirect URL, request the permissions, and release the first version.
fn first_dingtalk_visitor_after_twelve_actions(fixture: &Fixture) -> Result<()> {
    let options = Options { language: "zh_CN", ..Options::default() };
    let story = Story::begin(fixture, "setup-dingtalk", &options, "zh-CN")?;
    story.install(fixture)?;

    let redirect_url = story.address("#logto-dingtalk-redirect")?;
    story.acts(4, |_| story.logto.register_at_dingtalk(&[&redirect_url]))?;
    let (client_id, client_secret) = story.logto.dingtalk_client();
    story.acts(1, |admin| admin.fill("#logto-dingtalk_client_id", client_id))?;
    story.acts(1, |admin| admin.fill("#logto-dingtalk_client_secret", client_secret))?;
    story.acts(1, |admin| admin.click(&test_button("dingtalk")))?;
    story.admin.enter_new_window()?;
    story.agree()?;
    story.finish(12, false)
}

/// At Logto: create the application, enter two addresses, and save.
fn first_dingtalk_visitor_through_logto_after_sixteen_actions(fixture: &Fixture) -> Result<()> {
    let story = Story::begin(fixture, "setup-logto", &Options::default(), "en-US")?;
    story.install(fixture)?;

    let addresses = (story.address("#logto-redirect-uri")?, story.address("#logto-post-sign-out")?);
    story.acts(4, |_| story.logto.register(&addresses.0, &addresses.1))?;
    story.acts(1, |admin| admin.fill("#logto-endpoint", &story.logto.endpoint))?;
    story.acts(1, |admin| admin.fill("#logto-app_id", &story.logto.app_id))?;
    story.acts(1, |admin| admin.fill("#logto-app_secret", &story.logto.app_secret))?;
    story.acts(1, |admin| admin.click(&test_button("logto")))?;
    story.admin.enter_new_window()?;
    story.admin.wait_for_url(&story.logto.endpoint)?;
    story.acts(1, |admin| admin.click_text("Continue with DingTalk"))?;
    story.agree()?;
    story.finish(16, true)
}

fn test_button(provider: &str) -> String {
    format!("#logto-card-{provider} ~ form button[formtarget='_blank']")
}

/// An administrator who has just logged in to a new site.
struct Story {
    // The site ends before the providers.
    site: Site,
    logto: Logto,
    admin: Browser,
    visitor: Browser,
    name: String,
    actions: Cell<u32>,
    began: Instant,
}

impl Story {
    fn begin(fixture: &Fixture, name: &str, options: &Options, language: &str) -> Result<Self> {
        let world = fixture.world()?;
        let (site, logto) = (world.site(options)?, world.logto()?);
        site.lead_dingtalk_to(logto.dingtalk())?;
        let (admin, visitor) = (world.browser(language)?, world.browser(language)?);
        demo::log_in(&admin, &site)?;
        let (name, actions, began) = (name.to_owned(), Cell::new(0), Instant::now());
        Ok(Self { site, logto, admin, visitor, name, actions, began })
    }

    /// Does something that takes the administrator so many actions: a click, or a value that is pasted.
    fn acts(&self, actions: u32, work: impl FnOnce(&Browser) -> Result<()>) -> Result<()> {
        self.actions.set(self.actions.get() + actions);
        work(&self.admin)
    }

    /// Installs the zip on the page of plugins, and lands on the set-up page.
    fn install(&self, fixture: &Fixture) -> Result<()> {
        self.admin.goto(&format!("{}/wp-admin/plugin-install.php?tab=upload", self.site.url))?;
        self.acts(1, |admin| admin.choose_file("#pluginzip", &fixture.package()?.zip))?;
        self.acts(1, |admin| admin.follow("#install-plugin-submit"))?;
        self.acts(1, |admin| admin.click("a.button-primary[href*='action=activate']"))?;
        self.admin.wait_for(".logto-setup")?;
        self.look("page", "#wpbody-content")
    }

    /// An address that the set-up page shows.
    fn address(&self, css: &str) -> Result<String> {
        self.admin.property(css, "value")?.context("the set-up page names no address")
    }

    /// Agrees at DingTalk, in the window that is there.
    fn agree(&self) -> Result<()> {
        self.admin.wait_for_url(self.logto.dingtalk())?;
        self.acts(1, |admin| admin.click("button.agree"))
    }

    /// Reads the report, connects the account, and lets visitors in: the first one signs in.
    fn finish(&self, most: u32, through_logto: bool) -> Result<()> {
        self.admin.wait_for(".logto-report .logto-told")?;
        self.look("report", "html")?;
        ensure!(self.admin.text()?.contains("李四"), "the report shows what the provider says");
        self.acts(1, |admin| admin.click("button[value='connect_and_turn_on']"))?;
        self.admin.wait_for("#logto-turn-on")?;
        self.look("turned-on", "#wpbody-content")?;
        let actions = self.actions.get();

        self.visitor.goto(&format!("{}/wp-login.php", self.site.url))?;
        if through_logto {
            self.visitor.wait_for_url(&self.logto.endpoint)?;
            self.visitor.click_text("Continue with DingTalk")?;
        }
        self.visitor.wait_for_url(self.logto.dingtalk())?;
        self.visitor.click(&format!("input[value='{VISITOR}']"))?;
        self.visitor.click("button.agree")?;
        self.visitor.wait_for_url(&self.site.url)?;
        self.visitor.wait_for("#wpadminbar")?;
        println!("{}: {actions} actions, {} s", self.name, self.began.elapsed().as_secs());

        ensure!(actions <= most, "{actions} actions instead of {most}");
        let connected = self.site.run_php("echo count(LogtoSignIn\\Accounts\\Identities::of_user(1));")?;
        ensure!(connected == "1", "the administrator has {connected} identities");
        ensure!(session_login(&self.visitor)? != "admin", "the visitor is somebody else");
        ensure!(self.site.complaints().is_empty(), "{}", self.site.complaints());
        Ok(())
    }

    /// Has the page looked at, wide and narrow, by a program and by people.
    fn look(&self, page: &str, within: &str) -> Result<()> {
        accessibility::check(&self.admin, within)?;
        for (width, height) in [(320, 1400), (1280, 1400)] {
            self.admin.resize(width, height)?;
            self.admin.screenshot(&paths::target().join(format!("shots/{}-{page}-{width}.png", self.name)))?;
        }
        Ok(())
    }
}
