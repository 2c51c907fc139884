//! Who is let in, who gets an account, and which accounts an email address may select.

use super::{profile, roles};
use crate::codes::{ErrorCode, Refused};
use crate::protocol::{AccountFacts, EmailMatch, Site};
use crate::settings::{AllowList, Provisioning, Settings};
use crate::token::Visitor;

/// Refuses a visitor whom the settings do not admit, whether or not they have an account.
///
/// # Errors
/// [`ErrorCode::EmailUnverified`] or [`ErrorCode::OrganizationRequired`]
pub fn admit(visitor: &Visitor, settings: &Settings) -> Result<(), Refused> {
    let accounts = &settings.accounts;
    if accounts.require_verified_email {
        let unproven =
            |cause| Refused::new(ErrorCode::EmailUnverified, format_args!("verification is required: {cause}"));
        visitor.proven_email(&accounts.trusted_email_connectors).map_err(unproven)?;
    }
    let required = &accounts.required_organizations;
    if !required.is_empty() && !is_among(visitor, "organizations", required) {
        return Err(Refused::new(
            ErrorCode::OrganizationRequired,
            "the visitor is in none of the required organizations",
        ));
    }
    Ok(())
}

/// Refuses a new account to a visitor who gets none by the settings.
///
/// # Errors
/// [`ErrorCode::NotProvisioned`] or [`ErrorCode::NotAMember`]
pub fn allow_new_account(visitor: &Visitor, settings: &Settings, site: &Site) -> Result<(), Refused> {
    let allowed = match &settings.accounts.provisioning {
        Provisioning::On => true,
        Provisioning::Off => false,
        Provisioning::AllowList(lists) => is_listed(visitor, lists, &settings.accounts.trusted_email_connectors),
    };
    if !allowed {
        return Err(Refused::new(ErrorCode::NotProvisioned, "the settings give this visitor no account"));
    }
    require_membership(visitor, &AccountFacts::default(), settings, site)
}

/// Refuses a user who is not, and does not become, a member of this site of the network.
///
/// # Errors
/// [`ErrorCode::NotAMember`]
pub fn require_membership(
    visitor: &Visitor,
    found: &AccountFacts,
    settings: &Settings,
    site: &Site,
) -> Result<(), Refused> {
    if roles::may_access_site(visitor, found, &settings.accounts, site) {
        return Ok(());
    }
    Err(Refused::new(ErrorCode::NotAMember, format_args!("no member of site {} of the network", site.blog_id)))
}

/// The email address that may belong to an account that exists, if the new account would have it or the settings ask.
pub fn email_to_match<'a>(visitor: &'a Visitor, settings: &Settings) -> Option<&'a str> {
    let is_asked = settings.accounts.link_by_email || profile::email(visitor, &settings.accounts.sync).is_some();
    visitor.verified_email().filter(|_| is_asked)
}

/// Whether the visitor's address counts as theirs: see [`Visitor::proven_email`].
pub fn has_proven_email(visitor: &Visitor, settings: &Settings) -> bool {
    visitor.proven_email(&settings.accounts.trusted_email_connectors).is_ok()
}

/// Whether a link mailed to an account's address may connect the visitor to it. The password always may. An email address
/// alone must never grant a privilege, and an account that has an identity of this provider belongs to that identity:
/// addresses are reassigned.
pub const fn may_connect_by_mail(matched: &EmailMatch, settings: &Settings) -> bool {
    settings.accounts.link_by_email && !matched.privileged && !matched.linked
}

fn is_listed(visitor: &Visitor, lists: &AllowList, trusted: &[String]) -> bool {
    let domain = visitor
        .proven_email(trusted)
        .ok()
        .and_then(|email| email.rsplit_once('@'))
        .map(|(_, domain)| domain.to_ascii_lowercase());
    domain.is_some_and(|domain| lists.email_domains.contains(&domain))
        || is_among(visitor, "organizations", &lists.organizations)
        || is_among(visitor, "roles", &lists.roles)
}

