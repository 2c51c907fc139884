//! Every page of the plugin, on a site where everything is in use.

use crate::Result;
use crate::browser::Browser;
use crate::wordpress::Site;

/// A page that somebody sees.
#[derive(Debug)]
pub struct Page {
    /// What pictures of it are called.
    pub name: &'static str,
    /// Its address, below the site's.
    pub path: &'static str,
    /// A CSS selector of what is there once the page is.
    pub at: &'static str,
    /// A CSS selector of the plugin's part: the rest is WordPress's, or the theme's.
    pub within: &'static str,
}

const fn page(name: &'static str, path: &'static str, at: &'static str, within: &'static str) -> Page {
    Page { name, path, at, within }
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
    page("profile", "/wp-admin/profile.php", "#logto-ways", "#wpbody-content"),
];

/// A page in the plugin's menu: `rest` is what follows `page=logto-sign-in`.
const fn in_menu(name: &'static str, rest: &'static str, at: &'static str) -> Page {
    page(name, rest, at, "#wpbody-content")
}

/// Settings with everything in use, an identity of the administrator's, a page with the block, and something to import.
const FURNISH: &str = "
update_option('logto_sign_in', [
    'endpoint' => 'https://tenant.example', 'app_id' => 'app', 'app_secret' => 'secret',
    'connectors' => \"social:dingtalk\\nsso:abc123 = Company account\",
    'dingtalk_client_id' => 'client', 'dingtalk_client_secret' => 'secret',
]);
update_option('logto_options', ['endpoint' => 'https://tenant.example', 'appId' => 'app', 'appSecret' => 'secret']);
LogtoSignIn\\Support\\Tables::database()->insert(LogtoSignIn\\Support\\Tables::identities(), [
    'issuer_hash' => hash('sha256', 'https://tenant.example/oidc'), 'issuer' => 'https://tenant.example/oidc',
    'subject' => 'subject', 'user_id' => 1, 'created' => '2026-01-01 00:00:00',
]);
wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Members', 'post_name' => 'members',
    'post_content' => '<!-- wp:logto-sign-in/button {\"connector\":\"social:dingtalk\"} /-->']);
";

/// Puts everything in use on a site where the plugin is active.
pub fn furnish(site: &Site) -> Result<()> {
    site.run_php(FURNISH).map(drop)
}

/// Lets WordPress lay out its pages from right to left. WordPress takes the direction from its Hebrew translation, which
/// the sites here do not have: the language of the page is Hebrew, and its texts are English.
pub fn mirror(site: &Site) -> Result<()> {
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
        let menu = "/wp-admin/admin.php?page=logto-sign-in";
        let before = if self.path.starts_with('/') { "" } else { menu };
        browser.goto(&format!("{}{before}{}", site.url, self.path))?;
        browser.wait_for(self.at)
    }
}

/// Opens the page of somebody who waits for approval and has no email address, after an address that is none.
pub fn wait_for_approval(browser: &Browser, site: &Site) -> Result<()> {
    let ticket = site.run_php(
        "$user = wp_insert_user(['user_login' => 'waiting', 'user_pass' => 'x', 'user_email' => 'a@no-email.invalid']);
         update_user_meta($user, 'logto_sign_in_pending', '1');
         echo LogtoSignIn\\Approval\\Contact::ticket($user);",
    )?;
    browser.goto(&format!("{}/wp-login.php?form=1", site.url))?;
    browser.execute(&format!(
        "const form = document.body.appendChild(document.createElement('form'));
         form.method = 'post';
         form.action = '{}/wp-login.php?action=logto_contact';
         for (const [name, value] of [['logto_ticket', '{ticket}'], ['logto_email', 'nobody']]) {{
             const field = form.appendChild(document.createElement('input'));
             Object.assign(field, {{ name, value }});
         }}
         form.submit();",
        site.url
    ))?;
    browser.wait_for("#logto-email")
}
