//! Buttons that lead straight to a connector.

use crate::demo::DemoSite;
use crate::fixture::{Shared, trials};
use libtest_mimic::Trial;
use world::browser::Browser;
use world::wordpress::Site;
use world::{Context as _, Result, demo, ensure, http};

pub fn trials(demo: &Shared<DemoSite>) -> Vec<Trial> {
    trials![demo; block_leads_to_dingtalk_and_back_to_its_page]
}

fn block_leads_to_dingtalk_and_back_to_its_page(site: &DemoSite) -> Result<()> {
    let demo = &site.demo;
    let admin = site.browser()?;
    demo::log_in(&admin, &demo.site)?;
    name_a_connector(&admin, &demo.site)?;
    let page = publish_a_page_with_the_block(&admin, &demo.site)?;

    let login = http::get(&format!("{}/wp-login.php?form=1", demo.site.url), &[], None)?.body;
    assert_eq!(
        login.matches("direct_sign_in=social:dingtalk\">Continue with DingTalk through Logto</a>").count(),
        1,
        "{login}"
    );

    let html = the_same_for_everybody(&page)?;
    let start = html
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.contains("direct_sign_in=social:dingtalk"))
        .with_context(|| format!("the page has no button: {html}"))?
        .replace("&#038;", "&");
    let answer = http::get(&start, &[], None)?;
    let place = answer.header("location").unwrap_or_default();
    assert!(place.starts_with(&format!("{}/oidc/auth?", demo.logto.endpoint)), "{start} leads to {place:?}");
    assert!(place.contains("&direct_sign_in=social%3Adingtalk"), "{place}");

    let visitor = site.browser()?;
    visitor.goto(&page)?;
    visitor.click_text("Continue with DingTalk through Logto")?;
    visitor.wait_for_url(demo.logto.dingtalk())?;
    visitor.click("button.agree")?;
    visitor.wait_for_url(&page)?;
    assert_eq!(visitor.url()?, page);
    assert!(visitor.text_of("#wp-admin-bar-my-account")?.contains("李四"));
    assert_eq!(visitor.count(".logto-button")?, 0, "who is signed in needs no button");
    assert_eq!(demo.site.complaints(), "");
    Ok(())
}

/// The administrator enters a connector in Logto › Settings.
fn name_a_connector(admin: &Browser, site: &Site) -> Result<()> {
    admin.goto(&format!("{}/wp-admin/admin.php?page=logto-sign-in&tab=login", site.url))?;
    admin.fill("#logto-connectors", "social:dingtalk")?;
    admin.follow("#submit")?;
    admin.wait_for_text("Settings saved")?;
    assert_eq!(admin.property("#logto-connectors", "value")?.as_deref(), Some("social:dingtalk"));
    Ok(())
}

/// The administrator finds the block in the editor, chooses the connector and publishes the page. Gives its address.
fn publish_a_page_with_the_block(admin: &Browser, site: &Site) -> Result<String> {
    without_guides(site)?;
    admin.goto(&format!("{}/wp-admin/post-new.php?post_type=page", site.url))?;
    admin.wait_for("iframe[name='editor-canvas']")?;
    admin.execute("wp.data.dispatch('core/editor').editPost({ title: 'Members' })")?;
    admin.click(".editor-document-tools__inserter-toggle")?;
    admin.fill(".block-editor-inserter__search input", "logto")?;
    admin.click(".editor-block-list-item-logto-sign-in-button")?;
    shows(admin, "Continue with Logto")?;
    admin.choose(".block-editor-block-inspector select", "social:dingtalk")?;
    shows(admin, "Continue with DingTalk through Logto")?;
    admin.click(".editor-post-publish-panel__toggle")?;
    admin.click(".editor-post-publish-panel .editor-post-publish-button")?;
    admin.wait_until("a published page", |admin| {
        let link = admin.execute(
            "const editor = wp.data.select('core/editor');
             return editor.isCurrentPostPublished() ? editor.getPermalink() : null",
        )?;
        Ok(link.as_str().map(str::to_owned))
    })
}

/// The editor greets a new user with guides and patterns, which stand before everything else.
fn without_guides(site: &Site) -> Result<()> {
    site.run_php(
        "global $wpdb;
         update_user_meta(1, $wpdb->get_blog_prefix() . 'persisted_preferences', [
             'core' => ['enableChoosePatternModal' => false],
             'core/edit-post' => ['welcomeGuide' => false],
             '_modified' => gmdate('c'),
         ]);",
    )
    .map(drop)
}

/// Waits until the block shows a text in the editor's frame, as high as on pages.
fn shows(admin: &Browser, text: &str) -> Result<()> {
    admin.wait_until(&format!("the block with {text:?}"), |admin| {
        let button = admin.execute(
            "const frame = document.querySelector('iframe[name=\"editor-canvas\"]').contentDocument;
             const button = frame.querySelector('[data-type=\"logto-sign-in/button\"] .logto-button');
             return [button.textContent, frame.defaultView.getComputedStyle(button).minHeight].join()",
        )?;
        Ok((button == format!("{text},44px")).then_some(()))
    })
}

/// Two visitors, each with a language and cookies of their own, are sent the same bytes. Gives them.
fn the_same_for_everybody(page: &str) -> Result<String> {
    let one = http::get(page, &[("accept-language", "en-US"), ("user-agent", "one")], None)?;
    let headers = [("accept-language", "zh-CN"), ("user-agent", "DingTalk"), ("cookie", "wordpress_logto_x=y; a=b")];
    let other = http::get(page, &headers, None)?;
    ensure!(one.status == 200, "{page} answered {}", one.status);
    assert_eq!(one.body, other.body);
    for answer in [&one, &other] {
        assert_eq!(answer.header("set-cookie"), None, "nothing is minted before the click");
    }
    Ok(one.body)
}
