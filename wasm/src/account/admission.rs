//! Who is let in, who gets an account, and which accounts an email address may select.

use super::roles;
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

/// The email address that may select an account, if the settings let one.
pub fn email_to_link<'a>(visitor: &'a Visitor, settings: &Settings) -> Option<&'a str> {
    let accounts = &settings.accounts;
    visitor.proven_email(&accounts.trusted_email_connectors).ok().filter(|_| accounts.link_by_email)
}

/// Whether the account that an email address selected may become the visitor's. Privileged users link from their profile
/// page: an email address alone must never grant administrator rights. An account that has an identity of this provider
/// already belongs to that identity.
///
/// # Errors
/// [`ErrorCode::EmailPrivileged`] or [`ErrorCode::EmailTaken`]
pub fn may_link(candidate: &EmailMatch) -> Result<Option<u64>, Refused> {
    let Some(user_id) = candidate.user_id else { return Ok(None) };
    if candidate.privileged {
        return Err(Refused::new(ErrorCode::EmailPrivileged, format_args!("user {user_id} may administer the site")));
    }
    if candidate.linked {
        return Err(Refused::new(
            ErrorCode::EmailAccountLinked,
            format_args!("user {user_id} has this email address, and another identity of this provider"),
        ));
    }
    Ok(Some(user_id))
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
    fn an_address_links_only_where_wanted_and_verified() {
        let claims = json!({"email": "a@b.example", "email_verified": true, "identities": {}});
        let linking = Settings::read(&json!({"link_by_email": true}));
        assert_eq!(email_to_link(&visitor(&claims), &linking), Some("a@b.example"));
        assert_eq!(email_to_link(&visitor(&claims), &Settings::read(&json!({}))), None);
        let unverified = json!({"email": "a@b.example", "email_verified": "true"});
        assert_eq!(email_to_link(&visitor(&unverified), &linking), None);
        assert_eq!(
            email_to_link(&dingtalk_visitor(&json!({"email": "a@b.example", "email_verified": false})), &linking),
            None
        );
    }

    #[test]
    fn no_address_gives_a_privilege_or_takes_an_account() {
        let judged = |answer: Value| {
            may_link(&serde_json::from_value(answer).expect("an answer")).map_err(|refused| refused.code)
        };
        assert_eq!(judged(json!({"user_id": 7, "privileged": false, "linked": false})), Ok(Some(7)));
        assert_eq!(judged(json!({"user_id": null})), Ok(None));
        assert_eq!(judged(json!({"user_id": 7, "linked": false})), Err(ErrorCode::EmailPrivileged));
        assert_eq!(judged(json!({"user_id": 7, "privileged": false})), Err(ErrorCode::EmailAccountLinked));
        assert_eq!(judged(json!({"user_id": 7, "privileged": true, "linked": true})), Err(ErrorCode::EmailPrivileged));
    }
}
