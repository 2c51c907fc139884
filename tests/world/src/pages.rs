//! Every page of the plugin, on a site where everything is in use.

use crate::Result;
use crate::browser::Browser;
use crate::package::PLUGIN;
use crate::wordpress::{Options, Site};
use crate::world::World;
use std::fs;
use std::path::Path;

/// A page that somebody sees.
#[derive(Debug)]
pub struct Page {
    /// What pictures of it are called.
    pub name: &'static str,
    way: Way,
    /// A CSS selector of what is there once the page is.
    at: &'static str,
    /// A CSS selector of the plugin's part: the rest is WordPress's, or the theme's.
    pub within: &'static str,
}

/// How somebody comes to a page.
#[derive(Debug)]
enum Way {
    /// By its address, below the site's.
    Address(&'static str),
    /// By a few steps.
    Steps(fn(&Browser, &Site) -> Result<()>),
}

const fn page(name: &'static str, path: &'static str, at: &'static str, within: &'static str) -> Page {
    Page { name, way: Way::Address(path), at, within }
}

const fn after(
    name: &'static str,
    steps: fn(&Browser, &Site) -> Result<()>,
    at: &'static str,
    within: &'static str,
) -> Page {
    Page { name, way: Way::Steps(steps), at, within }
}

/// The pages of visitors. The refusals among them are rows of the page “Activity” afterwards.
pub const OF_VISITORS: &[Page] = &[
    page("block", "/?pagename=members", "a.logto-button", ".wp-block-logto-sign-in-button"),
    page("login", "/wp-login.php?form=1", ".logto-continue a.button + a.button + a.button", "html"),
    page("login-in-a-window", "/wp-login.php?interim-login=1", ".logto-continue a[target='_blank']", "html"),
    page("refused", "/wp-login.php?action=logto_callback&state=invented", ".logto-refused", "html"),
    page(
        "refused-by-dingtalk",
        "/wp-login.php?action=logto_callback_dingtalk&error=access_denied",
        ".logto-refused",
        "html",
    ),
    page("second-factor", "/wp-login.php?action=page_code", "#logto-code", "html"),
    page("dingtalk-app", "/wp-login.php?action=page_app", "#logto-dingtalk-app", "html"),
    page("connect", "/wp-login.php?action=page_connect", ".logto-choices", "html"),
    page("connect-confirm", "/wp-login.php?action=page_confirm", ".logto-choices", "html"),
    page("set-up-report", "/wp-login.php?action=page_report", ".logto-report", "html"),
    after("waiting", wait_for_approval, "#logto-email", "html"),
    after("sign-in-link", open_a_sign_in_link, "#loginform", "html"),
];

/// The pages of administrators.
pub const OF_ADMINISTRATORS: &[Page] = &[
    in_menu("set-up", "-setup", ".logto-setup"),
    in_menu("settings-connection", "&tab=connection", "#logto-endpoint"),
    in_menu("settings-login", "&tab=login", "#logto-connectors"),
    in_menu("settings-access", "&tab=access", "#logto-form_login"),
    in_menu("settings-accounts", "&tab=accounts", "#logto-provisioning"),
    in_menu("settings-roles", "&tab=roles", "#logto-default_role"),
    in_menu("settings-dingtalk", "&tab=dingtalk", "#logto-dingtalk_client_id"),
    in_menu("settings-advanced", "&tab=advanced", "#logto-scope"),
    in_menu("disconnect", "&disconnect=logto", "#submit"),
    in_menu("activity", "-activity", ".wp-list-table tr + tr code"),
    in_menu("preview", "-preview", "#logto-claims"),
    in_menu("import", "-import", ".logto-page form"),
    in_menu("help", "-help", ".logto-page ol"),
    in_menu("help-trouble", "-help&tab=trouble", ".logto-table"),
    in_menu("help-codes", "-help&tab=codes", ".logto-codes"),
    after("settings-rejected", save_a_bad_endpoint, "#logto-endpoint[aria-invalid]", "#wpbody-content"),
    after("check", check_the_connection, "#logto-check", "#wpbody-content"),
    page("profile", "/wp-admin/profile.php", "#logto-ways", "#wpbody-content"),
    page("user", "/wp-admin/user-edit.php?user_id=2", "#logto-ways", "#wpbody-content"),
    page("users", "/wp-admin/users.php", "#the-list .column-logto_ways", "#wpbody-content"),
    page("approve", "/wp-admin/users.php?logto_do=logto_approve&logto_users=2", "#logto-users-form", "#wpbody-content"),
    page(
        "disconnect-user",
        "/wp-admin/users.php?logto_do=logto_unlink&logto_users=2",
        "#logto-users-form",
        "#wpbody-content",
    ),
];

/// The pages of administrators that only a network has.
pub const OF_A_NETWORK: &[Page] = &[
    page("network", "/wp-admin/network/admin.php?page=logto-sign-in", "#logto-endpoint", "#wpbody-content"),
    page("network-users", "/wp-admin/network/users.php", "#the-list .column-logto_ways", "#wpbody-content"),
    in_menu("network-site", "", ".logto-page"),
];

/// A page in the plugin's menu: `rest` is what follows `page=logto-sign-in`.
const fn in_menu(name: &'static str, rest: &'static str, at: &'static str) -> Page {
    page(name, rest, at, "#wpbody-content")
}

/// Settings with everything in use.
const SETTINGS: &str = "
$settings = [
    'endpoint' => 'https://tenant.example', 'app_id' => 'app', 'app_secret' => 'secret',
    'connectors' => \"social:dingtalk\\nsso:abc123 = Company account\",
    'dingtalk_client_id' => 'client', 'dingtalk_client_secret' => 'secret',
];
is_multisite() ? update_site_option('logto_sign_in_network', $settings) : update_option('logto_sign_in', $settings);
";

/// An identity of the administrator's and one of a user who waits for approval, a page with the block, and something to
/// import.
const FURNISH: &str = "
update_option('logto_options', ['endpoint' => 'https://tenant.example', 'appId' => 'app', 'appSecret' => 'secret']);
$waiting = wp_insert_user(['user_login' => 'waiting', 'user_pass' => 'x', 'user_email' => 'a@no-email.invalid']);
update_user_meta($waiting, 'logto_sign_in_pending', '1');
foreach ([1 => 'https://tenant.example/oidc', $waiting => LogtoSignIn\\Providers\\Provider::DINGTALK_ISSUER] as $user => $issuer) {
    LogtoSignIn\\Support\\Tables::database()->insert(LogtoSignIn\\Support\\Tables::identities(), [
        'issuer_hash' => hash('sha256', $issuer), 'issuer' => $issuer,
        'subject' => 'subject', 'user_id' => $user, 'created' => '2026-01-01 00:00:00',
    ]);
}
wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Members', 'post_name' => 'members',
    'post_content' => '<!-- wp:logto-sign-in/button {\"connector\":\"social:dingtalk\"} /-->']);
