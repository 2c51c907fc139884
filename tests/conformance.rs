//! The relying-party tests of the OpenID Foundation's conformance suite, played against our own provider: on the core as a
//! library, and on the compiled core through each transport. Each function bears the name of the official module.
//!
//! An official positive test ends well only when the relying party calls userinfo; a negative one
//! fails when userinfo is called afterwards.
//!
//! | plan | modules |
//! |---|---|
//! | Basic (`oidcc-client-basic-certification-test-plan`) | [`oidcc_client_test`], [`oidcc_client_test_invalid_iss`], [`oidcc_client_test_missing_sub`], [`oidcc_client_test_invalid_aud`], [`oidcc_client_test_missing_iat`], [`oidcc_client_test_kid_absent_single_jwks`], [`oidcc_client_test_kid_absent_multiple_jwks`], [`oidcc_client_test_idtoken_sig_rs256`], [`oidcc_client_test_idtoken_sig_none`], [`oidcc_client_test_invalid_sig_rs256`], [`oidcc_client_test_userinfo_invalid_sub`], [`oidcc_client_test_nonce_invalid`], [`oidcc_client_test_scope_userinfo_claims`], [`oidcc_client_test_client_secret_basic`] |
//! | Config (`oidcc-client-config-certification-test-plan`) | [`oidcc_client_test_discovery_openid_config`], [`oidcc_client_test_discovery_jwks_uri_keys`], [`oidcc_client_test_discovery_issuer_mismatch`], [`oidcc_client_test_idtoken_sig_none`], [`oidcc_client_test_signing_key_rotation_just_before_signing`], [`oidcc_client_test_signing_key_rotation`] |
//! | RP-initiated logout (`oidcc-client-rp-initiated-logout-rp-basic`) | [`oidcc_client_test_rp_init_logout`], [`oidcc_client_test_rp_init_logout_other_state`], [`oidcc_client_test_rp_init_logout_no_state`] |
//! | Back-channel logout (`oidcc-client-back-channel-logout-rp-basic`) | [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout`], [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout_alg_none`], [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout_wrong_alg`], [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout_no_event`], [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout_wrong_event`], [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout_with_nonce`], [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout_wrong_aud`], [`sessions::oidcc_client_test_rp_backchannel_rpinitlogout_wrong_iss`] |
//! | Front-channel logout (`oidcc-client-front-channel-logout-rp-basic`) | [`sessions::oidcc_client_test_rp_frontchannel_rpinitlogout`], [`sessions::oidcc_client_test_rp_frontchannel_opinitlogout`] |
//! | Refresh (no plan of its own) | [`sessions::oidcc_client_test_refresh_token`], [`sessions::oidcc_client_test_refresh_token_invalid_issuer`], [`sessions::oidcc_client_test_refresh_token_invalid_sub`] |
//! | Third-party-initiated login (`oidcc-client-test-3rd-party-init-login`) | [`oidcc_client_test_3rd_party_init_login`] |
//! | no plan of ours, but useful | [`oidcc_client_test_missing_aud`], [`oidcc_client_test_invalid_sig_es256`], [`oidcc_client_test_invalid_sig_hs256`], [`oidcc_client_test_userinfo_bearer_header`], [`oidcc_client_test_aggregated_claims`], [`oidcc_client_test_distributed_claims`] |
//!
//! The official module for RP-initiated logout sends `id_token_hint`; Logto wants `client_id` instead
//! and refuses hints after a key rotation, so that is what is sent here.

#[path = "conformance/sessions.rs"]
mod sessions;
mod transports;

use serde_json::json;
use simulator::message::Parameters;
use simulator::provider::fault::{IdTokenFault, KeysFault, MetadataFault, UserinfoFault};
use simulator::provider::keys::{Algorithm, Key};
use simulator::site::Start;
use simulator::site::outcome::Outcome;
use simulator::{Browser, Core, Fault, Native, Site};
use transports::Transport;

