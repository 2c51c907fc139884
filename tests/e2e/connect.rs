//! Connecting an account that exists: by mail, by password, and from the profile page.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::tenant::TenantSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use simulator::provider::visitor::Visitor;
use std::path::PathBuf;
use std::sync::Arc;
use world::browser::Browser;
use world::cookie_client::CookieClient;
use world::http::Answer;
use world::providers::LOCAL_USER;
use world::{Context as _, Result, accessibility, demo, ensure, paths};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    let mut all = trials![Shared::new(fixture, ByHttp::prepare);
        fault_s1_a_prehijacked_account_becomes_the_owners_alone,
        a_login_with_the_password_connects_the_account,
    ];
    all.extend(trials![Shared::new(fixture, prepare_tenant);
        fault_s7_a_strangers_session_at_the_provider_is_not_linked_silently,
        a_visitor_with_an_account_is_asked_to_prove_it,
    ]);
    all
}

/// A site whose visitors come without a browser.
struct ByHttp(SimulatedSite);

impl ByHttp {
    fn prepare(fixture: &Arc<Fixture>) -> Result<Self> {
        SimulatedSite::prepare(fixture).map(Self)
    }

    fn login(&self, query: &str) -> String {
        format!("{}/wp-login.php{query}", self.0.site.url)
    }

    fn connect_url(&self) -> String {
        self.login("?action=logto_connect")
    }

    /// Logs in with the form of WordPress.
    fn log_in(&self, browser: &mut CookieClient, user: &str, password: &str, redirect_to: &str) -> Result<Answer> {
        browser.get(&self.login("?form=1"))?;
        browser.post(&self.login(""), &[("log", user), ("pwd", password), ("redirect_to", redirect_to)])
    }

    /// The visitor's sign-in, up to the page that asks about the account.
    fn asked(&self, browser: &mut CookieClient, visitor: &Visitor) -> Result<String> {
        let answer = self.0.sign_in(browser, visitor)?;
        ensure!(!browser.is_signed_in(), "the visitor is signed in to somebody's account: {}", answer.status);
        assert_eq!((answer.status, location(&answer)?), (302, self.connect_url()));
        let page = browser.get(&self.connect_url())?;
        ensure!(page.body.contains("You already have an account here"), "{}", page.body);
        Ok(page.body)
    }

    /// Chooses something on the page.
    fn choose(&self, browser: &mut CookieClient, page: &str, choice: &str, code: &str) -> Result<Answer> {
        let nonce = attribute(page, "name=\"_wpnonce\" value=\"").context("no nonce")?;
        browser.post(&self.connect_url(), &[("_wpnonce", &nonce), ("logto_choice", choice), ("code", code)])
    }

    /// Whether a browser's session still opens the profile page.
    fn has_session(&self, browser: &mut CookieClient) -> Result<bool> {
        Ok(browser.get(&format!("{}/wp-admin/profile.php", self.0.site.url))?.status == 200)
    }

    fn identities(&self) -> Result<String> {
        self.0.site.run_php(
            "global $wpdb; echo $wpdb->get_var(\"SELECT COUNT(*) FROM {$wpdb->base_prefix}logto_identities\");",
        )
    }

    fn mails_to(&self, address: &str) -> Vec<Value> {
        let mails = self.0.site.mails();
        let all = mails.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        all.filter(|mail| mail["to"] == address).collect()
    }
}

fn location(answer: &Answer) -> Result<String> {
    answer.header("location").map(str::to_owned).with_context(|| format!("no redirect: {}", answer.body))
}

/// What stands between `before` and the next quotation mark.
fn attribute(page: &str, before: &str) -> Option<String> {
    page.split_once(before)?.1.split_once('"').map(|(value, _)| value.to_owned())
}

