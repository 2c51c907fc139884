//! The provider ends sessions: back-channel and front-channel logout.

use crate::core::Core;
use crate::provider::fault::{Endpoint, Fault, Outage};
use crate::provider::keys::{Algorithm, Key};
use crate::site::{Site, browser::Browser};
use serde_json::{Value, json};

/// A change to the claims of a logout token.
type Change = fn(&mut Value);

/// One person in two browsers, each with a session at the provider.
fn two_browsers(site: &mut Site<'_>) -> [Browser; 2] {
    ["the first session", "the second session"].map(|sid| {
        site.provider.sid = Some(sid.to_owned());
        let mut browser = Browser::new();
        site.sign_in(&mut browser).assert_signed_in();
        browser
    })
}

/// Back-Channel Logout §2.4: `sid` names one session, `sub` all of a person.
pub fn a_logout_token_ends_the_sessions_that_it_names(core: &mut dyn Core) {
    for (named, member, value, left) in [
        ("sub and sid", "", None, [true, false]),
        ("sid", "sub", None, [true, false]),
        ("sub", "sid", None, [false, false]),
        ("another sid", "sid", Some("a third session"), [true, true]),
    ] {
        let mut site = Site::new(core);
        let browsers = two_browsers(&mut site);
        let now = site.now();
        let mut claims = site.provider.logout_claims(now);
        let members = claims.as_object_mut().expect("claims");
        members.remove(member);
        members.extend(value.map(|value| (member.to_owned(), json!(value))));
        let token = site.provider.sign_logout(&claims);

        let outcome = site.backchannel_logout(&token);

        assert_eq!(outcome.0, json!({"type": "logged_out", "framed_by": ""}), "{named}");
        assert_eq!([site.knows(&browsers[0]), site.knows(&browsers[1])], left, "{named}");
    }
}

/// §2.6, rule 7: a token that somebody sends again ends no later session.
pub fn a_logout_token_counts_once(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_signed_in();
    let now = site.now();
    let claims = site.provider.logout_claims(now);
    let token = site.provider.sign_logout(&claims);

    assert_eq!(site.backchannel_logout(&token).kind(), "logged_out");
    assert!(!site.knows(&browser));
    site.sign_in(&mut browser).assert_signed_in();

    site.backchannel_logout(&token).assert_refused(400, "logout_token_used");
    assert!(site.knows(&browser));
}

/// §2.6: every rule, and what else a careful reader of tokens refuses.
pub fn wrong_logout_tokens_end_nothing(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_signed_in();
    let event = "http://schemas.openid.net/event/backchannel-logout";
    let changes: [(&str, Change, &str); 15] = [
        ("another issuer", |claims| claims["iss"] = json!("https://other.example/oidc"), "token_issuer"),
        ("another client", |claims| claims["aud"] = json!("another-app"), "token_audience"),
        ("no iat", |claims| claims["iat"] = Value::Null, "token_not_yet_valid"),
        ("no exp", |claims| claims["exp"] = Value::Null, "token_expired"),
        ("past", |claims| claims["exp"] = json!(1_700_000_000), "token_expired"),
        ("from the future", |claims| claims["iat"] = json!(1_900_000_000), "token_not_yet_valid"),
        ("nobody", |claims| claims["sub"] = Value::Null, "logout_token_invalid"),
        ("an empty sub", |claims| claims["sub"] = json!(""), "token_subject"),
        ("no event", |claims| claims["events"] = Value::Null, "logout_token_invalid"),
        ("events as a list", |claims| claims["events"] = json!([]), "logout_token_invalid"),
        ("another event", |claims| claims["events"] = json!({"http://example.com/event": {}}), "logout_token_invalid"),
        ("a nonce", |claims| claims["nonce"] = json!("a nonce"), "logout_token_invalid"),
        ("a null nonce", |claims| claims["nonce"] = Value::Null, "logout_token_invalid"),
        ("no jti", |claims| claims["jti"] = Value::Null, "logout_token_invalid"),
        ("a long jti", |claims| claims["jti"] = json!("j".repeat(256)), "logout_token_invalid"),
    ];
    for (what, change, code) in changes {
        let now = site.now();
        let mut claims = site.provider.logout_claims(now);
        change(&mut claims);
        let token = site.provider.sign_logout(&claims);
        assert_eq!(site.backchannel_logout(&token).refusal().map(|(_, code)| code), Some(code), "{what}");
    }
    let now = site.now();
    let claims = site.provider.logout_claims(now);
    let mut text = claims.clone();
    text["events"][event] = json!("a text");
    let tokens = [
        ("alg none", site.provider.unsigned_logout(&claims), "token_algorithm"),
        ("HS256", site.provider.hs256_logout(&claims), "token_algorithm"),
        ("an access token", site.provider.sign_logout_as("at+jwt", &claims), "token_malformed"),
        ("an event that is a text", site.provider.sign_logout(&text), "logout_token_invalid"),
        ("too long", "x".repeat(9000), "token_malformed"),
        ("nothing", String::new(), "token_malformed"),
    ];
    for (what, token, code) in tokens {
        assert_eq!(site.backchannel_logout(&token).refusal().map(|(_, code)| code), Some(code), "{what}");
    }
    assert!(site.knows(&browser));
    assert_eq!(site.performed("end_sessions"), 0);

    for typ in ["", "JWT", "application/logout+jwt"] {
        let claims = site.provider.logout_claims(now);
        let token = site.provider.sign_logout_as(typ, &claims);
        assert_eq!(site.backchannel_logout(&token).kind(), "logged_out", "{typ}");
    }
    assert!(!site.knows(&browser));
}

