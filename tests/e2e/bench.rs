//! Beside other plugins: those of `tests/php/plugins/` do what real ones do at the same hooks.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::json;
use simulator::provider::visitor::Visitor;
use std::fs;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::http::Answer;
use world::{Context as _, Result, ensure};

macro_rules! plugins {
    ($($name:literal),+ $(,)?) => { [$(($name, include_str!(concat!("../php/plugins/", $name, ".php"))),)+] };
}

/// What a site may have beside this plugin.
const PLUGINS: [(&str, &str); 10] = plugins![
    "captcha",
    "lockout",
    "activity_log",
    "form_code",
    "guard",
    "second_factor",
    "user_switching",
    "shop",
    "hidden_login",
    "page_cache",
];

/// What spoils every answer.
const EARLY_OUTPUT: &str = include_str!("../php/plugins/early_output.php");

/// `DingTalk`'s interface, within the site.
const DINGTALK: &str = "<?php
add_filter('pre_http_request', static fn(mixed $answer, array $_, string $url): mixed => match (true) {
    str_ends_with($url, '/v1.0/oauth2/userAccessToken') => ['response' => ['code' => 200], 'headers' => ['content-type' => 'application/json'], 'body' => '{\"accessToken\":\"token\",\"expireIn\":7200}'],
    str_ends_with($url, '/v1.0/contact/users/me') => ['response' => ['code' => 200], 'headers' => ['content-type' => 'application/json'], 'body' => '{\"nick\":\"Li Si\",\"unionId\":\"union\",\"openId\":\"open\"}'],
    default => $answer,
}, 10, 3);";

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, prepare);
        visitors_sign_in_and_out_beside_other_plugins,
        fault_c9_early_output_is_named_and_spends_nothing,
        fault_c25_signing_out_while_switched_tells_the_provider,
    ]
}

fn prepare(fixture: &Arc<Fixture>) -> Result<SimulatedSite> {
    let simulated = SimulatedSite::prepare(fixture)?;
    install(&simulated, "dingtalk_in_the_site", DINGTALK)?;
    simulated.set(&json!({
        "role_map": "boss = administrator", "dingtalk_client_id": "client", "dingtalk_client_secret": "the secret of DingTalk",
    }))?;
    Ok(simulated)
}

/// Faults C1, C2 and C3: a captcha refused every visitor, lock-out plugins counted failures that were none, activity logs
/// noted wrong passwords, and the sign-out of a shop's page left the session at the provider.
fn visitors_sign_in_and_out_beside_other_plugins(simulated: &SimulatedSite) -> Result<()> {
    let complaints = simulated.site.complaints();
    let alone = PLUGINS.iter().map(std::slice::from_ref);
    for plugins in alone.chain([&PLUGINS[..]]) {
        for (name, code) in plugins {
            install(simulated, name, code)?;
        }
        let names: Vec<&str> = plugins.iter().map(|(name, _)| *name).collect();
        let beside = names.join(", ");
        let logto = sign_in_and_out(simulated, Provider::Logto, &names).context(beside.clone())?;
        ensure!(logto.starts_with(&format!("{}/oidc/session/end?", simulated.provider.url)), "{beside}: {logto}");
        let dingtalk = sign_in_and_out(simulated, Provider::Dingtalk, &names).context(beside.clone())?;
        ensure!(dingtalk.starts_with(&simulated.site.url), "{beside}: {dingtalk}");
        for (name, _) in plugins {
            remove(simulated, name)?;
        }
    }

    let noted =
        simulated.site.run_php("echo json_encode([get_option('activity_log'), get_option('lockout_failures')]);")?;
    // Twice for each provider: alone, and among the others.
    let visit = ["login", "signed in at a provider", "logout"];
    assert_eq!(noted, json!([visit.repeat(4), false]).to_string());
    assert_eq!(simulated.site.complaints(), complaints);
    Ok(())
}

/// The code was spent, and the visitor saw a blank page.
fn fault_c9_early_output_is_named_and_spends_nothing(simulated: &SimulatedSite) -> Result<()> {
    let mut browser = CookieClient::default();
    let back = Provider::Logto.come_back(simulated, &mut browser)?;

    install(simulated, "early_output", EARLY_OUTPUT)?;
    let spoiled = browser.clone().get(&back);
    remove(simulated, "early_output")?;
    let spoiled = spoiled?;

    ensure!(spoiled.body.contains("output_before_headers"), "{}", spoiled.body);
    ensure!(spoiled.body.contains("wp-content/mu-plugins/early_output.php"), "{}", spoiled.body);
    let answer = browser.get(&back)?;
    ensure!(answer.status == 302 && browser.is_signed_in(), "the code was spent: {} {}", answer.status, answer.body);
    Ok(())
}

