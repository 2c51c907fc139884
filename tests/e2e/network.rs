//! A network of three sites: who signs in where, and which sites they become members of. Each test has a visitor whom
//! the network has never seen.

use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use std::sync::Arc;
use world::browser::Browser;
use world::package::PLUGIN;
use world::providers::{LOCAL_USER, Logto};
use world::wordpress::site::{SECOND, THIRD};
use world::wordpress::{Options, Site};
use world::{Result, ensure};

/// The organization whose members are members of the third site.
const ORGANIZATION: &str = "o-third";

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, Network::prepare);
        signing_in_to_another_site_joins_it_with_the_same_account,
        only_members_sign_in_where_signing_in_does_not_join,
        membership_follows_the_organization,
        fault_s2_a_site_admin_cannot_bring_their_own_provider,
    ]
}

/// The network and its tenant. The site ends before the tenant.
struct Network {
    site: Site,
    logto: Logto,
    fixture: Arc<Fixture>,
}

impl Network {
    fn prepare(fixture: &Arc<Fixture>) -> Result<Self> {
        let world = fixture.world()?;
        let site = world.site(&Options { network: true, ..Options::default() })?;
        site.activate(&fixture.package()?.zip, PLUGIN)?;
        let logto = world.logto()?;
        // Every site has addresses of its own.
        let address =
            |action: &str| ["", SECOND, THIRD].map(|path| format!("{}{path}/wp-login.php?action={action}", site.url));
        logto.configure(&json!({
            "redirect_uris": address("logto_callback"),
            "post_logout_redirect_uris": address("logto_signed_out"),
        }))?;
        Ok(Self { site, logto, fixture: Arc::clone(fixture) })
    }

    fn browser(&self) -> Result<Browser> {
        self.fixture.world()?.browser("en-US")
    }

    /// Settings for the whole network: the tenant's and these.
    fn set(&self, settings: &Value) -> Result<()> {
        let mut all = settings.clone();
        all["endpoint"] = self.logto.endpoint.clone().into();
        all["app_id"] = self.logto.app_id.clone().into();
        all["app_secret"] = self.logto.app_secret.clone().into();
        let code = format!("update_site_option('logto_sign_in_network', json_decode({:?}, true));", all.to_string());
        self.site.run_php(&code).map(drop)
    }

