//! The oldest WordPress that the plugin supports, and one between: it activates, signs in and signs out. The newest is
//! what all other tests run on.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use simulator::provider::visitor::Visitor;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::wordpress::{Options, Version};
use world::{Context as _, Result, ensure};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Alone(fixture);
        wordpress_6_1_signs_in_and_out,
        wordpress_6_8_signs_in_and_out,
    ]
}

fn wordpress_6_1_signs_in_and_out(fixture: &Fixture) -> Result<()> {
    signs_in_and_out(fixture, Version::V6_1)
}

fn wordpress_6_8_signs_in_and_out(fixture: &Fixture) -> Result<()> {
    signs_in_and_out(fixture, Version::V6_8)
}

fn signs_in_and_out(fixture: &Fixture, version: Version) -> Result<()> {
    let simulated = SimulatedSite::with_options(fixture, &Options { version, ..Options::default() })?;
    let site = &simulated.site;
    let number = site.run_php("echo get_bloginfo('version');")?;
    ensure!(number.starts_with(version.number()), "this is WordPress {number}");

    let (mut browser, alice) = (CookieClient::default(), Visitor::alice());
    let answer = simulated.sign_in(&mut browser, &alice)?;
    ensure!(browser.is_signed_in(), "{} {}", answer.status, answer.body);
    let profile = browser.get(&format!("{}/wp-admin/profile.php", site.url))?;
    ensure!(profile.body.contains("Alice Example"), "{} {}", profile.status, profile.body);
    ensure!(profile.body.contains("id=\"logto-ways\""), "the profile page has the ways to sign in");

    // Without a nonce WordPress asks, and its link has one.
    let question = browser.get(&format!("{}/wp-login.php?action=logout", site.url))?.body;
    let link = question.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|url| url.contains("_wpnonce"));
    let answer = browser.get(&link.context("no link to log out")?.replace("&amp;", "&").replace("&#038;", "&"))?;
    ensure!(!browser.is_signed_in(), "still signed in: {}", answer.status);
    let provider = answer.header("location").context("on to the provider")?.to_owned();
    let back = CookieClient::default().get(&provider)?;
    let landing = browser.get(back.header("location").context("and back")?)?;
    ensure!(landing.status < 400, "{} {}", landing.status, landing.body);
    ensure!(browser.get(&format!("{}/wp-admin/profile.php", site.url))?.status == 302, "the session is over");

    // The second sign-in finds the same account.
    simulated.sign_in(&mut browser, &alice)?;
    ensure!(browser.is_signed_in() && site.run_php("echo count_users()['total_users'];")? == "2", "one visitor");

    administrators_pages(&simulated)?;
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}

/// What administrators see is printed without a complaint of PHP.
fn administrators_pages(simulated: &SimulatedSite) -> Result<()> {
    let printed = simulated.site.run_php(
        "wp_set_current_user(1);
         require_once ABSPATH . 'wp-admin/includes/admin.php';
         LogtoSignIn\\Admin\\SettingsPage::render();
         $_GET['tab'] = 'codes';
         LogtoSignIn\\Admin\\Help::render();
         LogtoSignIn\\Admin\\Preview::render();
         foreach (LogtoSignIn\\Admin\\SiteHealth::tests([])['direct'] as $test) {
             echo call_user_func($test['test'])['status'], ' ';
         }",
    )?;
    for part in ["logto_sign_in[endpoint]", "<code>state_expired</code>", "logto-claims", "good good recommended"] {
        ensure!(printed.contains(part), "{part} is missing: {printed}");
    }
    Ok(())
}
