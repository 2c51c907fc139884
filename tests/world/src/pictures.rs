//! Pictures of a real site: those of the README, and all pages of the plugin, to be looked at.

use crate::browser::Browser;
use crate::demo::{self, Demo};
use crate::devtools::Devtools;
use crate::pages::Page;
use crate::progress::{say, step};
use crate::wordpress::{Options, Site};
use crate::world::World;
use crate::{Context, Result, package, pages, paths};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Space around what a picture shows, in CSS pixels.
const MARGIN: f64 = 16.0;

/// Takes every picture anew, into `.github/pictures`.
pub fn take() -> Result<()> {
    let package = package::build()?;
    let world = World::start()?;
    let demo = Demo::prepare(&world, &Options::default(), &package)?;
    let names = Names { site: demo.site.url.clone(), logto: demo.logto.endpoint.clone() };
    let admin = world.browser("en-US")?;
    step("The settings page", || {
        demo::log_in(&admin, &demo.site)?;
        admin.goto(&format!("{}/wp-admin/admin.php?page=logto-sign-in", demo.site.url))?;
        names.put(&admin)?;
        picture(&admin, "settings-logto", ".wrap", &top_of(".nav-tab-wrapper"), &bottom_of(".logto-disconnect"))?;
        admin.follow(".nav-tab[href*='tab=dingtalk']")?;
        names.put(&admin)?;
        picture(&admin, "settings-dingtalk", ".wrap", &top_of(".nav-tab-wrapper"), &bottom_of("#submit"))
    })?;
    step("The set-up page", || {
        admin.goto(&format!("{}/wp-admin/admin.php?page=logto-sign-in-setup", demo.site.url))?;
        names.put(&admin)?;
        picture(&admin, "set-up", ".logto-cards", &top_of(".logto-setup h1"), &bottom_of(".logto-cards"))
    })?;
    let visitor = world.browser("en-US")?;
    step("The pages that a visitor sees", || {
        visitor.goto(&format!("{}/wp-login.php?form=1", demo.site.url))?;
        // WordPress puts the cursor into the form a moment later.
        visitor.wait_until("the cursor", |visitor| {
            let there = visitor.execute("return document.activeElement.id === 'user_login'")?;
            Ok((there == Value::Bool(true)).then_some(()))
        })?;
        picture(&visitor, "login", "#login", &top_of(".wp-login-logo"), &bottom_of("#loginform"))?;
        visitor.click_text("Continue with Logto")?;
        visitor.wait_for_text("Continue with DingTalk")?;
        picture(&visitor, "sign-in", "main", &top_of("main"), &bottom_of("main"))?;
        visitor.click_text("Continue with DingTalk")?;
        visitor.wait_for("button.agree")?;
        visitor.click_text("English")?;
        visitor.wait_for_text("Agree and sign in")?;
        picture(&visitor, "dingtalk", "main", &top_of("header"), &bottom_of("main"))
    })?;
    say("The pictures are in .github/pictures");
    Ok(())
}

/// The languages in which every page is taken: WordPress's name, the browser's, and whether it runs from right to left.
const LANGUAGES: [(&str, &str, bool); 3] = [("", "en-US", false), ("zh_CN", "zh-CN", false), ("", "he-IL", true)];

/// Widths of the windows, in CSS pixels.
const WIDTHS: [u32; 2] = [1280, 320];

/// Takes every page of the plugin in each language and width, from top to bottom, into `target/shots`.
pub fn take_all() -> Result<()> {
    let package = package::build()?;
    let world = World::start()?;
    for (language, accepts, is_mirrored) in LANGUAGES {
        let options = Options { language, ..Options::default() };
        let site = pages::furnished(&world, &package.zip, &options, is_mirrored)?;
        let network = Options { network: true, ..options };
        let network = pages::furnished(&world, &package.zip, &network, is_mirrored)?;
        let browser = world.browser(accepts)?;
        step(&format!("The pages in {accepts}"), || {
            take_each(&browser, &site, accepts, pages::OF_VISITORS, pages::OF_ADMINISTRATORS)?;
            take_each(&browser, &network, accepts, &[], pages::OF_A_NETWORK)
        })?;
    }
    say("The pictures are in target/shots");
    Ok(())
}

/// Takes the pages that a visitor sees, and then an administrator.
fn take_each(browser: &Browser, site: &Site, language: &str, before: &[Page], after: &[Page]) -> Result<()> {
    let take = |page: &Page| {
        page.open(browser, site)?;
        WIDTHS
            .into_iter()
            .try_for_each(|width| whole_page(browser, width, &format!("{}-{language}-{width}", page.name)))
    };
    before.iter().try_for_each(take)?;
    demo::log_in(browser, site)?;
    after.iter().try_for_each(take)
}

/// A picture of all of a page in a window of this width, without scroll bars: a telephone has none.
fn whole_page(browser: &Browser, width: u32, name: &str) -> Result<()> {
    browser.resize(width, 1000)?;
    let mut page = Devtools::attach(&browser.debugger()?)?;
    page.call("Emulation.setScrollbarsHidden", &json!({ "hidden": true }))?;
    let height = browser.execute("scrollTo(0, 0); return document.documentElement.scrollHeight")?;
    // A window as high as the page. Of an area beyond the window, Chromium takes another part from right to left.
    let window = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    page.call("Emulation.setDeviceMetricsOverride", &window)?;
    let folder = paths::target().join("shots");
    fs::create_dir_all(&folder)?;
    capture(&mut page, &json!({}), &folder.join(format!("{name}.png")))?;
    page.call("Emulation.clearDeviceMetricsOverride", &json!({})).map(drop)
}

/// A picture as the parameters of `Page.captureScreenshot` ask for it.
fn capture(page: &mut Devtools, asked: &Value, file: &Path) -> Result<()> {
    let taken = page.call("Page.captureScreenshot", asked)?;
    let bytes = BASE64_STANDARD.decode(taken["data"].as_str().context("no picture")?)?;
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

/// This machine's addresses, which would say nothing to a reader.
struct Names {
    site: String,
    logto: String,
}

impl Names {
    /// Puts the addresses of examples into the fields of a page.
    fn put(&self, browser: &Browser) -> Result<()> {
        let Self { site, logto } = self;
        browser
            .execute(&format!(
                "for (const field of document.querySelectorAll('input')) {{
                     field.value = field.value.replace('{site}', 'https://www.example.com')
                         .replace('{logto}', 'https://example.logto.app');
                 }}"
            ))
            .map(drop)
    }
}

/// A script for where an element begins.
fn top_of(css: &str) -> String {
    format!("document.querySelector('{css}').getBoundingClientRect().top")
}

/// A script for where an element and the space around it end.
fn bottom_of(css: &str) -> String {
    format!("document.querySelector('{css}').getBoundingClientRect().bottom + 2 * {MARGIN}")
}

/// A picture as broad as an element, from where the first of two scripts says to where the second does.
fn picture(browser: &Browser, name: &str, css: &str, from: &str, to: &str) -> Result<()> {
    let area = browser.execute(&format!(
        "document.activeElement.blur();
         const [from, to] = [{from}, {to}];
         const box = document.querySelector('{css}').getBoundingClientRect();
         return {{ x: box.left - {MARGIN}, y: scrollY + from - {MARGIN}, width: box.width + 2 * {MARGIN},
                  height: to - from, scale: 1 }};"
    ))?;
    let mut page = Devtools::attach(&browser.debugger()?)?;
    let asked = json!({ "clip": area, "captureBeyondViewport": true });
    capture(&mut page, &asked, &paths::root().join(format!(".github/pictures/{name}.png")))
}
