//! A whole sign-in: an administrator sets the plugin up in a browser, and a visitor signs in and out in another.

use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use std::sync::Arc;
use world::Result;
use world::browser::Browser;
use world::demo::Demo;
use world::wordpress::Options;

pub fn trials(demo: &Shared<DemoSite>) -> Vec<Trial> {
    trials![demo;
        administrator_installs_and_configures_the_plugin,
        visitor_signs_in_through_dingtalk_and_out_twice,
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
