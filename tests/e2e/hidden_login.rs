//! Another plugin hides the login page, a cache stores pages, and the server blocks the address that is registered.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::json;
use simulator::provider::visitor::Visitor;
use std::fs;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::{Context as _, Result, ensure};

/// The plugins, which do what others of their kinds do.
const PLUGINS: [(&str, &str); 2] = [
    ("hidden_login.php", include_str!("../php/plugins/hidden_login.php")),
    ("page_cache.php", include_str!("../php/plugins/page_cache.php")),
];
/// What a firewall does, as early as PHP can.
const BLOCK: &str = "<?php if (str_contains($_SERVER['REQUEST_URI'] ?? '', 'wp-login.php')) { http_response_code(403); exit('Blocked'); }\n";

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, |fixture| SimulatedSite::prepare(fixture));
        fault_c4_a_registered_address_answers_whatever_happens_to_the_login_page,
    ]
}

/// The redirect URI followed the secret path of a plugin, its own path answered 404, and nobody was told.
fn fault_c4_a_registered_address_answers_whatever_happens_to_the_login_page(simulated: &SimulatedSite) -> Result<()> {
    let site = &simulated.site;
    let visitor = Visitor::new("member", &json!({"name": "王小明", "email": "m@example.org", "email_verified": true}));
    let signs_in = |begin: &str| -> Result<String> {
        let mut browser = CookieClient::default();
        let started = browser.get(begin)?;
        let provider = started.header("location").context("a redirect to the provider")?.to_owned();
        let back = simulated.consent(&provider, &visitor);
        browser.get(&back)?;
        ensure!(browser.is_signed_in(), "{back} signed nobody in");
        Ok(back)
    };
    let registered = format!("{}/wp-login.php?action=logto_callback", site.url);
    ensure!(signs_in(&simulated.start_url())?.starts_with(&registered), "the address that is registered");

    for (file, plugin) in PLUGINS {
        fs::write(site.folder.join("wp-content/mu-plugins").join(file), plugin)?;
    }
    let at = |path: &str| CookieClient::default().get(&format!("{}{path}", site.url));
    assert_eq!((at("/wp-login.php?form=1")?.status, at("/secret-door/?form=1")?.status), (404, 200));
    for begin in [simulated.start_url(), format!("{}/index.php?action=logto", site.url)] {
        ensure!(signs_in(&begin)?.starts_with(&registered), "{begin}");
    }
    let found = "use LogtoSignIn\\Admin\\AddressCheck; AddressCheck::forget(); \
                 echo AddressCheck::problem(), '|', AddressCheck::problem() === '' ? '' : AddressCheck::other_path();";
    assert_eq!(site.run_php(found)?, "|");

    fs::write(site.folder.join("wp-content/mu-plugins/a_block.php"), BLOCK)?;
    assert_eq!(site.run_php(found)?, "HTTP 403|index.php");
    site.run_php("LogtoSignIn\\Settings\\LoginPath::change('index.php');")?;
    let front = format!("{}/index.php?action=logto_callback", site.url);
    simulated.provider.provider().redirect_uris.push(front.clone());
    ensure!(signs_in(&format!("{}/index.php?action=logto", site.url))?.starts_with(&front), "the address that answers");
    assert_eq!(site.run_php(found)?, "|");
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}
