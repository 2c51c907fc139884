//! Every page of the plugin under the rules for accessibility.

use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use std::sync::Arc;
use world::browser::Browser;
use world::pages::Page;
use world::wordpress::{Options, Site};
use world::{Result, accessibility, bail, demo, pages};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Alone(fixture);
        pages_meet_wcag_2_2_aa_in_english,
        pages_meet_wcag_2_2_aa_in_chinese,
        pages_meet_wcag_2_2_aa_from_right_to_left,
    ]
}

fn pages_meet_wcag_2_2_aa_in_english(fixture: &Fixture) -> Result<()> {
    pages_are_accessible(fixture, "", "en-US", |browser, site| {
        browser.goto(&format!("{}/wp-admin/admin.php?page=logto-sign-in", site.url))?;
        assert!(keys_to_save(browser)? <= 5, "from the secret to “Save Changes”");
        browser.fill("#logto-endpoint", "http://tenant.example")?;
        browser.wait_for("#logto-endpoint[aria-invalid='true']")?;
        assert!(browser.text_of("#logto-endpoint-problem")?.starts_with("The endpoint must begin with https://"));
        browser.fill("#logto-endpoint", "https://tenant.example")?;
        browser.wait_for("#logto-endpoint:not([aria-invalid])")
    })
}

fn pages_meet_wcag_2_2_aa_in_chinese(fixture: &Fixture) -> Result<()> {
    pages_are_accessible(fixture, "zh_CN", "zh-CN", |browser, site| {
        browser.goto(&format!("{}/wp-admin/profile.php", site.url))?;
        assert_eq!(browser.text_of("#logto-ways")?, "登录方式");
        Ok(())
    })
}

/// As in Hebrew.
fn pages_meet_wcag_2_2_aa_from_right_to_left(fixture: &Fixture) -> Result<()> {
    pages_are_accessible(fixture, RIGHT_TO_LEFT, "he-IL", |browser, _| {
        assert_eq!(browser.execute("return document.dir + document.documentElement.lang")?, "rtlhe-IL");
        Ok(())
    })
}

/// In the place of a language of WordPress's.
const RIGHT_TO_LEFT: &str = "rtl";

/// Two screens of the wide window.
const MAX_HEIGHT: u64 = 2000;

fn pages_are_accessible(
    fixture: &Fixture,
    language: &'static str,
    browser: &str,
    at_the_end: impl FnOnce(&Browser, &Site) -> Result<()>,
) -> Result<()> {
    let world = fixture.world()?;
    let is_mirrored = language == RIGHT_TO_LEFT;
    let options = Options { language: if is_mirrored { "" } else { language }, ..Options::default() };
    let furnished = |options: &Options| pages::furnished(world, &fixture.package()?.zip, options, is_mirrored);
    let browser = world.browser(browser)?;

    let network = furnished(&Options { network: true, ..options.clone() })?;
    demo::log_in(&browser, &network)?;
    pages::OF_A_NETWORK.iter().try_for_each(|page| is_accessible(&browser, &network, page))?;
    assert_eq!(network.complaints(), "");
    drop(network);
    browser.forget_cookies()?;

    let site = furnished(&options)?;
    pages::OF_VISITORS.iter().try_for_each(|page| is_accessible(&browser, &site, page))?;
    demo::log_in(&browser, &site)?;
    pages::OF_ADMINISTRATORS.iter().try_for_each(|page| is_accessible(&browser, &site, page))?;
    at_the_end(&browser, &site)?;
    assert_eq!(site.complaints(), "");
    Ok(())
}

fn is_accessible(browser: &Browser, site: &Site, page: &Page) -> Result<()> {
    page.open(browser, site)?;
    accessibility::check(browser, page.within)?;
    if page.name.starts_with("settings-") {
        let height = browser.execute("return document.querySelector('.logto-page').offsetHeight")?;
        assert!(height.as_u64() <= Some(MAX_HEIGHT), "{} is {height} pixels high", page.name);
    }
    Ok(())
}

/// How often somebody presses Tab between the field with the secret and the button that saves it.
fn keys_to_save(browser: &Browser) -> Result<usize> {
    browser.execute("document.getElementById('logto-app_secret').focus()")?;
    for keys in 1..=20 {
        if browser.press_tab()? == "submit" {
            return Ok(keys);
        }
    }
    bail!("the keyboard does not lead to “Save Changes”")
}