/// The session of the administrator who had switched to another user lived on at the provider.
fn fault_c25_signing_out_while_switched_tells_the_provider(simulated: &SimulatedSite) -> Result<()> {
    for name in ["user_switching", "shop"] {
        let (_, code) = PLUGINS.iter().find(|(known, _)| *known == name).context("a plugin of the bench")?;
        install(simulated, name, code)?;
    }
    let url = &simulated.site.url;
    let mut browser = CookieClient::default();
    let back = Provider::Logto.come_back(simulated, &mut browser)?;
    browser.get(&back)?;

    let switched = browser.get(&format!("{url}/?switch_to=1"))?;
    ensure!(switched.status == 302 && browser.is_signed_in(), "{} {}", switched.status, switched.body);
    let left = browser.get(&format!("{url}/?customer-logout"))?;
    for name in ["user_switching", "shop"] {
        remove(simulated, name)?;
    }

    let location = left.header("location").unwrap_or_default();
    ensure!(location.starts_with(&format!("{}/oidc/session/end?", simulated.provider.url)), "{location}");
    Ok(())
}

/// Who signs the visitor in.
#[derive(Clone, Copy)]
enum Provider {
    Logto,
    Dingtalk,
}

impl Provider {
    /// The visitor starts a sign-in and agrees: where the provider sends them back to.
    fn come_back(self, simulated: &SimulatedSite, browser: &mut CookieClient) -> Result<String> {
        let provider = if matches!(self, Self::Logto) { "logto" } else { "dingtalk" };
        let start =
            format!("{}&provider={provider}&redirect_to={}", simulated.start_url(), encoded(&destination(simulated)));
        let started = browser.get(&start)?;
        let location = started.header("location").context("a redirect to the provider")?;
        Ok(match self {
            Self::Logto => {
                let claims =
                    json!({"name": "A Boss", "email": "boss@example.org", "email_verified": true, "roles": ["boss"]});
                simulated.consent(location, &Visitor::new("boss", &claims))
            }
            Self::Dingtalk => {
                let state = location.split("state=").nth(1).and_then(|rest| rest.split('&').next());
                let state = state.context("an authorization request has a state")?;
                format!(
                    "{}/wp-login.php?action=logto_callback_dingtalk&state={state}&authCode=code",
                    simulated.site.url
                )
            }
        })
    }
}

/// Signs in and out beside some plugins: where the sign-out leads.
fn sign_in_and_out(simulated: &SimulatedSite, provider: Provider, beside: &[&str]) -> Result<String> {
    let mut browser = CookieClient::default();
    let back = provider.come_back(simulated, &mut browser)?;
    let signed_in = browser.get(&back)?;
    ensure!(signed_in.status == 302 && browser.is_signed_in(), "{} {}", signed_in.status, signed_in.body);
    let location = signed_in.header("location").unwrap_or_default();
    ensure!(location == destination(simulated), "the destination is lost: {location}");
    ensure!(is_remembered(&signed_in), "the session ends with the browser");

    let url = &simulated.site.url;
    let signed_out = if beside.contains(&"shop") {
        browser.get(&format!("{url}/?customer-logout"))?
    } else {
        let login_page = if beside.contains(&"hidden_login") { "secret-door/" } else { "wp-login.php" };
        let asked = browser.get(&format!("{url}/{login_page}?action=logout"))?;
        let nonce = asked.body.split("_wpnonce=").nth(1).context("a link that signs out")?;
        browser.get(&format!("{url}/{login_page}?action=logout&_wpnonce={}", &nonce[..10]))?
    };
    ensure!(signed_out.status == 302 && !browser.is_signed_in(), "{} {}", signed_out.status, signed_out.body);
    signed_out.header("location").map(str::to_owned).context("a redirect says where to")
}

/// Whether WordPress's session outlives the browser.
fn is_remembered(answer: &Answer) -> bool {
    let session = |(name, value): &&(String, String)| name == "set-cookie" && value.starts_with("wordpress_logged_in");
    answer.headers.iter().find(session).is_some_and(|(_, value)| value.to_ascii_lowercase().contains("expires="))
}

fn destination(simulated: &SimulatedSite) -> String {
    format!("{}/?wanted=1&more=a", simulated.site.url)
}

fn encoded(url: &str) -> String {
    url.replace('?', "%3F").replace('=', "%3D").replace('&', "%26")
}

fn install(simulated: &SimulatedSite, name: &str, code: &str) -> Result<()> {
    Ok(fs::write(simulated.site.folder.join(format!("wp-content/mu-plugins/{name}.php")), code)?)
}

fn remove(simulated: &SimulatedSite, name: &str) -> Result<()> {
    Ok(fs::remove_file(simulated.site.folder.join(format!("wp-content/mu-plugins/{name}.php")))?)
}
