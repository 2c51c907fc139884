//! Whose account a verified visitor has, and what a new one is called.
//!
//! An account belongs to one pair of issuer and subject (OpenID Connect Core §5.7). An email address selects no account: it
//! can be reassigned, and WordPress does not prove it. It only tells that there may be one, which its owner can connect.

pub mod admission;
mod full_name;
pub mod import;
pub mod meta;
pub mod preview;
pub mod profile;
pub mod roles;
pub mod same_person;
pub mod username;

use crate::environment::Environment;
use crate::protocol::{CreateUser, Profile, Site, UnlinkInput};
use crate::settings::Settings;
use crate::token::{Verified, Visitor};

/// Whether a sign-in method may be removed: never the last one.
pub fn may_unlink(input: &UnlinkInput, settings: &Settings) -> bool {
    input.identities > 1 || (input.has_password && settings.form_login)
}

/// The effect that creates an account for `visitor`. It cannot fail because somebody else has a name or an address: the
/// last of each is drawn.
pub fn create_user(
    visitor: &Verified<Visitor>,
    settings: &Settings,
    site: &Site,
    environment: &Environment,
) -> CreateUser {
    let accounts = &settings.accounts;
    let first = roles::of_new_user(visitor, accounts, site);
    let mut logins = username::logins(visitor, &accounts.usernames);
    logins.push(profile::drawn_name(environment));
    let fallback_email = profile::placeholder_email(environment);
    CreateUser {
        identity: visitor.identity.clone(),
        logins,
        nicenames: username::nicenames(visitor),
        email: profile::email(visitor, &accounts.sync).unwrap_or_else(|| fallback_email.clone()),
        fallback_email,
        profile: Profile {
            dingtalk: same_person::remembered(visitor, settings, environment.now),
            ..meta::complete(profile::of_new_user(visitor, &accounts.sync), visitor, accounts)
        },
        roles: first.roles,
        granted_roles: first.granted,
        pending: accounts.pending_approval,
        claims: visitor.claims_for(site),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_way_in_is_never_removed() {
        let may = |identities, has_password, form_login: bool| {
            may_unlink(&UnlinkInput { identities, has_password }, &Settings::read(&json!({ "form_login": form_login })))
        };
        assert!(may(2, false, false) && may(1, true, true));
        assert!(!may(1, false, true) && !may(1, true, false) && !may(0, false, true));
    }
}
