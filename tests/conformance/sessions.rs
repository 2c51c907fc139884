//! The modules about sessions: back-channel and front-channel logout, and refresh.

use super::{play, signed_out};
use serde_json::{Value, json};
use simulator::provider::fault::IdTokenFault;
use simulator::site::outcome::Outcome;
use simulator::{Browser, Fault, Provider, Site};

/// Signs in at a provider that names its sessions, signs out, and has the provider post a logout token, which `wrong` makes
/// from its claims. An official negative module ends well when the answer is 400 and the session goes on: WordPress's own
/// session is over with the sign-out, so another browser of the same person is looked at.
fn backchannel(site: &mut Site<'_>, wrong: impl Fn(&mut Provider, Value) -> String) -> (Outcome, bool) {
    site.provider.sid = Some("session-1".to_owned());
    let mut other = Browser::new();
    site.sign_in(&mut other).assert_signed_in();
    signed_out(site, &mut Browser::new());
    let now = site.now();
    let claims = site.provider.logout_claims(now);
    let token = wrong(&mut site.provider, claims);
    let outcome = site.backchannel_logout(&token);
    (outcome, site.knows(&other))
}

/// The logout token is refused with 400, and no session ends.
fn rejects_logout(code: &str, wrong: impl Fn(&mut Provider, Value) -> String) {
    play(|site| {
        let (outcome, is_known) = backchannel(site, &wrong);
        assert_eq!((outcome.refusal().map(|(_, code)| code), is_known), (Some(code), true));
    });
}

/// A valid logout token with a claim that nobody knows.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout() {
    play(|site| {
        let (outcome, is_known) = backchannel(site, |provider, claims| provider.sign_logout(&claims));
        assert_eq!((outcome.kind(), is_known), ("logged_out", false));
    });
}

/// `alg` is `none`.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout_alg_none() {
    rejects_logout("token_algorithm", |provider, claims| provider.unsigned_logout(&claims));
}

/// Another algorithm than that of the ID tokens.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_alg() {
    rejects_logout("token_algorithm", |provider, claims| provider.hs256_logout(&claims));
}

/// No `events`.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout_no_event() {
    rejects_logout("logout_token_invalid", |provider, mut claims| {
        claims.as_object_mut().map(|claims| claims.remove("events"));
        provider.sign_logout(&claims)
    });
}

/// Another event.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_event() {
    rejects_logout("logout_token_invalid", |provider, mut claims| {
        claims["events"] = json!({"http://schemas.openid.net/event/backchannel-logout-wrong": {}});
        provider.sign_logout(&claims)
    });
}

/// A `nonce`, as an ID token has.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout_with_nonce() {
    rejects_logout("logout_token_invalid", |provider, mut claims| {
        claims["nonce"] = json!("a nonce");
        provider.sign_logout(&claims)
    });
}

/// Another audience.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_aud() {
    rejects_logout("token_audience", |provider, mut claims| {
        claims["aud"] = json!("another-app");
        provider.sign_logout(&claims)
    });
}

/// Another issuer.
#[test]
fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_iss() {
    rejects_logout("token_issuer", |provider, mut claims| {
        claims["iss"] = json!("https://other.example/oidc");
        provider.sign_logout(&claims)
    });
}

/// The provider's sign-out page loads the address in a frame, whoever began the sign-out: the session with that `sid` ends.
fn frontchannel(begins_here: bool) {
    play(|site| {
        site.settings["frontchannel_logout"] = json!(true);
        site.provider.sid = Some("session-1".to_owned());
        let (issuer, mut browser) = (site.provider.issuer(), Browser::new());
        site.sign_in(&mut browser).assert_signed_in();
        if begins_here {
            signed_out(site, &mut Browser::new());
        }
        assert!(site.knows(&browser));
        assert_eq!(site.frontchannel_logout(&issuer, "session-1").kind(), "logged_out");
        assert!(!site.knows(&browser));
    });
}

/// The sign-out began here.
#[test]
fn oidcc_client_test_rp_frontchannel_rpinitlogout() {
    frontchannel(true);
}

/// The sign-out began at the provider.
#[test]
fn oidcc_client_test_rp_frontchannel_opinitlogout() {
    frontchannel(false);
}

/// Signs in, has the provider do something else, and asks it about the session again.
fn refreshed(change: impl Fn(&mut Provider), judge: impl Fn(&Site<'_>, &Outcome)) {
    play(|site| {
        site.settings["revalidate_minutes"] = json!("10");
        let mut browser = Browser::new();
        site.sign_in(&mut browser).assert_signed_in();
        change(&mut site.provider);
        let outcome = site.revalidate(&browser);
        judge(site, &outcome);
    });
}

/// The tokens of a refresh are accepted, and userinfo is called with them.
#[test]
fn oidcc_client_test_refresh_token() {
    refreshed(
        |_| (),
        |site, outcome| {
            assert_eq!((outcome.kind(), outcome.text("ended")), ("session_checked", ""));
            assert_eq!(site.provider.count("/me"), 2);
        },
    );
}

/// A refreshed ID token of another issuer.
#[test]
fn oidcc_client_test_refresh_token_invalid_issuer() {
    refreshed(
        |provider| provider.fault = Some(Fault::IdToken(IdTokenFault::IssuerOther)),
        |site, outcome| {
            assert_eq!(outcome.text("ended"), "token_issuer");
            assert_eq!(site.provider.count("/me"), 1);
        },
    );
}

/// A refreshed ID token of another subject.
#[test]
fn oidcc_client_test_refresh_token_invalid_sub() {
    refreshed(
        |provider| provider.visitor.subject = "another-subject".to_owned(),
        |site, outcome| {
            assert_eq!(outcome.text("ended"), "token_subject");
            assert_eq!(site.provider.count("/me"), 1);
        },
    );
}
