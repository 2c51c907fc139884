//! Whose account a verified visitor has, and what a new one is called.
//!
//! An account belongs to one pair of issuer and subject (OpenID Connect Core §5.7). An email address selects
//! an account only where the settings say so, see [`admission`]: it can be reassigned, and a tenant can be changed.

pub mod admission;
pub mod import;
pub mod preview;
pub mod profile;
pub mod roles;
pub mod username;

use crate::protocol::{CreateUser, Site, UnlinkInput};
use crate::settings::Settings;
use crate::token::{Verified, Visitor};

/// Whether a way to sign in may be removed: never the last one.
pub fn may_unlink(input: &UnlinkInput, settings: &Settings) -> bool {
    input.identities > 1 || (input.has_password && settings.form_login)
}

/// The effect that creates an account for `visitor`.
pub fn create_user(visitor: &Verified<Visitor>, settings: &Settings, site: &Site) -> CreateUser {
    let accounts = &settings.accounts;
    let first = roles::of_new_user(visitor, accounts, site);
    CreateUser {
        identity: visitor.identity.clone(),
        logins: username::logins(visitor, &accounts.usernames),
        nicenames: username::nicenames(visitor),
        email: profile::email(visitor, &accounts.sync),
        profile: profile::of_new_user(visitor, &accounts.sync),
        roles: first.roles,
        granted_roles: first.granted,
        pending: accounts.pending_approval,
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
