//! What attackers do with plain HTTP requests.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use simulator::http::Server;
use simulator::provider::Provider;
use simulator::provider::visitor::Visitor;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::wordpress::site::ADMIN;
use world::{Context as _, Result, ensure};

/// More tabs than anybody opens.
const TABS: usize = 40;

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, |fixture| SimulatedSite::prepare(fixture));
        fault_s9_no_number_of_starts_fills_the_request_header,
        fault_s8_another_endpoint_receives_no_stored_secret,
    ]
}

/// Fault S9: a few links with long destinations, and the web server answered 400 for an hour.
fn fault_s9_no_number_of_starts_fills_the_request_header(simulated: &SimulatedSite) -> Result<()> {
    let mut browser = CookieClient::default();
    for tab in 0..TABS {
        let url = format!("{}&redirect_to=%2F%3Ftab%3D{tab}%26{}", simulated.start_url(), "x".repeat(900));
        let answer = browser.get(&url)?;
        ensure!(answer.status == 302, "tab {tab}: {}", answer.status);
    }

    let bytes: usize = browser.cookies().map(|(name, value)| name.len() + value.len() + 3).sum();
    ensure!(bytes <= 3 * 1024, "the cookies take {bytes} bytes");
    let form = browser.get(&format!("{}/wp-login.php?form=1", simulated.site.url))?;
    ensure!(form.status == 200, "{}", form.status);
    simulated.sign_in(&mut browser, &Visitor::alice())?;
    ensure!(browser.is_signed_in(), "the last tab signs in");
    Ok(())
}

/// Fault S8: an administrator's session sufficed to have the next sign-in send the stored secret to any host.
fn fault_s8_another_endpoint_receives_no_stored_secret(simulated: &SimulatedSite) -> Result<()> {
    let url = &simulated.site.url;
    let attacker = Server::start(Provider::new("http://127.0.0.1"))?;
    attacker.provider().redirect_uris = vec![format!("{url}/wp-login.php?action=logto_callback")];
    let app_id = simulated.provider.provider().app_id.clone();
    let mut admin = CookieClient::default();
    admin.get(&format!("{url}/wp-login.php?form=1"))?;
    admin.post(&format!("{url}/wp-login.php"), &[("log", ADMIN), ("pwd", &simulated.site.password)])?;
    let page = admin.get(&format!("{url}/wp-admin/admin.php?page=logto-sign-in"))?.body;
    let (_, nonce) = page.split_once("name=\"_wpnonce\" value=\"").context("the page has a form")?;
    let nonce = nonce.split('"').next().unwrap_or_default();

    let saved = admin.post(
        &format!("{url}/wp-admin/options.php"),
        &[
            ("option_page", "logto_sign_in"),
            ("action", "update"),
            ("_wpnonce", nonce),
            ("logto_sign_in[endpoint]", &attacker.url),
            ("logto_sign_in[app_id]", &app_id),
            ("logto_sign_in[app_secret]", ""),
        ],
    )?;
    ensure!(saved.status == 302, "{}", saved.status);
    let endpoint = simulated.site.run_php("echo get_option('logto_sign_in')['endpoint'];")?;
    ensure!(endpoint == attacker.url, "the endpoint was saved: {endpoint}");
    let answer = CookieClient::default().get(&simulated.start_url())?;

    ensure!(answer.body.contains("not_configured"), "{} {}", answer.status, answer.body);
    let asked: Vec<_> = attacker.provider().received.iter().map(|received| received.path.clone()).collect();
    ensure!(!asked.iter().any(|path| path.ends_with("/token")), "{asked:?}");
    simulated.set(&serde_json::json!({}))
}