/// Whether a list of the visitor has one of `wanted`. Visitors from DingTalk have no such lists.
fn is_among(visitor: &Visitor, claim: &str, wanted: &[String]) -> bool {
    visitor.has_role_claims() && visitor.string_list(claim).any(|text| wanted.iter().any(|entry| entry == text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::visitor::tests::{dingtalk_visitor, visitor};
    use serde_json::{Value, json};

    fn refusal(result: Result<(), Refused>) -> Option<ErrorCode> {
        result.err().map(|refused| refused.code)
    }

    fn provisioned(settings: &Value, claims: &Value) -> bool {
        allow_new_account(&visitor(claims), &Settings::read(settings), &Site::default()).is_ok()
    }

    #[test]
    fn a_required_organization_fails_closed() {
        let settings = Settings::read(&json!({"required_organizations": "o1\no2"}));
        assert_eq!(refusal(admit(&visitor(&json!({"organizations": ["x", "o2"]})), &settings)), None);
        for claims in [
            json!({}),
            json!({"organizations": null}),
            json!({"organizations": []}),
            json!({"organizations": "o1"}),
            json!({"organizations": {"o1": {}}}),
            json!({"organizations": ["O1", "o1 ", "o"]}),
        ] {
            assert_eq!(refusal(admit(&visitor(&claims), &settings)), Some(ErrorCode::OrganizationRequired), "{claims}");
        }
        let person = dingtalk_visitor(&json!({"organizations": ["o1"]}));
        assert_eq!(refusal(admit(&person, &settings)), Some(ErrorCode::OrganizationRequired));
    }

    #[test]
    fn an_allow_list_admits_who_has_one_of_it() {
        let settings = json!({"provisioning": "allow_list", "allow_email_domains": "Example.com",
            "allow_organizations": "o1", "allow_roles": "staff"});
        for claims in [
            json!({"email": "a@EXAMPLE.com", "email_verified": true, "identities": {}}),
            json!({"organizations": ["o1"]}),
            json!({"roles": ["staff"]}),
        ] {
            assert!(provisioned(&settings, &claims), "{claims}");
        }
        for claims in [
            json!({}),
            json!({"email": "a@example.com", "email_verified": false}),
            json!({"email": "a@sub.example.com", "email_verified": true, "identities": {}}),
            json!({"email": "a@notexample.com", "email_verified": true, "identities": {}}),
            json!({"roles": ["o1"], "organizations": ["staff"]}),
        ] {
            assert!(!provisioned(&settings, &claims), "{claims}");
        }
    }

    #[test]
    fn provisioning_off_makes_no_account() {
        assert!(!provisioned(&json!({"provisioning": "off"}), &json!({"roles": ["staff"]})));
        assert!(provisioned(&json!({}), &json!({})));
    }

    #[test]
    fn an_address_is_looked_up_where_it_would_be_stored_or_the_settings_ask() {
        let claims = json!({"email": "a@b.example", "email_verified": true});
        let found = |claims: &Value, settings: &Value| {
            email_to_match(&visitor(claims), &Settings::read(settings)).map(str::to_owned)
        };

        assert_eq!(found(&claims, &json!({})).as_deref(), Some("a@b.example"));
        assert_eq!(found(&claims, &json!({"sync_email": "never"})), None);
        assert_eq!(
            found(&claims, &json!({"sync_email": "never", "link_by_email": true})).as_deref(),
            Some("a@b.example")
        );
        assert_eq!(
            found(&json!({"email": "a@b.example", "email_verified": "true"}), &json!({"link_by_email": true})),
            None
        );
    }

    #[test]
    fn a_mailed_link_gives_no_privilege_and_takes_no_account() {
        let may = |answer: Value, link_by_email: bool| {
            let settings = Settings::read(&json!({ "link_by_email": link_by_email }));
            may_connect_by_mail(&serde_json::from_value(answer).expect("an answer"), &settings)
        };
        let harmless = json!({"user_id": 7, "privileged": false, "linked": false});

        assert!(may(harmless.clone(), true) && !may(harmless, false));
        for facts in [json!({"user_id": 7, "linked": false}), json!({"user_id": 7, "privileged": false})] {
            assert!(!may(facts.clone(), true), "{facts}");
        }
    }
}
