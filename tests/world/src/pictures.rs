//! The pictures of the README, taken of a real site.

use crate::browser::Browser;
use crate::demo::{self, Demo};
use crate::devtools::Devtools;
use crate::progress::{say, step};
use crate::wordpress::Options;
use crate::world::World;
use crate::{Context, Result, package, paths};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::fs;

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
    let taken = page.call("Page.captureScreenshot", &json!({ "clip": area, "captureBeyondViewport": true }))?;
    let bytes = BASE64_STANDARD.decode(taken["data"].as_str().context("no picture")?)?;
    let file = paths::root().join(format!(".github/pictures/{name}.png"));
    fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
