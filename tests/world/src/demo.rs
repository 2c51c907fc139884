//! A whole sign-in in real browsers: an administrator installs and sets up the plugin, a visitor signs in with DingTalk
//! and out again: behind Logto, without it, and inside the DingTalk app.

use crate::browser::Browser;
use crate::package::Package;
use crate::progress::step;
use crate::providers::{DINGTALK_VISITOR, Logto};
use crate::webview::Bridge;
use crate::wordpress::{Options, Site, site::ADMIN};
use crate::world::World;
use crate::{Context, Result, ensure, paths};
use std::path::PathBuf;

/// A site where the plugin is installed and set up, and the tenant that it signs in through.
///
/// The site ends before the tenant.
#[derive(Debug)]
pub struct Demo {
    /// The site.
    pub site: Site,
    /// The tenant.
    pub logto: Logto,
}

/// What the page at the site's address says, with WordPress's own block for signing in and out, and a button for each
/// way that leads straight to DingTalk.
const FRONT_PAGE: &str = "
$page = wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Welcome', 'post_content' =>
    '<!-- wp:paragraph --><p>Sign in to see your name at the top.</p><!-- /wp:paragraph --><!-- wp:loginout /-->
    <!-- wp:paragraph --><p>[logto_sign_in connector=\"social:dingtalk\" label=\"DingTalk through Logto\"]</p><!-- /wp:paragraph -->
    <!-- wp:paragraph --><p>[logto_sign_in connector=\"dingtalk\" label=\"DingTalk alone\"]</p><!-- /wp:paragraph -->']);
update_option('show_on_front', 'page');
update_option('page_on_front', $page);
";

impl Demo {
    /// Brings up a site and a tenant; an administrator uploads, activates and sets up the plugin.
    pub fn prepare(world: &World, options: &Options, package: &Package) -> Result<Self> {
        let site = world.site(options)?;
        let logto = world.logto()?;
        site.run_php(FRONT_PAGE)?;
        site.lead_dingtalk_to(logto.dingtalk())?;
        let admin = world.browser("en-US")?;
        let demo = Self { site, logto };
        let set_up = demo.set_up(&admin, package);
        witness(&admin, "failure-admin", set_up)?;
        Ok(demo)
    }

    fn set_up(&self, admin: &Browser, package: &Package) -> Result<()> {
        step("Administrator: logs in", || log_in(admin, &self.site))?;
        step("Administrator: uploads the plugin's zip", || upload(admin, &self.site, package))?;
        step("Administrator: activates the plugin", || activate(admin))?;
        step("Administrator: enters the tenant in Logto › Settings", || configure(admin, &self.site, &self.logto))?;
        step("Administrator: registers the addresses at Logto", || register(admin, &self.logto))?;
        step("Administrator: enters an application of DingTalk, and its address there", || {
            configure_dingtalk(admin, &self.logto)
        })?;
        admin.execute("window.scrollTo(0, 0)")?;
        admin.screenshot(&picture("01-settings"))
    }

    /// A visitor signs in at DingTalk behind Logto and signs out, with a picture of each page.
    pub fn visit(&self, visitor: &Browser) -> Result<()> {
        let told = self.sign_in(visitor).and_then(|()| self.sign_out(visitor));
        witness(visitor, "failure-visitor", told)
    }

    /// A visitor signs in at DingTalk without Logto and signs out, with a picture of each page.
    pub fn visit_dingtalk_alone(&self, visitor: &Browser) -> Result<()> {
        let told = step("Visitor: clicks “DingTalk alone” on the site, which leads straight there", || {
            visitor.goto(&format!("{}/", self.site.url))?;
            visitor.click_text("DingTalk alone")?;
            visitor.wait_for_url(self.logto.dingtalk())?;
            visitor.wait_for("button.agree")?;
            visitor.screenshot(&picture("06-dingtalk-alone"))
        })
        .and_then(|()| {
            step("Visitor: consents and is signed in", || {
                visitor.click("button.agree")?;
                self.is_greeted(visitor)?;
                visitor.screenshot(&picture("07-signed-in-alone"))
            })
        })
        .and_then(|()| step("Visitor: clicks “Log out” and stays on the site", || self.is_signed_out(visitor)));
        witness(visitor, "failure-dingtalk-alone", told)
    }

    /// A visitor opens the site inside the DingTalk app, which says who they are. Gives the picture.
    pub fn visit_in_the_app(&self, world: &World) -> Result<PathBuf> {
        let app = world.webview("en-US", Bridge::New, &self.logto, DINGTALK_VISITOR.0)?;
        let file = picture("08-in-the-app");
        let told = step("Visitor: clicks “Log in” inside the DingTalk app and is signed in", || {
            app.goto(&format!("{}/", self.site.url))?;
            app.click_text("Log in")?;
            self.is_greeted(&app)?;
            app.screenshot(&file)
        });
        witness(&app, "failure-in-the-app", told)?;
        Ok(file)
    }

    /// From the front page to the front page, signed in as a visitor of DingTalk.
    pub fn sign_in(&self, visitor: &Browser) -> Result<()> {
        step("Visitor: clicks “Log in” on the site", || {
            visitor.goto(&format!("{}/", self.site.url))?;
            visitor.click_text("Log in")?;
            visitor.wait_for_url(&self.logto.endpoint)?;
            visitor.wait_for_text("Continue with DingTalk")?;
            visitor.screenshot(&picture("02-sign-in"))
        })?;
        step("Visitor: chooses “Continue with DingTalk”", || {
            visitor.click_text("Continue with DingTalk")?;
            visitor.wait_for_url(self.logto.dingtalk())?;
            visitor.wait_for("button.agree")?;
            visitor.screenshot(&picture("03-dingtalk"))
        })?;
        step("Visitor: consents at DingTalk and is signed in", || {
            visitor.click("button.agree")?;
            self.is_greeted(visitor)?;
            visitor.screenshot(&picture("04-signed-in"))
        })
    }

    /// From the front page to the front page, signed out on the site and at Logto.
    pub fn sign_out(&self, visitor: &Browser) -> Result<()> {
        step("Visitor: clicks “Log out” and comes back through Logto", || {
            self.is_signed_out(visitor)?;
            visitor.screenshot(&picture("05-signed-out"))
        })?;
        step("Visitor: is signed out at Logto too, which asks again", || {
            visitor.click_text("Log in")?;
            visitor.wait_for_url(&self.logto.endpoint)?;
            visitor.wait_for_text("Continue with DingTalk")
        })
    }

    /// Waits for the front page with the visitor's name.
    fn is_greeted(&self, visitor: &Browser) -> Result<()> {
        visitor.wait_for_url(&format!("{}/", self.site.url))?;
        visitor.wait_for_text("Log out")?;
        // A telephone shows no name there, and has it all the same.
        let greeting = visitor.property("#wp-admin-bar-my-account", "textContent")?.unwrap_or_default();
        ensure!(greeting.contains("李四"), "the site greets {greeting:?} instead of 李四");
        Ok(())
    }

    /// Signs out, and waits for the front page without a session.
    fn is_signed_out(&self, visitor: &Browser) -> Result<()> {
        visitor.click_text("Log out")?;
        visitor.wait_until("the front page with “Log in”", |visitor| {
            let back = visitor.url()?.starts_with(&format!("{}/", self.site.url));
            Ok((back && visitor.text()?.contains("Log in")).then_some(()))
        })?;
        let cookies = visitor.cookies()?;
        let left = cookies.iter().find(|cookie| cookie.name.starts_with("wordpress_logged_in"));
        ensure!(left.is_none(), "the site still has a session: {left:?}");
        Ok(())
    }
}

/// The folder for the pictures of each page.
pub fn pictures() -> PathBuf {
    paths::target().join("demo")
}

fn picture(name: &str) -> PathBuf {
    pictures().join(format!("{name}.png"))
}

/// Takes a picture of where a failure happened.
fn witness<T>(browser: &Browser, name: &str, result: Result<T>) -> Result<T> {
    result.map_err(|error| {
        let file = picture(name);
        match browser.screenshot(&file) {
            Ok(()) => error.context(format!("see {}", file.display())),
            Err(_) => error,
        }
    })
}

/// The administrator logs in with the password form.
pub fn log_in(admin: &Browser, site: &Site) -> Result<()> {
    admin.goto(&format!("{}/wp-login.php?form=1", site.url))?;
    // The page puts the cursor there a moment after it has loaded; a password typed meanwhile would become the name.
    admin.wait_for("#user_login:focus")?;
    admin.fill("#user_login", ADMIN)?;
    admin.fill("#user_pass", &site.password)?;
    admin.follow("#wp-submit")?;
    admin.wait_for("#wpadminbar")
}

/// The administrator installs the zip through WordPress's upload page.
pub fn upload(admin: &Browser, site: &Site, package: &Package) -> Result<()> {
    admin.goto(&format!("{}/wp-admin/plugin-install.php?tab=upload", site.url))?;
    admin.choose_file("#pluginzip", &package.zip)?;
    admin.follow("#install-plugin-submit")?;
    admin.wait_for_text("Plugin installed successfully")
}

/// The administrator clicks the button below a successful installation.
pub fn activate(admin: &Browser) -> Result<()> {
    admin.click_text("Activate Plugin")?;
    admin.wait_for_text("Plugin activated")
}

/// The administrator enters the tenant in Logto › Settings.
pub fn configure(admin: &Browser, site: &Site, logto: &Logto) -> Result<()> {
    admin.goto(&format!("{}/wp-admin/admin.php?page=logto-sign-in", site.url))?;
    admin.fill("#logto-endpoint", &logto.endpoint)?;
    admin.fill("#logto-app_id", &logto.app_id)?;
    admin.fill("#logto-app_secret", &logto.app_secret)?;
    admin.follow("#submit")?;
    admin.wait_for_text("Settings saved")?;
    let kept = admin.property("#logto-endpoint", "value")?.unwrap_or_default();
    ensure!(kept.trim_end_matches('/') == logto.endpoint, "the settings keep {kept:?} as the endpoint");
    Ok(())
}

/// The administrator copies the addresses of the settings page into Logto's console.
pub fn register(admin: &Browser, logto: &Logto) -> Result<()> {
    let address = |css: &str| admin.property(css, "value")?.context("the settings page names no address");
    logto.register(&address("#logto-redirect-uri")?, &address("#logto-post-sign-out")?)
}

/// The administrator enters the application in Logto › Settings, and the redirect URL of that page at DingTalk.
pub fn configure_dingtalk(admin: &Browser, logto: &Logto) -> Result<()> {
    let (client_id, client_secret) = logto.dingtalk_client();
    admin.follow(".nav-tab[href*='tab=dingtalk']")?;
    admin.fill("#logto-dingtalk_client_id", client_id)?;
    admin.fill("#logto-dingtalk_client_secret", client_secret)?;
    admin.fill("#logto-dingtalk_app_corp_id", DINGTALK_VISITOR.1)?;
    let redirect =
        admin.property("#logto-dingtalk-redirect", "value")?.context("the settings page names no address")?;
    admin.follow("#submit")?;
    admin.wait_for_text("Settings saved")?;
    logto.register_at_dingtalk(&[&redirect])
}
