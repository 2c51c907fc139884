//! Another plugin asks for a second factor: what a sign-in gives waits for it.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use simulator::provider::visitor::Visitor;
use std::fs;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::{Context as _, Result, ensure};

/// The plugin, which does what others of its kind do.
const PLUGIN: &str = include_str!("../php/plugins/second_factor.php");

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, prepare);
        fault_s3_a_second_factor_comes_before_grants_and_address,
    ]
}

fn prepare(fixture: &Arc<Fixture>) -> Result<SimulatedSite> {
    let simulated = SimulatedSite::prepare(fixture)?;
    fs::write(simulated.site.folder.join("wp-content/mu-plugins/second_factor.php"), PLUGIN)?;
    simulated.set(&json!({"role_map": "boss = administrator"}))?;
    Ok(simulated)
}

/// Role, address and marks were written before the second factor: the code went to the new address, and a session that
/// was still open became an administrator's.
fn fault_s3_a_second_factor_comes_before_grants_and_address(simulated: &SimulatedSite) -> Result<()> {
    let site = &simulated.site;
    let member = |address: &str, roles: Value| {
        let claims = json!({"name": "A Member", "email": address, "email_verified": true, "roles": roles});
        Visitor::new("member", &claims)
    };
    let mut older = CookieClient::default();
    simulated.sign_in(&mut older, &member("old@example.org", json!([])))?;
    ensure!(older.is_signed_in(), "the first sign-in needs no second factor");
    // From here on the account has one; its session began a minute ago.
    site.run_php(
        "$user = get_user_by('email', 'old@example.org');
         update_user_meta($user->ID, 'second_factor', '1');
         $earlier = fn ($session) => ['login' => time() - 60] + $session;
         update_user_meta($user->ID, 'session_tokens', array_map($earlier, get_user_meta($user->ID, 'session_tokens', true)));",
    )?;
    let state = || {
        site.run_php(
            "$user = get_users(['exclude' => [1]])[0];
             $marks = array_column(WP_Session_Tokens::get_instance($user->ID)->get_all(), 'logto_sign_in');
             echo implode(' ', $user->roles), ' ', $user->user_email, ' ', count($marks);",
        )
    };
    let before = "subscriber old@example.org 1";
    let destination = format!("{}/?after=the-second-factor", site.url);

    let mut browser = CookieClient::default();
    let started = browser.get(&format!(
        "{}&redirect_to={}",
        simulated.start_url(),
        destination.replace('?', "%3F").replace('=', "%3D")
    ))?;
    let provider = started.header("location").context("a redirect to the provider")?;
    let asked = browser.get(&simulated.consent(provider, &member("new@example.org", json!(["boss"]))))?;
    ensure!(asked.status == 200 && !browser.is_signed_in(), "{} {}", asked.status, asked.body);
    let hidden = |name: &str| {
        let value = asked.body.split(&format!("name=\"{name}\" value=\"")).nth(1);
        value.and_then(|rest| rest.split('"').next()).unwrap_or_default().replace("&#039;", "'").replace("&amp;", "&")
    };
    assert_eq!((hidden("redirect_to"), hidden("rememberme")), (destination.clone(), "1".to_owned()));
    assert_eq!(state()?, before);
    let mail: Value = serde_json::from_str(site.mails().lines().last().context("a mail with the code")?)?;
    assert_eq!(mail["to"], "old@example.org");

    // Neither the session that is still open nor a wrong code changes anything.
    older.get(&format!("{}/wp-admin/profile.php", site.url))?;
    let submit = format!("{}/wp-login.php?action=second_factor", site.url);
    let (user, remember) = (hidden("user"), hidden("rememberme"));
    let form =
        |code| [("user", user.as_str()), ("redirect_to", &destination), ("rememberme", &remember), ("code", code)];
    assert_eq!(browser.post(&submit, &form("wrong"))?.status, 403);
    assert_eq!(state()?, before);

    let passed = browser.post(&submit, &form(mail["message"].as_str().unwrap_or_default()))?;
    assert_eq!((passed.status, passed.header("location")), (302, Some(destination.as_str())));
    older.get(&format!("{}/wp-admin/profile.php", site.url))?;
    assert_eq!(state()?, before, "another browser does not complete it");
    let landed = browser.get(&destination)?;
    assert_eq!(landed.status, 200);
    assert_eq!(state()?, "subscriber administrator new@example.org 2");
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}