/// Plays a module on the core as a library, and through each transport and the plugin's PHP for it. The official suite signs
/// with RS256 unless a module says otherwise, and has claims at userinfo alone.
fn play(module: impl Fn(&mut Site<'_>)) {
    let on = |core: &mut dyn Core| {
        let mut site = Site::new(core);
        site.provider.keys = vec![Key::new(Algorithm::Rs256, 0)];
        site.provider.claims_at_userinfo_alone = true;
        // An official positive test ends well only when userinfo is called, whatever the ID token says.
        site.settings["always_userinfo"] = json!(true);
        module(&mut site);
    };
    on(&mut Native::new());
    for mut transport in [Transport::process(), Transport::ffi(), Transport::socket(), Transport::engine()] {
        on(&mut transport);
    }
}

/// Userinfo is called, with the access token, and the visitor is signed in.
fn accepts(site: &mut Site<'_>) -> Outcome {
    let before = site.provider.count("/me");
    let outcome = site.sign_in(&mut Browser::new());
    assert_eq!(site.provider.count("/me"), before + 1, "userinfo was not called: {}", outcome.0);
    assert_eq!(site.provider.received.last().map(|last| last.status), Some(200), "userinfo refused");
    outcome.assert_signed_in();
    outcome
}

/// The ID token is refused and userinfo is not called.
fn rejects(fault: Fault, code: &str) {
    play(|site| {
        site.provider.fault = Some(fault);
        site.sign_in(&mut Browser::new()).assert_refused(502, code);
        assert_eq!(site.provider.count("/me"), 0, "userinfo was called");
        assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty(), "an account was written");
    });
}

fn accepts_with(fault: Fault) {
    play(|site| {
        site.provider.fault = Some(fault);
        accepts(site);
    });
}

/// The whole code flow, and userinfo.
#[test]
fn oidcc_client_test() {
    play(|site| {
        accepts(site);
    });
}

/// Another `iss`.
#[test]
fn oidcc_client_test_invalid_iss() {
    rejects(Fault::IdToken(IdTokenFault::IssuerOther), "token_issuer");
}

/// No `sub`.
#[test]
fn oidcc_client_test_missing_sub() {
    rejects(Fault::IdToken(IdTokenFault::SubjectMissing), "token_subject");
}

/// Another `aud`.
#[test]
fn oidcc_client_test_invalid_aud() {
    rejects(Fault::IdToken(IdTokenFault::AudienceOther), "token_audience");
}

/// No `aud`.
#[test]
fn oidcc_client_test_missing_aud() {
    rejects(Fault::IdToken(IdTokenFault::AudienceMissing), "token_audience");
}

/// No `iat`.
#[test]
fn oidcc_client_test_missing_iat() {
    rejects(Fault::IdToken(IdTokenFault::IssuedMissing), "token_not_yet_valid");
}

/// No `kid`, and one key.
#[test]
fn oidcc_client_test_kid_absent_single_jwks() {
    accepts_with(Fault::IdToken(IdTokenFault::KidAbsent));
}

/// No `kid`, and several keys: each that fits is tried.
#[test]
fn oidcc_client_test_kid_absent_multiple_jwks() {
    accepts_with(Fault::IdToken(IdTokenFault::KidAbsentManyKeys));
}

/// RS256.
#[test]
fn oidcc_client_test_idtoken_sig_rs256() {
    play(|site| {
        assert_eq!(site.provider.keys[0].algorithm(), Algorithm::Rs256);
        accepts(site);
    });
}

/// `none` is refused, also over TLS.
#[test]
fn oidcc_client_test_idtoken_sig_none() {
    rejects(Fault::IdToken(IdTokenFault::AlgNone), "token_algorithm");
    rejects(Fault::IdToken(IdTokenFault::AlgNoneInAnotherCase), "token_algorithm");
}

/// A wrong RS256 signature.
#[test]
fn oidcc_client_test_invalid_sig_rs256() {
    rejects(Fault::IdToken(IdTokenFault::SignatureAltered), "token_signature");
}

/// A wrong ES256 signature.
#[test]
fn oidcc_client_test_invalid_sig_es256() {
    play(|site| {
        site.provider.keys = vec![Key::new(Algorithm::Es256, 0)];
        site.provider.fault = Some(Fault::IdToken(IdTokenFault::SignatureAltered));
        site.sign_in(&mut Browser::new()).assert_refused(502, "token_signature");
        assert_eq!(site.provider.count("/me"), 0);
    });
}

/// HS256 is not accepted at all.
#[test]
fn oidcc_client_test_invalid_sig_hs256() {
    rejects(Fault::IdToken(IdTokenFault::Hs256WithPublicKey), "token_algorithm");
    rejects(Fault::IdToken(IdTokenFault::Hs256WithSecret), "token_algorithm");
}

