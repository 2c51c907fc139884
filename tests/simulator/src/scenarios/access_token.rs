//! Calls of the REST API with access tokens (RFC 6750, RFC 9068).

use crate::core::Core;
use crate::provider::fault::{AccessTokenFault, Endpoint, Expected, Fault, Outage};
use crate::provider::keys::{Algorithm, Key};
use crate::site::{Site, accounts::User, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

const API: &str = "https://wordpress.example/wp-json";
const KEPT: &str = "Bearer realm=\"https://wordpress.example/wp-json\"";

/// A site whose REST API takes tokens, with the visitor as its user.
fn site(core: &mut dyn Core) -> Site<'_> {
    let mut site = Site::new(core);
    site.settings["api_resource"] = json!(API);
    site.settings["api_scopes"] = json!("read = read\nwrite = read, edit_posts\npublish = publish_posts, edit_posts");
    site.sign_in(&mut Browser::new()).assert_signed_in();
    site
}

/// A good token, apart from these claims.
fn token(site: &Site<'_>, scope: &str, others: &Value) -> String {
    site.provider.access_token(API, scope, others, site.now())
}

#[track_caller]
fn assert_challenge(outcome: &Outcome, status: u16, code: &str, error: &str) {
    outcome.assert_refused(status, code);
    let (challenge, kept) = (outcome.text("challenge"), format!("{KEPT}, error=\"{error}\""));
    assert!(challenge.starts_with(&kept), "{}", outcome.0);
}

/// The token's subject is a user, who may do what the scopes allow; nothing is requested for that, and nothing is written.
pub fn an_access_token_acts_as_its_user(core: &mut dyn Core) {
    let mut site = site(core);
    let (accounts, requests) = (site.accounts.clone(), site.provider.received.len());

    let outcome = site.authenticate(&token(&site, "openid write", &json!({})));

    let expected = json!({
        "type": "access_granted", "user_id": 1, "capabilities": ["edit_posts", "read"], "read_only": false,
        "scopes": {"publish_posts": "publish"}, "challenge": format!("{KEPT}, error=\"insufficient_scope\""),
    });
    assert_eq!(outcome.0, expected);
    assert_eq!((site.accounts == accounts, site.provider.received.len()), (true, requests));
}

/// [`AccessTokenFault`]
pub fn wrong_access_tokens_are_refused(core: &mut dyn Core) {
    let mut site = site(core);
    let before = site.accounts.clone();
    for fault in AccessTokenFault::ALL {
        let token = site.provider.wrong_access_token(API, "read", *fault, site.now());

        let outcome = site.authenticate(&token);

        match fault.expected() {
            Expected::Accepted => assert_eq!(outcome.kind(), "access_granted", "{fault:?}"),
            Expected::Refused(400, refusal) => assert_challenge(&outcome, 400, refusal, "invalid_request"),
            Expected::Refused(401, refusal) => assert_challenge(&outcome, 401, refusal, "invalid_token"),
            Expected::Refused(status, refusal) => {
                assert_challenge(&outcome, status, refusal, "insufficient_scope");
                assert!(outcome.text("challenge").ends_with(", scope=\"read write publish\""), "{fault:?}");
            }
        }
        assert!(site.accounts == before, "{fault:?}");
    }
    let expired = site.provider.wrong_access_token(API, "read", AccessTokenFault::ExpiryPast, site.now());
    assert!(site.authenticate(&expired).text("challenge").ends_with("error_description=\"The access token expired\""));
}

/// RFC 6750 §2 and §3.1.
pub fn wrong_requests_to_the_api_are_refused(core: &mut dyn Core) {
    let mut site = site(core);
    let good = token(&site, "read", &json!({}));
    for (authorization, has_parameter) in [
        (format!("Bearer {good}"), true),
        ("Bearer".to_owned(), false),
        ("Bearer ".to_owned(), false),
        (format!("Bearer {good} {good}"), false),
        (format!("Bearer {good}, Bearer {good}"), false),
        (format!("Bearer \"{good}\""), false),
        (format!("Bearer {good}\u{1}"), false),
        (format!("Bearer token={good};"), false),
        (format!("Basic {good}"), false),
    ] {
        let outcome = site.authenticate_with(&authorization, has_parameter);
        assert_challenge(&outcome, 400, "api_request_invalid", "invalid_request");
    }
    assert_eq!(site.authenticate_with(&format!("bEARER  {good}"), false).kind(), "access_granted");
}

/// Another plugin's tokens are its own affair; one that names our issuer is ours.
pub fn a_token_of_another_issuer_is_left_alone(core: &mut dyn Core) {
    let mut site = site(core);
    for issuer in ["https://wordpress.example", "https://tenant.example/oidc/", "https://TENANT.example/oidc"] {
        let theirs = token(&site, "read", &json!({"iss": issuer}));
        assert_eq!(site.authenticate(&theirs).0, json!({"type": "other_issuer"}), "{issuer}");
    }
    let ours = site.provider.wrong_access_token(API, "read", AccessTokenFault::Hs256WithSecret, site.now());
    site.authenticate(&ours).assert_refused(401, "api_token_invalid");
    site.settings["api_resource"] = json!("");
    let good = token(&site, "read", &json!({}));
    site.authenticate(&good).assert_refused(503, "not_configured");
}

/// Scopes add up, and one that reads alone says so.
pub fn scopes_allow_what_they_are_mapped_to(core: &mut dyn Core) {
    let mut site = site(core);
    for (scope, capabilities, read_only) in [
        ("read", json!(["read"]), true),
        ("read openid", json!(["read"]), true),
        ("write", json!(["edit_posts", "read"]), false),
        ("read publish", json!(["edit_posts", "publish_posts", "read"]), false),
    ] {
        let outcome = site.authenticate(&token(&site, scope, &json!({})));
        assert_eq!(
            (&outcome.0["capabilities"], &outcome.0["read_only"]),
            (&capabilities, &json!(read_only)),
            "{scope}"
        );
    }
}

