//! The oldest WordPress that the plugin supports, and one between: it activates, signs in and signs out. The newest is
//! what all other tests run on.

mod ground;

use ground::Ground;
use simulator::provider::visitor::Visitor as Person;
use std::sync::OnceLock;
use world::package::{self, Package};
use world::visitor::Visitor;
use world::wordpress::{Options, Version};
use world::world::World;
use world::{Context as _, Result, ensure, progress};

/// Starts the world with the first test; the kernel ends its services with this process.
fn shared() -> &'static (World, Package) {
    static SHARED: OnceLock<(World, Package)> = OnceLock::new();
    SHARED.get_or_init(|| {
        progress::be_quiet();
        let start = || -> Result<(World, Package)> { Ok((World::start()?, package::build()?)) };
        start().unwrap_or_else(|error| panic!("{error:#}"))
    })
}

#[test]
fn wordpress_6_1() -> Result<()> {
    signs_in_and_out(Version::V6_1)
}

#[test]
fn wordpress_6_8() -> Result<()> {
    signs_in_and_out(Version::V6_8)
}

fn signs_in_and_out(version: Version) -> Result<()> {
    let (world, package) = shared();
    let ground = Ground::prepare(world, &Options { version, ..Options::default() }, package)?;
    let site = &ground.site;
    let number = site.run_php("echo get_bloginfo('version');")?;
    ensure!(number.starts_with(version.number()), "this is WordPress {number}");

    let (mut visitor, alice) = (Visitor::default(), Person::alice());
    let answer = ground.sign_in(&mut visitor, &alice)?;
    ensure!(visitor.is_signed_in(), "{} {}", answer.status, answer.body);
    let profile = visitor.get(&format!("{}/wp-admin/profile.php", site.url))?;
    ensure!(profile.body.contains("Alice Example"), "{} {}", profile.status, profile.body);
    ensure!(profile.body.contains("id=\"logto-ways\""), "the profile page has the ways to sign in");

    // Without a nonce WordPress asks, and its link has one.
    let question = visitor.get(&format!("{}/wp-login.php?action=logout", site.url))?.body;
    let link = question.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|url| url.contains("_wpnonce"));
    let answer = visitor.get(&link.context("no link to log out")?.replace("&amp;", "&").replace("&#038;", "&"))?;
    ensure!(!visitor.is_signed_in(), "still signed in: {}", answer.status);
    let provider = answer.header("location").context("on to the provider")?.to_owned();
    let back = Visitor::default().get(&provider)?;
    let landing = visitor.get(back.header("location").context("and back")?)?;
    ensure!(landing.status < 400, "{} {}", landing.status, landing.body);
    ensure!(visitor.get(&format!("{}/wp-admin/profile.php", site.url))?.status == 302, "the session is over");

    // The second sign-in finds the same account.
    ground.sign_in(&mut visitor, &alice)?;
    ensure!(visitor.is_signed_in() && site.run_php("echo count_users()['total_users'];")? == "2", "one visitor");

    administrators_pages(&ground)?;
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}

/// What administrators see is printed without a complaint of PHP.
fn administrators_pages(ground: &Ground) -> Result<()> {
    let printed = ground.site.run_php(
        "wp_set_current_user(1);
         require_once ABSPATH . 'wp-admin/includes/admin.php';
         LogtoSignIn\\Settings\\SettingsPage::render();
         LogtoSignIn\\Admin\\HelpPage::render();
         LogtoSignIn\\Admin\\PreviewPage::render();
         foreach (LogtoSignIn\\Admin\\SiteHealth::tests([])['direct'] as $test) {
             echo call_user_func($test['test'])['status'], ' ';
         }",
    )?;
    for part in ["logto_sign_in[endpoint]", "<code>state_expired</code>", "logto-claims", "good good recommended"] {
        ensure!(printed.contains(part), "{part} is missing: {printed}");
    }
    Ok(())
}
