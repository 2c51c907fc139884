//! Whoever signs in with whatever claims, under whatever settings: an account stays with its person.

use proptest::prelude::*;
use serde_json::{Value, json};
use simulator::provider::visitor::Visitor;
use simulator::site::accounts::User;
use simulator::{Browser, Native, Site};
use std::collections::BTreeMap;

/// Few of each, so that they meet.
const SUBJECTS: &[&str] = &["anna", "ben", "chen"];
const EMAILS: &[&str] =
    &["admin@example.com", "Admin@Example.com", "writer@example.com", "a@example.com", "not an address", ""];
const NAMES: &[&str] = &["admin", "writer", "李四", "Иван", "", "<b>"];
const ROLES: &[&str] = &["boss", "staff", "administrator", "org:o1:boss", "o1:boss"];

/// A claim that may be absent, null, or of the wrong type.
fn odd(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop_oneof![6 => value, 1 => Just(Value::Null), 1 => Just(json!(7)), 1 => Just(json!({"a": ["b"]}))]
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = Value> {
    odd(proptest::sample::select(texts).prop_map(Value::from))
}

fn list_of(texts: &'static [&'static str]) -> impl Strategy<Value = Value> {
    odd(proptest::sample::subsequence(texts, 0..=texts.len()).prop_map(Value::from))
}

fn claims() -> impl Strategy<Value = Value> {
    let verified = prop_oneof![4 => Just(json!(true)), 1 => Just(json!(false)), 1 => Just(json!("true"))];
    (
        one_of(EMAILS),
        odd(verified),
        one_of(NAMES),
        one_of(NAMES),
        list_of(ROLES),
        list_of(ROLES),
        list_of(&["o1", "o2"]),
    )
        .prop_map(|(email, verified, username, name, roles, organization_roles, organizations)| {
            json!({
                "email": email, "email_verified": verified, "username": username, "name": name, "roles": roles,
                "organization_roles": organization_roles, "organizations": organizations,
            })
        })
}

fn settings() -> impl Strategy<Value = Value> {
    let map = ["boss = administrator", "staff = editor", "org:o1:boss = administrator"];
    (
        any::<bool>(),
        any::<bool>(),
        proptest::sample::select(vec!["on", "on", "off", "allow_list"]),
        proptest::sample::subsequence(map.to_vec(), 0..=map.len()),
        proptest::sample::select(vec!["", "", "o1"]),
        proptest::sample::select(vec!["first", "all"]),
    )
        .prop_map(|(link_by_email, pending, provisioning, map, required, mode)| {
            json!({
                "link_by_email": link_by_email, "pending_approval": pending, "provisioning": provisioning,
                "allow_roles": "staff", "role_map": map.join("\n"), "required_organizations": required,
                "role_map_mode": mode,
            })
        })
}

/// Somebody who had an account before the plugin came.
fn local(id: u64, login: &str, role: &str) -> User {
    User {
        id,
        login: login.to_owned(),
        nicename: login.to_owned(),
        email: format!("{login}@example.com"),
        roles: vec![role.to_owned()],
        ..User::default()
    }
}

fn administrators(site: &Site<'_>) -> usize {
    site.accounts.users.iter().filter(|user| user.roles.iter().any(|role| role == "administrator")).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_account_stays_with_its_person(
        visits in proptest::collection::vec((proptest::sample::select(SUBJECTS), claims(), settings()), 1..8),
    ) {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        site.accounts.users = vec![local(1, "admin", "administrator"), local(2, "writer", "author")];
        let mut owner: BTreeMap<&str, u64> = BTreeMap::new();
        for (subject, claims, settings) in visits {
            for (field, value) in settings.as_object().expect("settings") {
                site.settings[field] = value.clone();
            }
            let before = site.accounts.clone();
            site.provider.visitor = Visitor::new(subject, &claims);
            let mut browser = Browser::new();
            let outcome = site.sign_in(&mut browser);
            let after = &site.accounts;

            // One identity has one user, for good; no user has two identities of one tenant.
            prop_assert!(before.identities.iter().all(|(identity, user)| after.identities.get(identity) == Some(user)));
            let mut users: Vec<_> = after.identities.values().collect();
            users.sort_unstable();
            users.dedup();
            prop_assert_eq!(users.len(), after.identities.len());
            prop_assert!(after.users.len() - before.users.len() <= 1);

            // A sign-in alone takes nobody's account, whatever the address says.
            prop_assert!(!after.identities.values().any(|user| [1, 2].contains(user)));
            let found = after.identities.iter().find(|((_, known), _)| known == subject).map(|(_, user)| *user);

            // Who is signed in is the owner of the identity, whoever that was before.
            if let Some(user) = outcome.user_id() {
                prop_assert_eq!(browser.session, Some(user));
                prop_assert_eq!(found, Some(user));
                prop_assert!(!after.user(user).pending);
                prop_assert!(after.user(user).roles.iter().any(|role| role != "administrator" ) || !settings["role_map"].as_str().unwrap_or_default().is_empty());
            } else {
                prop_assert_eq!(browser.session, None);
            }
            if let Some(user) = found {
                prop_assert_eq!(*owner.entry(subject).or_insert(user), user);
            }

            // There is always an administrator, and nobody else's account was touched.
            prop_assert!(administrators(&site) >= 1);
            for user in before.users.iter().filter(|user| Some(user.id) != found) {
                prop_assert_eq!(site.accounts.user(user.id), user);
            }
        }
    }
}
