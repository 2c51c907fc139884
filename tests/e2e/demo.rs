//! A whole sign-in: an administrator sets the plugin up in a browser, and a visitor signs in and out in another.

use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use std::sync::Arc;
use world::browser::Browser;
use world::demo::{self, Demo};
use world::wordpress::Options;
use world::{Result, ensure};

pub fn trials(demo: &Shared<DemoSite>) -> Vec<Trial> {
    trials![demo;
        administrator_installs_and_configures_the_plugin,
        visitor_signs_in_through_dingtalk_and_out_twice,
        fault_r2_who_comes_back_after_a_new_installation_signs_in,
    ]
}

/// The site of `cargo demo`, and its providers.
pub struct DemoSite {
    /// Both.
    pub demo: Demo,
    fixture: Arc<Fixture>,
}

impl DemoSite {
    /// An administrator uploads, activates and sets up the plugin.
    pub fn prepare(fixture: &Arc<Fixture>) -> Result<Self> {
        let demo = Demo::prepare(fixture.world()?, &Options::default(), fixture.package()?)?;
        Ok(Self { demo, fixture: Arc::clone(fixture) })
    }

    /// Opens a browser.
    pub fn browser(&self) -> Result<Browser> {
        self.fixture.world()?.browser("en-US")
    }
}

fn administrator_installs_and_configures_the_plugin(DemoSite { demo, .. }: &DemoSite) -> Result<()> {
    assert_eq!(
        demo.site.run_php("echo implode(',', get_option('active_plugins'));")?,
        "logto-sign-in/logto-sign-in.php"
    );
    assert_eq!(demo.site.run_php("echo get_option('logto_sign_in')['app_id'];")?, demo.logto.app_id);
    Ok(())
}

fn visitor_signs_in_through_dingtalk_and_out_twice(site: &DemoSite) -> Result<()> {
    let demo = &site.demo;
    let visitor = site.browser()?;
    demo.visit(&visitor)?;
    let users = || demo.site.run_php("echo count_users()['total_users'];");
    assert_eq!(users()?, "2", "the administrator and the visitor");

    demo.visit(&visitor)?;
    assert_eq!(users()?, "2", "the second sign-in finds the same account");
    assert_eq!(demo.site.complaints(), "");
    Ok(())
}

/// Deleting the plugin removes a table, and installing it again did not create it: every sign-in ended with "already used".
fn fault_r2_who_comes_back_after_a_new_installation_signs_in(site: &DemoSite) -> Result<()> {
    let demo = &site.demo;
    let visitor = site.browser()?;
    let account = || demo.site.run_sql("SELECT user_id FROM wp_logto_identities");
    demo.visit(&visitor)?;
    let before = account()?;

    let admin = site.browser()?;
    demo::log_in(&admin, &demo.site)?;
    demo::delete(&admin, &demo.site)?;
    ensure!(!demo.site.folder.join("wp-content/plugins/logto-sign-in").exists(), "the plugin's files are there");
    demo::upload(&admin, &demo.site, site.fixture.package()?)?;
    demo::activate(&admin)?;
    demo::configure(&admin, &demo.site, &demo.logto)?;
    demo::configure_dingtalk(&admin, &demo.logto)?;

    demo.visit(&visitor)?;
    assert_eq!(account()?, before, "the account is the same");
    assert_eq!(demo.site.complaints(), "");
    Ok(())
}
