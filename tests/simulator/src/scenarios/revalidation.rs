//! The provider is asked about a session again.

use crate::core::Core;
use crate::provider::fault::{Endpoint, Fault, IdTokenFault, Outage, TokenFault, UserinfoFault};
use crate::site::{Site, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

/// A site that asks every ten minutes, and somebody who is signed in.
fn signed_in(site: &mut Site<'_>) -> (Browser, u64) {
    site.settings["revalidate_minutes"] = json!("10");
    let mut browser = Browser::new();
    let user = site.sign_in(&mut browser).assert_signed_in();
    (browser, user)
}

/// The check after which a session goes on, and how many seconds from now the next one is: after a page, before one.
#[track_caller]
fn goes_on(site: &Site<'_>, outcome: &Outcome) -> [u64; 2] {
    assert_eq!((outcome.kind(), &outcome.0["ended"]), ("session_checked", &Value::Null), "{}", outcome.0);
    ["check_after", "check_by"]
        .map(|time| outcome.0["renewal"][time].as_u64().expect("a time").saturating_sub(site.now()))
}

/// Fault S10: who was suspended at the provider stayed signed in here for two weeks.
pub fn fault_s10_a_suspended_user_is_out_at_the_next_check(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (browser, _) = signed_in(&mut site);
    assert_eq!(site.provider.last_request["prompt"], "consent");
    assert!(site.provider.last_request["scope"].ends_with(" offline_access"));
    let outcome = site.revalidate(&browser);
    let [after, by] = goes_on(&site, &outcome);
    assert!((290..=300).contains(&after) && (590..=600).contains(&by), "{after} {by}");

    site.provider.suspended = true;
    let outcome = site.revalidate(&browser);

    assert_eq!(outcome.text("ended"), "session_ended");
    assert!(site.log.iter().any(|(code, _)| code == "session_ended"));
    assert!(!site.knows(&browser));
}

/// Fault S10: who lost a role at the provider kept it here until the next sign-in.
pub fn fault_s10_a_lost_role_goes_at_the_next_check(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["role_map"] = json!("staff = editor");
    site.provider.visitor.claims.insert("roles".to_owned(), json!(["staff"]));
    let (browser, user) = signed_in(&mut site);
    assert_eq!(site.accounts.user(user).roles, ["editor"]);

    site.provider.visitor.claims.insert("roles".to_owned(), json!([]));
    let outcome = site.revalidate(&browser);

    goes_on(&site, &outcome);
    assert_eq!(site.accounts.user(user).roles, ["subscriber"]);
    site.provider.visitor.claims.insert("roles".to_owned(), json!(["staff"]));
    site.revalidate(&browser);
    assert!(site.accounts.user(user).roles.contains(&"editor".to_owned()), "and a new one comes");
}

/// Fault S10: the same for an organization that the settings require.
pub fn fault_s10_who_left_an_organization_is_out_at_the_next_check(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["required_organizations"] = json!("o1");
    site.provider.visitor.claims.insert("organizations".to_owned(), json!(["o1"]));
    let (browser, user) = signed_in(&mut site);

    site.provider.visitor.claims.insert("organizations".to_owned(), json!(["o2"]));

    assert_eq!(site.revalidate(&browser).text("ended"), "organization_required");
    assert!(!site.accounts.user(user).revoked_by.is_empty(), "everything that the provider gave is taken back");
}

/// Nobody is signed out because the provider is down, however often it is asked; it is asked less and less.
pub fn a_session_outlives_a_provider_that_cannot_be_asked(core: &mut dyn Core) {
    let outages = Outage::ALL.iter().map(|outage| Fault::Outage(Endpoint::Token, *outage));
    let wrong = [
        Fault::Token(TokenFault::InvalidClient),
        Fault::Token(TokenFault::ErrorWithScript),
        Fault::Userinfo(UserinfoFault::Forbidden),
        Fault::IdToken(IdTokenFault::ExpiryPast),
    ];
    for fault in outages.chain(wrong) {
        let mut site = Site::new(core);
        site.settings["always_userinfo"] = json!(true);
        let (browser, _) = signed_in(&mut site);
        site.provider.fault = Some(fault);
        let pauses = [(); 3].map(|()| {
            let outcome = site.revalidate(&browser);
            let [after, by] = goes_on(&site, &outcome);
            assert!(by >= after + 590, "{fault:?}: no page waits for it");
            after
        });
        let is_near = |(pause, expected): (&u64, &u64)| (expected - 5..=*expected).contains(pause);
        assert!(pauses.iter().zip(&[60, 120, 240]).all(is_near), "{fault:?}: {pauses:?}");

        site.provider.fault = None;
        let outcome = site.revalidate(&browser);
        let [after, _] = goes_on(&site, &outcome);
        assert!((295..=300).contains(&after), "{fault:?}: {after}");
    }
}

/// RFC 9700 §4.14.2: the old token is spent although the answer could not be used to the end.
pub fn a_rotated_refresh_token_is_kept_whatever_follows(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["always_userinfo"] = json!(true);
    let (browser, _) = signed_in(&mut site);
    site.provider.fault = Some(Fault::Outage(Endpoint::Userinfo, Outage::Timeout));
    let outcome = site.revalidate(&browser);
    goes_on(&site, &outcome);
    site.provider.fault = Some(Fault::Token(TokenFault::IdTokenMissing));
    let outcome = site.revalidate(&browser);
    goes_on(&site, &outcome);

    site.provider.fault = None;
    let outcome = site.revalidate(&browser);

    goes_on(&site, &outcome);
}

/// OpenID Connect Core §12.2.
pub fn a_refreshed_token_of_somebody_else_ends_the_session(core: &mut dyn Core) {
    for (fault, code) in [
        (IdTokenFault::IssuerOther, "token_issuer"),
        (IdTokenFault::AudienceOther, "token_audience"),
        (IdTokenFault::AuthorizedPartyOther, "token_authorized_party"),
        (IdTokenFault::NonceOther, "token_nonce"),
        (IdTokenFault::SignatureAltered, "token_signature"),
    ] {
        let mut site = Site::new(core);
        let (browser, _) = signed_in(&mut site);
        site.provider.fault = Some(Fault::IdToken(fault));
        assert_eq!(site.revalidate(&browser).text("ended"), code, "{fault:?}");
    }
    let mut site = Site::new(core);
    let (browser, _) = signed_in(&mut site);
    "bob00subject".clone_into(&mut site.provider.visitor.subject);
    assert_eq!(site.revalidate(&browser).text("ended"), "token_subject");
    assert_eq!(site.accounts.users.len(), 1);
}

/// An altered value, one of another user, and an identity that is another user's by now.
pub fn what_renews_a_session_belongs_to_its_user(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (browser, user) = signed_in(&mut site);
    let session = site.accounts.sessions[0].clone().expect("a session");
    let sealed = session.provider["renewal"]["sealed"].as_str().expect("a text").to_owned();
    for (user_id, sealed) in [(user + 1, sealed.as_str()), (user, &sealed[1..]), (user, "")] {
        let input = json!({"user_id": user_id, "sealed": sealed});
        assert_eq!(site.operate("revalidate", &input, &mut Browser::new()).text("ended"), "session_ended");
    }
    assert_eq!(site.provider.count("/token"), 1, "nothing is sent");

    site.accounts.identities.values_mut().for_each(|owner| *owner += 1);
    site.accounts.users[0].id += 1;
    assert_eq!(site.revalidate(&browser).text("ended"), "session_ended");
}

/// Off by default, and off again for sessions that began before.
pub fn a_session_is_checked_only_if_wanted(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let outcome = site.sign_in(&mut Browser::new());
    assert!(outcome.0.get("session").is_none(), "{}", outcome.0);
    assert!(!site.provider.last_request.contains_key("prompt"));
    assert!(!site.provider.last_request["scope"].contains("offline_access"));

    let (browser, _) = signed_in(&mut site);
    site.settings["revalidate_minutes"] = json!("0");
    let before = site.effects.len();
    let outcome = site.revalidate(&browser);
    assert!(goes_on(&site, &outcome)[1] >= 86_000);
    assert_eq!(site.effects.len(), before);
}
