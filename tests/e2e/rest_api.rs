//! A program calls the REST API with an access token of the tenant.

use crate::demo::DemoSite;
use crate::fixture::{Shared, trials};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use world::{Context as _, Result, ensure, http};

/// The machine-to-machine application, and its secret.
const MACHINE: (&str, &str) = ("machine000000000000aa", "a-secret-between-a-machine-and-logto");

pub fn trials(demo: &Shared<DemoSite>) -> Vec<Trial> {
    trials![demo; a_machine_calls_with_a_token_of_its_own]
}

fn a_machine_calls_with_a_token_of_its_own(DemoSite { demo, .. }: &DemoSite) -> Result<()> {
    let api = format!("{}/wp-json", demo.site.url);
    demo.logto.configure(&json!({
        "client_id": MACHINE.0, "client_secret": MACHINE.1, "grant_types": ["client_credentials"],
        "redirect_uris": [], "post_logout_redirect_uris": [], "response_types": [],
        "token_endpoint_auth_method": "client_secret_post",
    }))?;
    demo.site.run_php(&format!(
        "wp_insert_user(['user_login' => 'a-robot', 'user_pass' => 'unused', 'role' => 'editor']);
         update_option('logto_sign_in', ['api_resource' => '{api}', 'api_scopes' => 'read:posts = read',
             'api_m2m_user' => 'a-robot'] + get_option('logto_sign_in'));"
    ))?;
    let me = format!("{}/?rest_route=/wp/v2/users/me", demo.site.url);

    let bearer = format!("Bearer {}", token(&demo.logto.endpoint, &api)?);
    let answer = http::get(&me, &[("Authorization", bearer.as_str())], None)?;
    let anonymous = http::get(&me, &[], None)?;
    let altered = http::get(&me, &[("Authorization", &bearer[..bearer.len() - 8])], None)?;

    ensure!(answer.status == 200, "{} {}", answer.status, answer.body);
    assert_eq!(serde_json::from_str::<Value>(&answer.body)?["slug"], "a-robot");
    assert_eq!((anonymous.status, anonymous.header("www-authenticate")), (401, None));
    let challenge = altered.header("www-authenticate").unwrap_or_default();
    ensure!(altered.status == 401 && challenge.contains("error=\"invalid_token\""), "{} {challenge}", altered.status);
    Ok(())
}

/// Client credentials (RFC 6749 §4.4) for an API (RFC 8707 §2).
fn token(endpoint: &str, api: &str) -> Result<String> {
    let client = [("client_id", MACHINE.0), ("client_secret", MACHINE.1)];
    let fields = [("grant_type", "client_credentials"), ("resource", api), ("scope", "read:posts")];
    let answer = http::post_form(&format!("{endpoint}/oidc/token"), &[], &[&client[..], &fields].concat())?;
    let body: Value = serde_json::from_str(&answer.body)?;
    Ok(body["access_token"].as_str().with_context(|| answer.body.clone())?.to_owned())
}