";

/// A site or a network where the plugin is active and everything is in use, perhaps from right to left.
pub fn furnished(world: &World, zip: &Path, options: &Options, is_mirrored: bool) -> Result<Site> {
    let site = world.site(options)?;
    site.activate(zip, PLUGIN)?;
    fs::write(site.folder.join("wp-content/mu-plugins/pages.php"), include_str!("pages.php"))?;
    site.run_php(&format!("{SETTINGS}{FURNISH}"))?;
    if is_mirrored {
        mirror(&site)?;
    }
    Ok(site)
}

/// Lets WordPress lay out its pages from right to left. WordPress takes the direction from its Hebrew translation, which
/// the sites here do not have: the language of the page is Hebrew, and its texts are English.
fn mirror(site: &Site) -> Result<()> {
    const MIRROR: &str = "
file_put_contents(WPMU_PLUGIN_DIR . '/mirror.php', '<?php
    add_filter(\"locale\", static fn(): string => \"he_IL\");
    add_action(\"after_setup_theme\", static fn() => $GLOBALS[\"wp_locale\"]->text_direction = \"rtl\");');
";
    site.run_php(MIRROR).map(drop)
}

impl Page {
    /// Opens the page and waits for it.
    pub fn open(&self, browser: &Browser, site: &Site) -> Result<()> {
        match self.way {
            Way::Address(path) => browser.goto(&address(site, path))?,
            Way::Steps(steps) => steps(browser, site)?,
        }
        browser.wait_for(self.at)
    }
}

/// The address of a page, by what is below the site's address or follows `page=logto-sign-in`.
fn address(site: &Site, path: &str) -> String {
    let before = if path.starts_with('/') { "" } else { "/wp-admin/admin.php?page=logto-sign-in" };
    format!("{}{before}{path}", site.url)
}

/// Somebody who waits for approval and has no email address enters an address that is none.
fn wait_for_approval(browser: &Browser, site: &Site) -> Result<()> {
    let ticket = site.run_php("echo LogtoSignIn\\Approval\\Contact::ticket(get_user_by('login', 'waiting')->ID);")?;
    browser.goto(&address(site, "/wp-login.php?form=1"))?;
    browser.execute(&format!(
        "const form = document.body.appendChild(document.createElement('form'));
         form.method = 'post';
         form.action = '{}';
         for (const [name, value] of [['logto_ticket', '{ticket}'], ['logto_email', 'nobody']]) {{
             const field = form.appendChild(document.createElement('input'));
             Object.assign(field, {{ name, value }});
         }}
         form.submit();",
        address(site, "/wp-login.php?action=logto_contact")
    ))?;
    Ok(())
}

fn open_a_sign_in_link(browser: &Browser, site: &Site) -> Result<()> {
    browser.goto(&site.run_php("echo LogtoSignIn\\SignIn\\SignInLink::create(get_userdata(1));")?)
}

fn save_a_bad_endpoint(browser: &Browser, site: &Site) -> Result<()> {
    browser.goto(&address(site, "&tab=connection"))?;
    browser.fill("#logto-endpoint", "https://tenant.example/?page=1")?;
    browser.follow("#submit")
}

fn check_the_connection(browser: &Browser, site: &Site) -> Result<()> {
    browser.goto(&address(site, "&tab=connection"))?;
    browser.follow("#check")
}
