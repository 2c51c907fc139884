//! Silent sign-in: a page signs in who is known to the provider and to the browser, and shows everybody else nothing.

use crate::demo::DemoSite;
use crate::fixture::{Shared, trials};
use libtest_mimic::Trial;
use world::demo;
use world::{Result, http};

pub fn trials(demo: &Shared<DemoSite>) -> Vec<Trial> {
    trials![demo; a_page_signs_in_who_was_here_before]
}

fn a_page_signs_in_who_was_here_before(site: &DemoSite) -> Result<()> {
    let demo = &site.demo;
    let admin = site.browser()?;
    demo::log_in(&admin, &demo.site)?;
    admin.goto(&format!("{}/wp-admin/admin.php?page=logto-sign-in&tab=login", demo.site.url))?;
    admin.click("#logto-silent_sign_in")?;
    admin.follow("#submit")?;
    admin.wait_for_text("Settings saved")?;
    let page = format!("{}/", demo.site.url);
    assert!(http::get(&page, &[], None)?.body.contains("assets/silent.js"));

    let visitor = site.browser()?;
    demo.sign_in(&visitor)?;
    demo.site
        .run_php("foreach (get_users() as $user) { WP_Session_Tokens::get_instance($user->ID)->destroy_all(); }")?;
    visitor.goto(&page)?;
    visitor.wait_for("#wp-admin-bar-my-account")?;
    assert!(visitor.url()?.starts_with(&demo.site.url), "{}", visitor.url()?);
    assert!(!visitor.url()?.contains("wp-login.php"), "the page itself: {}", visitor.url()?);

    demo.site
        .run_php("foreach (get_users() as $user) { WP_Session_Tokens::get_instance($user->ID)->destroy_all(); }")?;
    visitor.goto(&page)?;
    visitor.wait_for("script[src*='silent.js']")?;
    assert_eq!(visitor.count("#wp-admin-bar-my-account")?, 0, "once per browser session");
    assert_eq!(visitor.execute("return sessionStorage.getItem('logto_sign_in_tried')")?, "1");

    let stranger = site.browser()?;
    stranger.goto(&page)?;
    stranger.wait_for("script[src*='silent.js']")?;
    assert!(
        stranger.execute("return sessionStorage.getItem('logto_sign_in_tried')")?.is_null(),
        "nobody signed in here"
    );
    assert_eq!(demo.site.complaints(), "");
    Ok(())
}
