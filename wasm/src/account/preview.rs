//! What a person with certain claims would get: the rules of a sign-in, and nothing done.

use super::{admission, profile, roles, username};
use crate::environment::Environment;
use crate::protocol::{Outcome, Preview, PreviewInput, Site};
use crate::settings::Settings;
use crate::token::Visitor;
use serde_json::Value;

/// Stands for a subject of the tenant that claims leave out.
const SOMEBODY: &str = "preview";

/// Describes the first sign-in of a person with these claims. A sign-in draws random values anew.
pub fn of(PreviewInput { claims }: &PreviewInput, settings: &Settings, site: &Site, here: &Environment) -> Outcome {
    let subject = claims.get("sub").and_then(Value::as_str).filter(|subject| !subject.is_empty()).unwrap_or(SOMEBODY);
    let issuer = settings.logto().map_or(SOMEBODY, |logto| logto.issuer.as_str());
    let mut visitor = Visitor::new(issuer, subject.to_owned(), claims.clone());
    if settings.logto().is_ok_and(|logto| !logto.is_tenant) {
        visitor = visitor.of_another_provider();
    }
    Outcome::Preview(Box::new(of_visitor(&visitor, settings, site, here)))
}

/// The same for a visitor.
pub fn of_visitor(visitor: &Visitor, settings: &Settings, site: &Site, here: &Environment) -> Preview {
    let accounts = &settings.accounts;
    let refused =
        admission::admit(visitor, settings).and_then(|()| admission::allow_new_account(visitor, settings, site));
    Preview {
        refused: refused.err().map(|refused| refused.code.as_str()),
        logins: username::logins(visitor, &accounts.usernames),
        email: profile::email(visitor, &accounts.sync).unwrap_or_else(|| profile::placeholder_email(here)),
        profile: profile::of_new_user(visitor, &accounts.sync),
        roles: roles::of_new_user(visitor, accounts, site).roles,
        sites: roles::mapped_sites(visitor, accounts),
        pending: accounts.pending_approval,
        links_by_email: accounts.link_by_email && visitor.verified_email().is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::ENTROPY_LENGTH;
    use serde_json::json;

    fn preview(claims: &Value, settings: &Value) -> Preview {
        let site = Site {
            roles: vec!["editor".into(), "subscriber".into()],
            default_role: "subscriber".into(),
            ..Site::default()
        };
        match of(
            &PreviewInput { claims: claims.as_object().cloned().expect("claims") },
            &Settings::read(settings),
            &site,
            &Environment { now: 0, entropy: [7; ENTROPY_LENGTH] },
        ) {
            Outcome::Preview(preview) => *preview,
            other => panic!("no preview: {other:?}"),
        }
    }

    #[test]
    fn it_says_what_a_sign_in_would_do() {
        let settings = json!({"role_map": "staff = editor", "provisioning": "allow_list", "allow_roles": "staff"});
        let claims = json!({"roles": ["staff"], "username": "ann", "email": "a@b.example", "email_verified": true});
        let seen = preview(&claims, &settings);
        assert_eq!(
            (seen.refused, seen.logins[0].as_str(), seen.roles),
            (None, "a@b.example", vec!["editor".to_owned()])
        );
        assert!(!seen.links_by_email && !seen.pending);
        let seen = preview(&json!({"username": "ann"}), &settings);
        assert_eq!((seen.refused, seen.logins[0].as_str()), (Some("not_provisioned"), "ann"));
        assert!(seen.email.ends_with(".invalid"));
    }
}
