//! Every page of the plugin under the rules for accessibility.

use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use std::sync::Arc;
use world::package::PLUGIN;
use world::wordpress::Options;
use world::{Result, accessibility, demo};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Alone(fixture);
        pages_meet_wcag_2_2_aa_in_english,
        pages_meet_wcag_2_2_aa_in_chinese,
    ]
}

fn pages_meet_wcag_2_2_aa_in_english(fixture: &Fixture) -> Result<()> {
    pages_are_accessible(fixture, "", "en-US", "Sign-in methods")
}

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
    look(&format!("{admin}/admin.php?page=logto-sign-in"), "#logto-connectors", "#wpbody-content")?;
    look(&format!("{admin}/admin.php?page=logto-sign-in-help"), ".logto-table", "#wpbody-content")?;
    // The two refusals of before are its rows.
    look(&format!("{admin}/admin.php?page=logto-sign-in-activity"), ".wp-list-table tr + tr code", "#wpbody-content")?;
    look(&format!("{admin}/profile.php"), "#logto-ways", "#wpbody-content")?;
    assert_eq!(browser.text_of("#logto-ways")?, heading);
    assert_eq!(site.complaints(), "");
    Ok(())
}
