//! Every misbehaviour of the provider, one sign-in each.

use crate::core::Core;
use crate::json_texts;
use crate::provider::fault::{
    Endpoint, Expected, Fault, IdTokenFault, KeysFault, MetadataFault, Outage, ResponseFault, TokenFault, UserinfoFault,
};
use crate::provider::keys::{Algorithm, Key};
use crate::site::{Site, browser::Browser};
use serde_json::json;

/// Signs in with each fault in turn; all that went otherwise than expected are told together.
fn each(core: &mut dyn Core, faults: impl Iterator<Item = Fault>) {
    let wrong: Vec<String> = faults.filter_map(|fault| try_with(core, fault).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn try_with(core: &mut dyn Core, fault: Fault) -> Result<(), String> {
    let mut site = Site::new(core);
    site.provider.fault = Some(fault);
    site.settings["always_userinfo"] = json!(true);
    let mut browser = Browser::new();
    let outcome = site.sign_in(&mut browser);
    let hold = |holds: bool, what: &str| if holds { Ok(()) } else { Err(format!("{fault:?}: {what}: {}", outcome.0)) };
    let (users, used_states) = (site.accounts.users.len(), site.accounts.used_states.len());
    hold(browser.cookies.is_empty() != fault.is_nobodys(), "the cookie of the attempt")?;
    match fault.expected() {
        Expected::Accepted => {
            hold(outcome.user_id().is_some(), "nobody was signed in")?;
            hold((users, used_states) == (1, 1), "one user and one used state")
        }
        Expected::Refused(status, cause) => {
            hold(outcome.refusal() == Some((status, cause)), &format!("expected {status} {cause}"))?;
            hold(browser.session.is_none(), "a session was made")?;
            hold(users == 0, "a user was created")?;
            let sent = site.provider.count("/token");
            hold(sent <= used_states, "a code was sent before its state was used")?;
            hold(site.accounts.identities.is_empty(), "an identity was written")?;
            hold(!fault.is_before_userinfo() || site.provider.count("/me") == 0, "userinfo was called")
        }
    }
}

/// Proxies, outages, captive portals.
pub fn every_endpoint_may_be_in_trouble(core: &mut dyn Core) {
    let pairs = Endpoint::ALL.iter().flat_map(|at| Outage::ALL.iter().map(|how| Fault::Outage(*at, *how)));
    each(core, pairs);
}

/// [`MetadataFault`]
pub fn wrong_metadata_are_refused(core: &mut dyn Core) {
    each(core, MetadataFault::ALL.iter().map(|fault| Fault::Metadata(*fault)));
}

/// [`ResponseFault`]
pub fn wrong_responses_are_refused(core: &mut dyn Core) {
    each(core, ResponseFault::ALL.iter().map(|fault| Fault::Response(*fault)));
}

/// [`KeysFault`]
pub fn wrong_keys_are_refused(core: &mut dyn Core) {
    each(core, KeysFault::ALL.iter().map(|fault| Fault::Keys(*fault)));
}

/// [`TokenFault`]
pub fn wrong_token_responses_are_refused(core: &mut dyn Core) {
    each(core, TokenFault::ALL.iter().map(|fault| Fault::Token(*fault)));
}

/// [`IdTokenFault`]
pub fn wrong_id_tokens_are_refused(core: &mut dyn Core) {
    each(core, IdTokenFault::ALL.iter().map(|fault| Fault::IdToken(*fault)));
}

/// [`UserinfoFault`]
pub fn wrong_userinfo_is_refused(core: &mut dyn Core) {
    each(core, UserinfoFault::ALL.iter().map(|fault| Fault::Userinfo(*fault)));
}

/// Of the public suite of texts that are JSON or not, one in eight at each endpoint: none of them is what was asked for.
pub fn texts_of_a_json_suite_sign_nobody_in(core: &mut dyn Core) {
    let mut tried = 0;
    for at in Endpoint::ALL {
        for text in json_texts::all().iter().step_by(8) {
            let mut site = Site::new(core);
            site.settings["always_userinfo"] = json!(true);
            site.provider.body = Some((*at, String::from_utf8_lossy(&text.bytes).into_owned()));

            let outcome = site.sign_in(&mut Browser::new());

            assert_eq!(outcome.refusal().map(|(status, _)| status), Some(502), "{at:?}, {}: {}", text.name, outcome.0);
            assert!(site.accounts.users.is_empty(), "{at:?}, {}", text.name);
            tried += 1;
        }
    }
    assert_eq!(tried, 160);
}

/// The secret in the settings is not the provider's: starting again does not help.
pub fn a_wrong_secret_is_told_to_the_admin(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["app_secret"] = json!("another secret");
    let outcome = site.sign_in(&mut Browser::new());
    outcome.assert_refused(502, "client_rejected");
    assert_eq!(outcome.0["retry"], json!(false));
    assert!(site.accounts.users.is_empty());
}

/// A rotation between two sign-ins costs one request; the new keys are remembered.
pub fn a_rotated_key_is_fetched_once(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    site.provider.keys.push(Key::new(Algorithm::Rs256, 1));
    for _ in 0..3 {
        site.sign_in(&mut Browser::new()).assert_signed_in();
    }
    assert_eq!(site.provider.count("/jwks"), 2);
    site.provider.keys = vec![Key::new(Algorithm::Es384, 3)];
    site.sign_in(&mut Browser::new()).assert_signed_in();
    assert_eq!(site.provider.count("/jwks"), 3);
}

/// Keys that were remembered before the sign-in and changed during it.
pub fn a_key_that_rotates_during_a_sign_in_is_fetched(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.provider.fault = Some(Fault::Keys(KeysFault::RotatedJustBefore));
    let mut browser = Browser::new();
    assert_eq!(site.operate("check_connection", &json!({}), &mut browser).kind(), "connection_checked");
    site.sign_in(&mut browser).assert_signed_in();
    assert_eq!(site.provider.count("/jwks"), 2);
}

/// Object caches lose, shorten and mix up what they are given.
pub fn remembered_junk_is_fetched_anew(core: &mut dyn Core) {
    for junk in
        [json!(null), json!("text"), json!([]), json!({}), json!({"issuer": 7, "keys": "none", "fetched_at": -1})]
    {
        let mut site = Site::new(core);
        site.sign_in(&mut Browser::new()).assert_signed_in();
        let until = site.now() + 1000;
        for key in ["discovery", "jwks"] {
            site.cache.insert(key.to_owned(), (junk.clone(), until));
        }
        site.sign_in(&mut Browser::new()).assert_signed_in();
        assert_eq!(
            (site.provider.count("/jwks"), site.provider.count("/.well-known/openid-configuration")),
            (2, 2),
            "{junk}"
        );
    }
}