/// Userinfo about somebody else: called once, its answer thrown away.
#[test]
fn oidcc_client_test_userinfo_invalid_sub() {
    play(|site| {
        site.provider.fault = Some(Fault::Userinfo(UserinfoFault::SubjectOther));
        site.sign_in(&mut Browser::new()).assert_refused(502, "userinfo_subject");
        assert_eq!(site.provider.count("/me"), 1);
        assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty());
    });
}

/// Another `nonce`.
#[test]
fn oidcc_client_test_nonce_invalid() {
    rejects(Fault::IdToken(IdTokenFault::NonceOther), "token_nonce");
    rejects(Fault::IdToken(IdTokenFault::NonceMissing), "token_nonce");
}

/// The scopes that stand for claims, and the claims from userinfo.
#[test]
fn oidcc_client_test_scope_userinfo_claims() {
    play(|site| {
        site.settings["scope"] = json!("openid profile email address phone");
        let outcome = accepts(site);
        assert_eq!(site.provider.last_request["scope"], "openid profile email address phone");
        let user = site.accounts.user(outcome.assert_signed_in());
        assert_eq!((user.email.as_str(), user.fields["display_name"].as_str()), ("alice@example.com", "Alice Example"));
    });
}

/// HTTP Basic at the token endpoint; the provider checks the secret, whose characters need encoding.
#[test]
fn oidcc_client_test_client_secret_basic() {
    play(|site| {
        accepts(site);
        let exchange = site.effects.iter().find(|effect| effect["method"] == "POST").expect("an exchange");
        assert!(exchange["headers"]["authorization"].as_str().is_some_and(|value| value.starts_with("Basic ")));
        let form = Parameters::parse(exchange["body"].as_str().unwrap_or_default());
        assert!(!form.has("client_secret") && !form.has("client_id"));
    });
}

/// The provider starts the sign-in (OpenID Connect Core §4): with its issuer it goes on there, with its hint; with any other
/// issuer it goes nowhere, and nothing is requested.
#[test]
fn oidcc_client_test_3rd_party_init_login() {
    play(|site| {
        let issuer = format!("{}/oidc", site.provider.endpoint);
        let target = "https://wordpress.example/wanted/";
        let start = Start { iss: &issuer, login_hint: "somebody@example.com", redirect_to: target, ..Start::default() };
        let mut browser = Browser::new();
        let url = site.start(&mut browser, &start).url("start");
        assert_eq!(Parameters::of(&url).value("login_hint"), "somebody@example.com");
        let now = site.now();
        let back = site.provider.consent(&url, now);
        let outcome = site.callback(&mut browser, &back);
        outcome.assert_signed_in();
        assert_eq!(outcome.text("redirect_to"), target);

        let before = site.effects.len();
        for unknown in ["https://evil.example/oidc", "https://tenant.example", "null"] {
            let start = Start { iss: unknown, ..Start::default() };
            site.start(&mut Browser::new(), &start).assert_refused(400, "initiator_unknown");
        }
        assert_eq!(site.effects.len(), before, "nobody is asked");
    });
}

/// The access token goes in the header, never in a URL or a form.
#[test]
fn oidcc_client_test_userinfo_bearer_header() {
    play(|site| {
        accepts(site);
        let userinfo =
            site.effects.iter().find(|effect| effect["url"].as_str().is_some_and(|url| url.ends_with("/me")));
        let userinfo = userinfo.expect("a request to userinfo");
        assert_eq!(userinfo["method"], "GET");
        assert!(userinfo["headers"]["authorization"].as_str().is_some_and(|value| value.starts_with("Bearer ")));
    });
}

/// Claims of other sources, signed by those: handled, not trusted.
#[test]
fn oidcc_client_test_aggregated_claims() {
    play(|site| {
        let claims = &mut site.provider.visitor.claims;
        claims.insert("_claim_names".to_owned(), json!({"email": "src1"}));
        claims.insert(
            "_claim_sources".to_owned(),
            json!({"src1": {"JWT": "eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImV2aWwifQ."}}),
        );
        let outcome = accepts(site);
        assert_eq!(site.accounts.user(outcome.assert_signed_in()).email, "alice@example.com");
    });
}

