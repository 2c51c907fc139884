//! Every page of the plugin under the rules for accessibility.

use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use std::sync::Arc;
use world::browser::Browser;
use world::package::PLUGIN;
use world::wordpress::Options;
use world::{Result, accessibility, bail, demo};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Alone(fixture);
        pages_meet_wcag_2_2_aa_in_english,
        pages_meet_wcag_2_2_aa_in_chinese,
    ]
}

fn pages_meet_wcag_2_2_aa_in_english(fixture: &Fixture) -> Result<()> {
    pages_are_accessible(fixture, "", "en-US", "Sign-in methods")
}

/// The same pages, from right to left. WordPress takes the direction from its Hebrew translation, which is not installed.
const MIRROR: &str = "
file_put_contents(WPMU_PLUGIN_DIR . '/mirror.php', '<?php
    add_filter(\"locale\", static fn(): string => \"he_IL\");
    add_action(\"after_setup_theme\", static fn() => $GLOBALS[\"wp_locale\"]->text_direction = \"rtl\");');
";

fn pages_meet_wcag_2_2_aa_in_chinese(fixture: &Fixture) -> Result<()> {
    pages_are_accessible(fixture, "zh_CN", "zh-CN", "登录方式")
}

/// Settings with everything in use, an identity of the administrator's, and a page with the block.
const FURNISH: &str = "
update_option('logto_sign_in', [
    'endpoint' => 'https://tenant.example', 'app_id' => 'app', 'app_secret' => 'secret',
    'connectors' => \"social:dingtalk\\nsso:abc123 = Company account\",
    'dingtalk_client_id' => 'client', 'dingtalk_client_secret' => 'secret',
]);
LogtoSignIn\\Support\\Tables::database()->insert(LogtoSignIn\\Support\\Tables::identities(), [
    'issuer_hash' => hash('sha256', 'https://tenant.example/oidc'), 'issuer' => 'https://tenant.example/oidc',
    'subject' => 'subject', 'user_id' => 1, 'created' => '2026-01-01 00:00:00',
]);
echo get_permalink(wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Members',
    'post_content' => '<!-- wp:logto-sign-in/button {\"connector\":\"social:dingtalk\"} /-->']));
";

/// Each tab of the settings with a field of it.
const TABS: [(&str, &str); 6] = [
    ("connection", "#logto-endpoint"),
    ("login", "#logto-connectors"),
    ("accounts", "#logto-provisioning"),
    ("roles", "#logto-default_role"),
    ("dingtalk", "#logto-dingtalk_client_id"),
    ("advanced", "#logto-scope"),
];

/// Two screens of the wide window.
const MAX_HEIGHT: u64 = 2000;

fn pages_are_accessible(fixture: &Fixture, language: &'static str, browser: &str, heading: &str) -> Result<()> {
    let world = fixture.world()?;
    let site = world.site(&Options { language, ..Options::default() })?;
    site.activate(&fixture.package()?.zip, PLUGIN)?;
    let page = site.run_php(FURNISH)?;
    let login = format!("{}/wp-login.php", site.url);
    let admin = format!("{}/wp-admin", site.url);
    let browser = world.browser(browser)?;
    let look = |address: &str, at: &str, within: &str| -> Result<()> {
        browser.goto(address)?;
        browser.wait_for(at)?;
        accessibility::check(&browser, within)
    };

    // The rest of the page is the theme's.
    look(&page, "a.logto-button", ".wp-block-logto-sign-in-button")?;
    look(&format!("{login}?form=1"), ".logto-continue a.button + a.button + a.button", "html")?;
    look(&format!("{login}?interim-login=1"), ".logto-continue a[target='_blank']", "html")?;
    look(&format!("{login}?action=logto_callback&state=invented"), ".logto-refused", "html")?;
    look(&format!("{login}?action=logto_callback_dingtalk&error=access_denied"), ".logto-refused", "html")?;
    demo::log_in(&browser, &site)?;
    // The menus around them are WordPress's.
    let tabs = || -> Result<()> {
        for (tab, field) in TABS {
            look(&format!("{admin}/admin.php?page=logto-sign-in&tab={tab}"), field, "#wpbody-content")?;
            let height = browser.execute("return document.querySelector('.logto-page').offsetHeight")?;
            assert!(height.as_u64() <= Some(MAX_HEIGHT), "the tab {tab} is {height} pixels high");
        }
        Ok(())
    };
    tabs()?;
    look(&format!("{admin}/admin.php?page=logto-sign-in&disconnect=logto"), "#submit", "#wpbody-content")?;
    look(&format!("{admin}/admin.php?page=logto-sign-in-help"), ".logto-table", "#wpbody-content")?;
    // The two refusals of before are its rows.
    look(&format!("{admin}/admin.php?page=logto-sign-in-activity"), ".wp-list-table tr + tr code", "#wpbody-content")?;
    look(&format!("{admin}/profile.php"), "#logto-ways", "#wpbody-content")?;
    assert_eq!(browser.text_of("#logto-ways")?, heading);
    if language.is_empty() {
        browser.goto(&format!("{admin}/admin.php?page=logto-sign-in"))?;
        assert!(keys_to_save(&browser)? <= 5, "from the secret to “Save Changes”");
        browser.fill("#logto-endpoint", "http://tenant.example")?;
        browser.wait_for("#logto-endpoint[aria-invalid='true']")?;
        assert!(browser.text_of("#logto-endpoint-problem")?.starts_with("The endpoint must begin with https://"));
        browser.fill("#logto-endpoint", "https://tenant.example")?;
        browser.wait_for("#logto-endpoint:not([aria-invalid])")?;
        site.run_php(MIRROR)?;
        tabs()?;
        assert_eq!(browser.execute("return document.dir")?, "rtl");
    }
    assert_eq!(site.complaints(), "");
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