/// Accounts that are pending, whose provider took its word back, that belong to another site, or that are not there.
pub fn users_without_access_call_nothing(core: &mut dyn Core) {
    type Change = fn(&mut Site<'_>);
    let changes: [(Change, u16, &str); 4] = [
        (|site| site.accounts.users[0].pending = true, 403, "account_pending"),
        (|site| assert!(site.accounts.users[0].revoked_by.insert("hash".to_owned())), 401, "api_user_unknown"),
        (|site| site.facts["blog_id"] = json!(7), 403, "not_a_member"),
        (|site| site.accounts.identities.clear(), 401, "api_user_unknown"),
    ];
    for (change, status, refusal) in changes {
        let mut site = site(core);
        change(&mut site);
        let good = token(&site, "read", &json!({}));
        site.authenticate(&good).assert_refused(status, refusal);
    }
}

/// A client without a user is the user whom the settings name, and nobody without one.
pub fn a_machine_calls_as_the_user_of_the_settings(core: &mut dyn Core) {
    let mut site = site(core);
    let machine = token(&site, "read", &json!({"sub": "machine", "client_id": "machine"}));
    assert_challenge(&site.authenticate(&machine), 401, "api_client_refused", "invalid_token");
    site.settings["api_m2m_user"] = json!("robot");
    site.authenticate(&machine).assert_refused(401, "api_client_refused");
    site.accounts.users.push(User { id: 9, login: "robot".to_owned(), ..User::default() });
    assert_eq!(site.authenticate(&machine).0["user_id"], json!(9));
    // A client that a person uses is that person.
    let person = token(&site, "read", &json!({"client_id": "machine"}));
    assert_eq!(site.authenticate(&person).0["user_id"], json!(1));
}

/// Tokens of Logto's two kinds that are limited to an organization.
pub fn an_organizations_token_is_for_its_sites(core: &mut dyn Core) {
    let mut site = site(core);
    let by_audience = token(&site, "read", &json!({"aud": "urn:logto:organization:o1"}));
    let by_claim = token(&site, "read", &json!({"organization_id": "o1"}));
    for limited in [&by_audience, &by_claim] {
        site.facts["blog_id"] = json!(0);
        site.settings["required_organizations"] = json!("");
        site.authenticate(limited).assert_refused(401, "api_token_invalid");
        site.settings["required_organizations"] = json!("o2\no1");
        assert_eq!(site.authenticate(limited).kind(), "access_granted");
        site.facts["blog_id"] = json!(3);
        site.accounts.users[0].sites = vec![3, 4];
        site.authenticate(limited).assert_refused(401, "api_token_invalid");
        site.settings["site_map"] = json!("o1 = 3\no2 = 4");
        assert_eq!(site.authenticate(limited).kind(), "access_granted");
        site.facts["blog_id"] = json!(4);
        site.authenticate(limited).assert_refused(401, "api_token_invalid");
        site.settings["site_map"] = json!("");
    }
}

/// Whoever sends tokens with invented keys cannot make the site ask the provider over and over; a new key is found.
pub fn anybody_has_the_keys_fetched_once_a_minute(core: &mut dyn Core) {
    let mut site = site(core);
    let fetched = site.provider.count("/jwks");
    for _ in 0..5 {
        let invented = site.provider.wrong_access_token(API, "read", AccessTokenFault::KidUnknown, site.now());
        site.authenticate(&invented).assert_refused(401, "api_token_invalid");
    }
    assert_eq!(site.provider.count("/jwks"), fetched, "the keys are younger than a minute");
    site.cache.remove("jwks");
    site.provider.keys.push(Key::new(Algorithm::Es384, 3));
    let rotated = token(&site, "read", &json!({}));
    assert_eq!(site.authenticate(&rotated).kind(), "access_granted");
    assert_eq!(site.provider.count("/jwks"), fetched + 1);
}

/// Nobody can tell whether the token is good: 503, and no worker waits for the provider a second time.
pub fn without_the_provider_a_token_is_refused_for_a_while(core: &mut dyn Core) {
    for endpoint in [Endpoint::Metadata, Endpoint::Keys] {
        let mut site = site(core);
        site.cache.clear();
        site.provider.fault = Some(Fault::Outage(endpoint, Outage::Timeout));
        let asked = site.provider.received.len();
        let good = token(&site, "read", &json!({}));
        for _ in 0..3 {
            let outcome = site.authenticate(&good);
            outcome.assert_refused(503, "api_unavailable");
            assert!(
                outcome.0["retry_after"].as_u64().is_some_and(|seconds| (1..=30).contains(&seconds)),
                "{}",
                outcome.0
            );
        }
        let once = if endpoint == Endpoint::Metadata { 1 } else { 2 };
        assert_eq!(site.provider.received.len() - asked, once, "{endpoint:?}");
        assert_eq!(site.performed("find_api_user"), 0);
    }
}

/// The same signer, the same person, and another purpose (RFC 8725 §3.11).
pub fn an_id_token_opens_nothing_at_the_api(core: &mut dyn Core) {
    let mut site = site(core);
    site.settings["api_scopes"] = json!("openid = read\nread = read");
    let id_token = token(&site, "read", &json!({"aud": site.provider.app_id, "nonce": "a nonce", "client_id": null}));
    site.authenticate(&id_token).assert_refused(401, "api_token_invalid");
    // Even where somebody entered the App ID as the API's identifier.
    site.settings["api_resource"] = json!(site.provider.app_id);
    site.authenticate(&id_token).assert_refused(503, "not_configured");
}
