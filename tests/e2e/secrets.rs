//! What a whole run leaves behind tells no secret.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Fixture, after_all_others, given_out};
use libtest_mimic::Trial;
use simulator::figures;
use simulator::provider::visitor::Visitor;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::secrets::{Secret, leaks, secrets};
use world::{Result, ensure};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    vec![after_all_others(fixture, "secrets::fault_s8_a_whole_run_leaves_no_secret_behind", fault_s8)]
}

/// Fault S8: secrets were in logs, in the way back of an import, and in another site's option.
///
/// It reads the logs of nginx, of PHP and of WordPress, mails, files and every table of every site. A site of its own makes
/// sure that there is something to read even when no other test ran: somebody is signed in, and somebody is refused.
fn fault_s8(fixture: &Fixture) -> Result<()> {
    let simulated = SimulatedSite::prepare(fixture)?;
    let mut browser = CookieClient::default();
    simulated.sign_in(&mut browser, &Visitor::alice())?;
    ensure!(browser.is_signed_in(), "nobody is signed in");
    let (right, wrong) = (simulated.provider.provider().app_secret.clone(), "a secret that is not the provider's");
    simulated.set_secret(wrong)?;
    let answer = simulated.sign_in(&mut CookieClient::default(), &Visitor::alice())?;
    ensure!(answer.body.contains("client_rejected"), "{}", answer.body);
    simulated.set_secret(&right)?;
    drop(simulated);

    let places = fixture.world()?.places()?;
    // What is no secret and must be there: a search that finds nothing looks in the wrong places.
    for (what, value) in
        [("log", "[client_rejected]"), ("table", "alice@example"), ("access log", "action=logto_callback")]
    {
        let found = leaks(&places, &[Secret::new(what, value, &[])].into());
        ensure!(found.iter().any(|leak| leak.ends_with(what)), "the {what} was not read");
    }
    let mut known = given_out();
    known.push(Secret::new("App secret that was replaced", wrong, &[]));
    known.extend(browser.cookies().map(|(_, value)| Secret::new("cookie of a visitor", value, &[])));
    let found = leaks(&places, &secrets(&places, &known));
    let counts = [
        ("places searched", figures::count(places.len())),
        ("secrets known", figures::count(known.len())),
        ("secrets found", figures::count(found.len())),
    ];
    figures::tell("secrets", "what the end-to-end tests left behind", &counts);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}