/// The same, to be fetched from elsewhere: nothing is.
#[test]
fn oidcc_client_test_distributed_claims() {
    play(|site| {
        let claims = &mut site.provider.visitor.claims;
        claims.insert("_claim_names".to_owned(), json!({"email": "src1"}));
        claims.insert(
            "_claim_sources".to_owned(),
            json!({"src1": {"endpoint": "https://claims.example/", "access_token": "x"}}),
        );
        accepts(site);
        let elsewhere =
            site.effects.iter().filter_map(|effect| effect["url"].as_str()).find(|url| url.contains("claims.example"));
        assert_eq!(elsewhere, None);
    });
}

/// Every address comes from the metadata.
#[test]
fn oidcc_client_test_discovery_openid_config() {
    play(|site| {
        accepts(site);
        assert_eq!(site.effects[0]["url"], "https://tenant.example/oidc/.well-known/openid-configuration");
    });
}

/// `jwks_uri`, wherever it is.
#[test]
fn oidcc_client_test_discovery_jwks_uri_keys() {
    play(|site| {
        site.provider.fault = Some(Fault::Metadata(MetadataFault::JwksUriElsewhere));
        accepts(site);
        assert_eq!((site.provider.count("/jwks"), site.provider.count("/elsewhere/keys")), (0, 1));
    });
}

/// Another issuer in the metadata: the visitor never gets to the authorization endpoint.
#[test]
fn oidcc_client_test_discovery_issuer_mismatch() {
    play(|site| {
        site.provider.fault = Some(Fault::Metadata(MetadataFault::IssuerOther));
        site.sign_in(&mut Browser::new()).assert_refused(502, "issuer_mismatch");
        assert_eq!((site.provider.count("/auth"), site.provider.received.len()), (0, 1));
    });
}

/// The key changes between the visitor's return and the signature: an unknown `kid` has the keys fetched again.
#[test]
fn oidcc_client_test_signing_key_rotation_just_before_signing() {
    play(|site| {
        site.provider.fault = Some(Fault::Keys(KeysFault::RotatedJustBefore));
        let check = site.operate("check_connection", &json!({}), &mut Browser::new());
        assert_eq!(check.kind(), "connection_checked");
        accepts(site);
        assert_eq!(site.provider.count("/jwks"), 2);
    });
}

/// The key changes between two sign-ins.
#[test]
fn oidcc_client_test_signing_key_rotation() {
    play(|site| {
        accepts(site);
        site.provider.keys = vec![Key::new(Algorithm::Es256, 1)];
        accepts(site);
        assert_eq!(site.provider.count("/jwks"), 2);
    });
}

fn signed_out(site: &mut Site<'_>, browser: &mut Browser) -> String {
    site.sign_in(browser).assert_signed_in();
    let url = site.sign_out(browser, "https://wordpress.example/bye/").url("sign-out");
    let now = site.now();
    site.provider.consent(&url, now)
}

/// A registered `post_logout_redirect_uri`, and the return is handled.
#[test]
fn oidcc_client_test_rp_init_logout() {
    play(|site| {
        let mut browser = Browser::new();
        let back = signed_out(site, &mut browser);
        assert_eq!(browser.session, None);
        assert_eq!(site.signed_out(&mut browser, &back).url("the return"), "https://wordpress.example/bye/");
    });
}

/// The return has another state: handled, not trusted.
#[test]
fn oidcc_client_test_rp_init_logout_other_state() {
    play(|site| {
        let mut browser = Browser::new();
        let back = signed_out(site, &mut browser);
        let state = Parameters::of(&back).value("state").to_owned();
        let other = back.replace(&state, "another-state");
        assert_eq!(site.signed_out(&mut browser, &other).url("the return"), "https://wordpress.example/");
        assert_eq!(browser.session, None);
    });
}

/// The return has no state.
#[test]
fn oidcc_client_test_rp_init_logout_no_state() {
    play(|site| {
        let mut browser = Browser::new();
        signed_out(site, &mut browser);
        let bare = "https://wordpress.example/wp-login.php?action=logto_signed_out";
        assert_eq!(site.signed_out(&mut browser, bare).url("the return"), "https://wordpress.example/");
        assert_eq!(browser.session, None);
    });
}