/// Fault S1: WordPress lets users enter any address. Whoever entered the owner's shared the account with them after the
/// owner's first sign-in, which a mapped role then made an administrator.
fn fault_s1_a_prehijacked_account_becomes_the_owners_alone(site: &ByHttp) -> Result<()> {
    site.0.set(&json!({"link_by_email": true, "role_map": "boss = administrator"}))?;
    site.0.site.run_php(
        "$id = wp_insert_user(['user_login' => 'attacker', 'user_pass' => 'of the attacker', 'role' => 'subscriber']);
         wp_update_user(['ID' => $id, 'user_email' => 'boss@corp.example']);
         WP_Application_Passwords::create_new_application_password($id, ['name' => 'a program']);",
    )?;
    let mut attacker = CookieClient::default();
    site.log_in(&mut attacker, "attacker", "of the attacker", "")?;
    ensure!(site.has_session(&mut attacker)?, "the attacker has a session");

    let claims = json!({"name": "Boss", "email": "boss@corp.example", "email_verified": true, "roles": ["boss"]});
    let boss = Visitor::new("the boss", &claims);
    let mut browser = CookieClient::default();
    let page = site.asked(&mut browser, &boss)?;
    ensure!(!page.contains("attacker"), "the page names the account to nobody but its owner");
    assert_eq!(site.identities()?, "0");

    let mailed = site.choose(&mut browser, &page, "mail", "")?;
    ensure!(mailed.body.contains("a link was sent to boss@corp.example"), "{}", mailed.body);
    site.choose(&mut browser, &page, "mail", "")?;
    let mails = site.mails_to("boss@corp.example");
    assert_eq!(mails.len(), 1, "one mail, however often it is asked for");
    let text = mails[0]["message"].as_str().context("a text")?;
    let link = text.split_whitespace().find(|word| word.contains("logto_connect")).context("no link")?.to_owned();
    let code = link.rsplit("code=").next().context("no code")?.to_owned();

    // The attacker, who reads nothing of the boss's, and anybody else's browser.
    for stranger in [&mut attacker, &mut CookieClient::default()] {
        let refused = stranger.get(&link)?;
        assert_eq!(refused.status, 400);
        ensure!(refused.body.contains("<code>connect_expired</code>"), "{}", refused.body);
    }
    let confirm = browser.get(&link)?;
    ensure!(confirm.body.contains("its password will be reset"), "{}", confirm.body);
    assert_eq!(site.identities()?, "0", "opening the link changes nothing");
    ensure!(site.has_session(&mut attacker)?, "nor ends it anything");

    let connected = site.choose(&mut browser, &confirm.body, "connect", &code)?;
    let start = browser.get(&location(&connected)?)?;
    let back = site.0.consent(&location(&start)?, &boss);
    browser.get(&back)?;
    ensure!(site.has_session(&mut browser)?, "the boss is signed in");

    ensure!(!site.has_session(&mut attacker)?, "the attacker's session is over");
    let mut again = CookieClient::default();
    site.log_in(&mut again, "attacker", "of the attacker", "")?;
    ensure!(!again.is_signed_in(), "and so is the password");
    let left = site.0.site.run_php(
        "$user = get_user_by('email', 'boss@corp.example');
         echo count(WP_Application_Passwords::get_user_application_passwords($user->ID)), ' ', implode(',', $user->roles);",
    )?;
    assert_eq!(left, "0 subscriber,administrator");
    assert_eq!(site.identities()?, "1");
    let told = site.mails_to("boss@corp.example");
    ensure!(told.len() == 2 && told[1]["subject"].to_string().contains("was connected to your account"), "{told:?}");
    assert_eq!(site.0.site.complaints(), "");
    clear(site)
}

/// Whatever another plugin does with `login_redirect`, the login that proves the account leads to the question.
fn a_login_with_the_password_connects_the_account(site: &ByHttp) -> Result<()> {
    site.0.set(&json!({}))?;
    site.0.site.run_php(
        "wp_insert_user(['user_login' => 'owner', 'user_pass' => 'of the owner', 'user_email' => 'owner@corp.example', 'role' => 'administrator']);",
    )?;
    let claims = json!({"name": "Owner", "email": "owner@corp.example", "email_verified": true});
    let owner = Visitor::new("the owner", &claims);

    // A session that was left open proves nothing.
    let mut open = CookieClient::default();
    site.log_in(&mut open, "owner", "of the owner", "")?;
    std::thread::sleep(std::time::Duration::from_secs(2));
    let answer = site.0.sign_in(&mut open, &owner)?;
    let page = open.get(&location(&answer)?)?;
    ensure!(page.body.contains("You already have an account here"), "{}", page.body);
    assert_eq!(site.choose(&mut open, &page.body, "connect", "")?.status, 400);
    assert_eq!(site.identities()?, "0");

    let mut browser = CookieClient::default();
    site.asked(&mut browser, &owner)?;
    let logged_in = site.log_in(&mut browser, "owner", "of the owner", "http://127.0.0.1/elsewhere")?;
    assert_eq!(location(&logged_in)?, site.connect_url());
    let confirm = browser.get(&site.connect_url())?;
    ensure!(confirm.body.contains("<strong>Owner</strong> (owner@corp.example)"), "{}", confirm.body);
    let connected = site.choose(&mut browser, &confirm.body, "connect", "")?;
    assert_eq!((connected.status, site.identities()?), (302, "1".to_owned()));
    ensure!(site.has_session(&mut browser)? && !site.has_session(&mut open)?, "other sessions end");

    let mut next = CookieClient::default();
    site.0.sign_in(&mut next, &owner)?;
    ensure!(site.has_session(&mut next)?, "the sign-in opens the account from now on");
    assert_eq!(site.0.site.complaints(), "");
    clear(site)
}