/// Anybody can post a token. One that no key fits has the keys fetched once a minute, whoever sends how many; a provider that
/// does not answer is asked once.
pub fn a_flood_of_logout_tokens_fetches_the_keys_once(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let now = site.now();
    let claims = site.provider.logout_claims(now);
    let stranger = Key::new(Algorithm::Es384, 9);
    let own = std::mem::replace(&mut site.provider.keys, vec![stranger]);
    let token = site.provider.sign_logout(&claims);
    site.provider.keys = own;

    for _ in 0..5 {
        let refused = site.backchannel_logout(&token);
        assert_eq!(refused.refusal().map(|(_, code)| code), Some("token_key_unknown"));
    }
    assert_eq!((site.provider.count("/jwks"), site.performed("mark_state_used")), (1, 0));

    let mut site = Site::new(core);
    site.provider.fault = Some(Fault::Outage(Endpoint::Metadata, Outage::Timeout));
    for _ in 0..5 {
        assert!(site.backchannel_logout(&token).refusal().is_some());
    }
    assert_eq!(site.effects.len(), 1, "a provider that is silent is asked once");
}

/// `logout_application_passwords`.
pub fn a_logout_ends_application_passwords_only_if_wanted(core: &mut dyn Core) {
    for wanted in [false, true] {
        let mut site = Site::new(core);
        site.settings["logout_application_passwords"] = json!(wanted);
        let user = site.sign_in(&mut Browser::new()).assert_signed_in();
        let now = site.now();
        let claims = site.provider.logout_claims(now);
        let token = site.provider.sign_logout(&claims);

        site.backchannel_logout(&token);

        assert_eq!(!site.accounts.user(user).revoked_by.is_empty(), wanted);
    }
}

/// Front-Channel Logout §3: issuer and session, or nothing.
pub fn front_channel_logout_ends_one_session(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let issuer = site.provider.issuer();
    let browsers = two_browsers(&mut site);
    site.frontchannel_logout(&issuer, "the second session").assert_refused(404, "frontchannel_logout_off");
    site.settings["frontchannel_logout"] = json!(true);
    for (iss, sid) in [("https://other.example/oidc", "the second session"), (&issuer, ""), ("", "the second session")]
    {
        site.frontchannel_logout(iss, sid).assert_refused(400, "logout_request_invalid");
    }
    assert_eq!(site.performed("end_sessions"), 0);

    let outcome = site.frontchannel_logout(&issuer, "the second session");

    assert_eq!(outcome.0, json!({"type": "logged_out", "framed_by": "https://tenant.example"}));
    assert_eq!([site.knows(&browsers[0]), site.knows(&browsers[1])], [true, false]);
    assert_eq!(site.frontchannel_logout(&issuer, "nobody's").kind(), "logged_out", "it says nothing of sessions");
}