    fn forget_the_visitor(&self) -> Result<()> {
        self.logto.change_user(&json!({"username": LOCAL_USER.0, "organizations": []}))?;
        self.site
            .run_php(
                "require_once ABSPATH . 'wp-admin/includes/ms.php';
                 global $wpdb;
                 array_map('wpmu_delete_user', $wpdb->get_col(\"SELECT ID FROM {$wpdb->users} WHERE ID > 1\"));",
            )
            .map(drop)
    }

    /// Signs in at a site, with the password if Logto asks for it, until the site shows a page of its own.
    fn sign_in(&self, visitor: &Browser, path: &str) -> Result<()> {
        let home = format!("{}{path}/", self.site.url);
        visitor.goto(&format!("{home}wp-login.php?action=logto&redirect_to={home}"))?;
        if visitor.url()?.starts_with(&self.logto.endpoint) {
            visitor.fill("#identifier", LOCAL_USER.0)?;
            visitor.fill("#password", LOCAL_USER.1)?;
            visitor.follow("button.primary")?;
        }
        visitor.wait_for_url(&home)
    }

    fn is_greeted(&self, visitor: &Browser, path: &str) -> Result<()> {
        visitor.wait_for_url(&format!("{}{path}/", self.site.url))?;
        let greeting = visitor.text_of("#wp-admin-bar-my-account")?;
        ensure!(greeting.contains("Méi Ling"), "the site greets {greeting:?}");
        Ok(())
    }

    /// The page of somebody who may not be on this site.
    fn is_refused(visitor: &Browser) -> Result<()> {
        visitor.wait_for_text("Your account is not a member of this site.")?;
        let code = visitor.text_of(".logto-code code")?;
        ensure!(code == "not_a_member", "the page says {code}");
        Ok(())
    }

    /// The visitor's roles by the number of the site; sites that they are no member of are missing.
    fn memberships(&self) -> Result<Value> {
        let json = self.site.run_php(
            "global $wpdb;
             $ids = $wpdb->get_col(\"SELECT user_id FROM {$wpdb->base_prefix}logto_identities\");
             count($ids) === 1 || exit('\"' . count($ids) . ' identities\"');
             $roles = fn ($site) => array_values((new WP_User((int) $ids[0], '', $site))->roles);
             $sites = array_keys(get_blogs_of_user((int) $ids[0]));
             echo json_encode((object) array_combine($sites, array_map($roles, $sites)));",
        )?;
        Ok(serde_json::from_str(&json)?)
    }
}

fn signing_in_to_another_site_joins_it_with_the_same_account(network: &Network) -> Result<()> {
    network.forget_the_visitor()?;
    network.set(&json!({}))?;
    let visitor = network.browser()?;
    network.sign_in(&visitor, "")?;
    network.is_greeted(&visitor, "")?;
    assert_eq!(network.memberships()?, json!({"1": ["subscriber"]}));

    // Logto has a session and does not ask again.
    network.sign_in(&visitor, SECOND)?;
    network.is_greeted(&visitor, SECOND)?;
    assert_eq!(network.memberships()?, json!({"1": ["subscriber"], "2": ["subscriber"]}));

    // A role that was given there by hand is not touched by signing in again.
    network.site.run_php(
        "global $wpdb;
         $user = new WP_User((int) $wpdb->get_var(\"SELECT user_id FROM {$wpdb->base_prefix}logto_identities\"), '', 2);
         $user->set_role('author');",
    )?;
    network.sign_in(&visitor, SECOND)?;
    assert_eq!(network.memberships()?, json!({"1": ["subscriber"], "2": ["author"]}));
    assert_eq!(network.site.complaints(), "");
    Ok(())
}

fn only_members_sign_in_where_signing_in_does_not_join(network: &Network) -> Result<()> {
    network.forget_the_visitor()?;
    network.set(&json!({}))?;
    network.sign_in(&network.browser()?, "")?;
    network.set(&json!({"join_site": false}))?;

    let visitor = network.browser()?;
    let home = format!("{}{THIRD}/", network.site.url);
    network.sign_in(&visitor, THIRD)?;
    Network::is_refused(&visitor)?;
    visitor.goto(&home)?;
    assert_eq!(visitor.count("#wp-admin-bar-my-account")?, 0, "nobody is signed in");
    assert_eq!(network.memberships()?, json!({"1": ["subscriber"]}));
    let log = network.site.debug_log();
    assert!(log.contains("[not_a_member]"), "{log}");

    network.sign_in(&visitor, "")?;
    network.is_greeted(&visitor, "")
}

fn membership_follows_the_organization(network: &Network) -> Result<()> {
    network.forget_the_visitor()?;
    network.set(&json!({"site_map": format!("{ORGANIZATION} = 3")}))?;
    let organizations = |organizations: Value| {
        network.logto.change_user(&json!({"username": LOCAL_USER.0, "organizations": organizations}))
    };
    organizations(json!([ORGANIZATION, "o-other"]))?;
    let visitor = network.browser()?;
    network.sign_in(&visitor, "")?;
    network.is_greeted(&visitor, "")?;
    assert_eq!(network.memberships()?, json!({"1": ["subscriber"], "3": ["subscriber"]}));
    network.sign_in(&visitor, THIRD)?;
    network.is_greeted(&visitor, THIRD)?;
    network.site.run_php(
        "global $wpdb;
         add_user_to_blog(2, (int) $wpdb->get_var(\"SELECT user_id FROM {$wpdb->base_prefix}logto_identities\"), 'author');",
    )?;

    organizations(json!(["o-other"]))?;
    network.sign_in(&visitor, "")?;
    network.is_greeted(&visitor, "")?;
    assert_eq!(network.memberships()?, json!({"1": ["subscriber"], "2": ["author"]}), "what was given by hand stays");
    network.sign_in(&visitor, THIRD)?;
    Network::is_refused(&visitor)?;
    assert_eq!(network.site.complaints(), "");
    Ok(())
}

/// Fault S2: an administrator of one site entered a provider of their own and `link_by_email`, signed in there as
/// somebody else, and had that user's rights on every site of the network.
fn fault_s2_a_site_admin_cannot_bring_their_own_provider(network: &Network) -> Result<()> {
    network.forget_the_visitor()?;
    network.set(&json!({}))?;
    network.site.run_php(
        "switch_to_blog(2);
         wp_insert_user(['user_login' => 'site-admin', 'user_pass' => 'a right one', 'role' => 'administrator']);",
    )?;
    let home = format!("{}{SECOND}", network.site.url);
    let settings = format!("{home}/wp-admin/admin.php?page=logto-sign-in");
    let site_admin = network.browser()?;
    site_admin.goto(&format!("{home}/wp-login.php?form=1"))?;
    site_admin.fill("#user_login", "site-admin")?;
    site_admin.fill("#user_pass", "a right one")?;
    site_admin.follow("#wp-submit")?;
    site_admin.goto(&settings)?;
    assert_eq!(site_admin.count("#logto-endpoint")?, 0, "the page offers the network's settings");

    site_admin.execute(
        "const form = document.querySelector('form[action$=\"admin-post.php\"]:has([value=\"logto_sign_in_network\"])');
         const input = document.createElement('input');
         input.name = 'own';
         input.value = '1';
         form.append(input);
         HTMLFormElement.prototype.submit.call(form);",
    )?;
    site_admin.wait_for_text("You are not allowed to do this.")?;
    site_admin.goto(&settings)?;
    site_admin.execute(
        "const form = document.querySelector('form[action=\"options.php\"]');
         const values = {endpoint: 'https://own.example', app_id: 'own', app_secret: 'own', link_by_email: '1'};
         for (const [name, value] of Object.entries(values)) {
             const input = document.createElement('input');
             input.name = `logto_sign_in[${name}]`;
             input.value = value;
             form.append(input);
         }
         HTMLFormElement.prototype.submit.call(form);",
    )?;
    site_admin.wait_for_text("Logto endpoint: The network administrators manage this setting.")?;

    let stored = network.site.run_php(
        "$own = get_blog_option(2, 'logto_sign_in');
         $foreign = array_diff_key($own, array_flip(LogtoSignIn\\Settings\\Defaults::OF_A_SITE));
         echo json_encode([count($own) > 0, array_keys($foreign), get_site_option('logto_sign_in_site_2')]);",
    )?;
    assert_eq!(serde_json::from_str::<Value>(&stored)?, json!([true, [], false]));
    let visitor = network.browser()?;
    network.sign_in(&visitor, SECOND)?;
    network.is_greeted(&visitor, SECOND)?;
    assert_eq!(network.site.complaints(), "");
    Ok(())
}