/// Everybody but the administrator goes.
fn clear(site: &ByHttp) -> Result<()> {
    site.0
        .site
        .run_php(
            "require_once ABSPATH . 'wp-admin/includes/user.php';
             foreach (get_users(['exclude' => [1], 'fields' => 'ID']) as $id) { wp_delete_user((int) $id); }",
        )
        .map(drop)
}

fn prepare_tenant(fixture: &Arc<Fixture>) -> Result<TenantSite> {
    let tenant = TenantSite::prepare(fixture)?;
    tenant.set(&json!({"provisioning": "off", "link_by_email": true}))?;
    Ok(tenant)
}

/// Fault S7: “Connect Logto” took whoever's session at Logto was in the browser, without a question: a stranger became the
/// administrator.
fn fault_s7_a_strangers_session_at_the_provider_is_not_linked_silently(tenant: &TenantSite) -> Result<()> {
    let browser = tenant.browser("en-US")?;
    let identities = || {
        tenant.site.run_php(
            "global $wpdb; echo $wpdb->get_var(\"SELECT COUNT(*) FROM {$wpdb->base_prefix}logto_identities\");",
        )
    };
    // A stranger without an account was at this browser: Logto knows them.
    browser.goto(&tenant.login("action=logto"))?;
    sign_in_at_logto(&browser, tenant)?;
    browser.wait_for_text("You do not have an account on this site.")?;

    demo::log_in(&browser, &tenant.site)?;
    for choice in ["Cancel", "Connect"] {
        browser.goto(&format!("{}/wp-admin/profile.php", tenant.site.url))?;
        browser.fill("#logto-password", &tenant.site.password)?;
        browser.click_text("Connect Logto")?;
        sign_in_at_logto(&browser, tenant).context("Logto asks who it is, whatever session it has")?;
        browser.wait_for_text("Connect your account?")?;
        let shown = browser.text_of("#login")?;
        ensure!(
            shown.contains("Méi Ling 玲") && shown.contains("mei@example.com"),
            "the page names who it is: {shown}"
        );
        assert_eq!(identities()?, "0", "nothing is stored before the confirmation");
        picture(&browser, "confirm")?;
        browser.click_text(choice)?;
        browser.wait_for("#logto-ways")?;
    }
    browser.wait_for_text("Sign-in method connected.")?;
    assert_eq!(identities()?, "1");
    ensure!(tenant.site.mails().contains("A sign-in method was connected to your account"), "the owner is told");
    assert_eq!(tenant.site.complaints(), "");
    Ok(())
}

/// What a visitor sees whose address an account has.
fn a_visitor_with_an_account_is_asked_to_prove_it(tenant: &TenantSite) -> Result<()> {
    let mei = tenant.site.run_php(
        "global $wpdb; $wpdb->query(\"DELETE FROM {$wpdb->base_prefix}logto_identities\");
         echo wp_create_user('mei', wp_generate_password(), 'mei@example.com');",
    )?;
    let browser = tenant.browser("en-US")?;
    browser.goto(&tenant.login("action=logto"))?;
    sign_in_at_logto(&browser, tenant)?;
    browser.wait_for_text("You already have an account here")?;
    picture(&browser, "prove")?;
    tenant.site.run_php(&format!("require_once ABSPATH . 'wp-admin/includes/user.php'; wp_delete_user({mei});"))?;
    assert_eq!(tenant.site.complaints(), "");
    Ok(())
}

fn sign_in_at_logto(browser: &Browser, tenant: &TenantSite) -> Result<()> {
    browser.wait_for_url(&tenant.logto.endpoint)?;
    browser.fill("#identifier", LOCAL_USER.0)?;
    browser.fill("#password", LOCAL_USER.1)?;
    browser.follow("button.primary")
}

/// The page on a desk and on a phone, as a picture, and for everybody.
fn picture(browser: &Browser, name: &str) -> Result<()> {
    accessibility::check(browser, "html")?;
    for (width, height) in [(320, 800), (1280, 900)] {
        browser.resize(width, height)?;
        let file: PathBuf = paths::target().join(format!("pictures/connect-{name}-{width}.png"));
        browser.screenshot(&file)?;
    }
    Ok(())
}
