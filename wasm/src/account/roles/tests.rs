use super::*;
use crate::settings::Settings;
use crate::token::visitor::tests::{dingtalk_visitor, visitor};
use proptest::prelude::*;
use serde_json::{Value, json};

fn accounts(settings: &Value) -> Accounts {
    Settings::read(settings).accounts
}

fn site(number: u64) -> Site {
    let roles = ["administrator", "editor", "author", "subscriber"].map(str::to_owned).to_vec();
    Site { roles, default_role: "subscriber".to_owned(), blog_id: number, ..Site::default() }
}

fn found(roles: &[&str], granted: &[&str]) -> AccountFacts {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    AccountFacts { user_id: Some(7), roles: list(roles), granted_roles: list(granted), ..AccountFacts::default() }
}

fn changed(claims: &Value, found: &AccountFacts, map: &str) -> Option<(Vec<String>, Vec<String>, Vec<String>)> {
    let accounts = accounts(&json!({"role_map": map, "role_map_mode": "all"}));
    update(&visitor(claims), found, &accounts, &site(0))
        .change
        .map(|change| (change.add, change.remove, change.granted))
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_first_row_that_fits_counts_or_every_one() {
    let person = visitor(&json!({"roles": ["staff", "boss"], "organization_roles": ["o1:member"]}));
    let map = "boss = administrator\nstaff = editor\norg:o1:member = author\norg:o2:member = editor";
    for (mode, roles) in [("first", &["administrator"][..]), ("all", &["administrator", "editor", "author"])] {
        let accounts = accounts(&json!({"role_map": map, "role_map_mode": mode}));
        assert_eq!(of_new_user(&person, &accounts, &site(0)).roles, names(roles), "{mode}");
    }
}

#[test]
fn a_name_of_one_claim_is_never_taken_for_the_other() {
    let accounts = accounts(&json!({"role_map": "org:o1:boss = administrator\no1:chief = editor"}));
    for claims in [
        json!({"roles": ["org:o1:boss", "o1:boss"]}),
        json!({"organization_roles": ["o1:chief", "org:o1:boss", "boss"]}),
        json!({"roles": "org:o1:boss", "organization_roles": "o1:boss"}),
        json!({"organization_roles": [["o1:boss"], {"o1:boss": true}, null]}),
    ] {
        assert_eq!(of_new_user(&visitor(&claims), &accounts, &site(0)).granted, [""; 0], "{claims}");
    }
}

#[test]
fn who_is_not_mapped_gets_the_default_that_exists() {
    let person = visitor(&json!({}));
    for (default, role) in [("author", "author"), ("", "subscriber"), ("king", "subscriber")] {
        let accounts = accounts(&json!({"default_role": default}));
        assert_eq!(of_new_user(&person, &accounts, &site(0)).roles, [role]);
    }
    assert_eq!(of_new_user(&person, &accounts(&json!({})), &Site::default()).roles, [""; 0]);
}

#[test]
fn a_role_that_does_not_exist_is_given_to_nobody() {
    assert_eq!(changed(&json!({"roles": ["boss"]}), &found(&["editor"], &[]), "boss = king"), None);
}

#[test]
fn a_role_goes_when_what_gave_it_goes() {
    let map = "boss = administrator\nstaff = editor";
    let was = found(&["editor", "administrator"], &["administrator"]);
    let expected = (names(&[]), names(&["administrator"]), names(&[]));
    assert_eq!(changed(&json!({"roles": ["staff"]}), &was, map), Some(expected.clone()));
    // Without the claim, without the mapping, and with a claim of another type, too.
    assert_eq!(changed(&json!({}), &was, map), Some(expected.clone()));
    assert_eq!(changed(&json!({"roles": {"boss": true}}), &was, map), Some(expected.clone()));
    assert_eq!(changed(&json!({"roles": ["boss"]}), &was, ""), Some(expected));
    let confirmed = (names(&[]), names(&[]), names(&["administrator"]));
    assert_eq!(changed(&json!({"roles": ["boss"]}), &was, map), Some(confirmed));
}

#[test]
fn a_role_that_an_admin_gave_stays() {
    let map = "staff = editor";
    assert_eq!(changed(&json!({"roles": []}), &found(&["editor", "author"], &[]), map), None);
    // It was there before the mapping named it: it is no gift of the mapping.
    assert_eq!(changed(&json!({"roles": ["staff"]}), &found(&["editor"], &[]), map), None);
}

#[test]
fn nobody_who_had_a_role_ends_without_one() {
    let expected = (names(&["subscriber"]), names(&["editor"]), names(&["subscriber"]));
    assert_eq!(changed(&json!({}), &found(&["editor"], &["editor"]), "staff = editor"), Some(expected));
    let same = (names(&[]), names(&[]), names(&["subscriber"]));
    assert_eq!(changed(&json!({}), &found(&["subscriber"], &["subscriber"]), ""), Some(same));
}

/// Fault S10: the default role that took the place of a mapped one stayed when the mapped one returned.
#[test]
fn fault_s10_a_substitute_goes_when_a_mapped_role_returns() {
    let (map, staff) = ("staff = editor", json!({"roles": ["staff"]}));

    let replaced = (names(&["editor"]), names(&["subscriber"]), names(&["editor"]));
    assert_eq!(changed(&staff, &found(&["subscriber"], &["subscriber"]), map), Some(replaced));

    let beside = (names(&["editor"]), names(&[]), names(&["editor"]));
    assert_eq!(changed(&staff, &found(&["subscriber"], &[]), map), Some(beside), "an administrator gave it");
}

#[test]
fn the_last_administrator_stays_one() {
    let mut last = found(&["administrator", "author"], &["administrator", "author"]);
    last.last_administrator = true;
    let accounts = accounts(&json!({"role_map": "boss = administrator"}));
    let RoleUpdate { change, kept_last_admin: protected } =
        update(&visitor(&json!({"roles": []})), &last, &accounts, &site(0));
    let change = change.expect("the other role goes");
    assert!(protected);
    assert_eq!((change.remove, change.granted), (names(&["author"]), names(&["administrator"])));
}

#[test]
fn dingtalk_says_nothing_about_roles() {
    let accounts = accounts(&json!({"role_map": "boss = administrator", "site_map": "o1 = 2"}));
    let person = dingtalk_visitor(&json!({"roles": ["boss"], "organizations": ["o1"]}));
    let mut was = found(&["editor"], &["editor"]);
    assert_eq!(update(&person, &was, &accounts, &site(0)), RoleUpdate { change: None, kept_last_admin: false });
    was.granted_sites = vec![2];
    assert_eq!(sites(&person, &was, &accounts), None);
    assert!(!may_access_site(&person, &was, &accounts, &site(2)), "no organization, no membership");
}

#[test]
fn an_organization_makes_and_unmakes_members() {
    let accounts = accounts(&json!({"site_map": "o1 = 2\no2 = 3"}));
    let in_one = visitor(&json!({"organizations": ["o1"]}));
    let mut was = found(&["editor"], &[]);
    was.sites = vec![1];
    let change = sites(&in_one, &was, &accounts).expect("joins");
    assert_eq!((change.add, change.remove, change.granted), (vec![2], vec![], vec![2]));
    (was.sites, was.granted_sites) = (vec![1, 2, 3], vec![2, 3]);
    let change = sites(&in_one, &was, &accounts).expect("leaves");
    assert_eq!((change.add, change.remove, change.granted), (vec![], vec![3], vec![2]));
    // A membership that an admin gave is no gift of the mapping.
    (was.sites, was.granted_sites) = (vec![1, 2, 3], vec![]);
    assert_eq!(sites(&visitor(&json!({})), &was, &accounts), None);
}

/// Fault S10, S2: what a mapping gave was one list for all issuers and sites, so whoever signed in somewhere else
/// lost what others gave.
#[test]
fn fault_s10_an_issuer_takes_back_only_what_it_gave() {
    let mut was = found(&["editor", "author"], &["editor"]);
    was.roles_of_others = names(&["author", "editor"]);
    let kept = (names(&[]), names(&[]), names(&[]));
    assert_eq!(changed(&json!({"roles": []}), &was, "staff = editor"), Some(kept), "the other issuer gave it too");
    let shared = (names(&[]), names(&[]), names(&["editor", "author"]));
    let map = "staff = editor\nwriter = author";
    assert_eq!(changed(&json!({"roles": ["staff", "writer"]}), &was, map), Some(shared), "now it is a gift of both");

    let person = visitor(&json!({"organizations": []}));
    (was.sites, was.granted_sites, was.sites_of_others) = (vec![1, 2, 3], vec![2], vec![3]);
    assert_eq!(sites(&person, &was, &accounts(&json!({}))), None, "a site without the mapping decides nothing");
    let change = sites(&person, &was, &accounts(&json!({"site_map": "o1 = 2\no2 = 3"}))).expect("leaves");
    assert_eq!((change.add, change.remove, change.granted), (vec![], vec![2], vec![]));
    was.sites_of_others.push(2);
    assert!(may_access_site(&person, &was, &accounts(&json!({"site_map": "o1 = 2"})), &site(2)));
}

#[test]
fn who_may_be_on_a_site() {
    let mut was = found(&[], &[]);
    let open = accounts(&json!({}));
    let closed = accounts(&json!({"join_site": false}));
    let person = visitor(&json!({"organizations": ["o1"]}));
    assert!(may_access_site(&person, &was, &closed, &site(0)), "there is one site alone");
    assert!(may_access_site(&person, &was, &open, &site(5)) && !may_access_site(&person, &was, &closed, &site(5)));
    was.sites = vec![5];
    assert!(may_access_site(&person, &was, &closed, &site(5)));
    let mapped = accounts(&json!({"site_map": "o1 = 2\no2 = 3"}));
    assert!(may_access_site(&person, &was, &mapped, &site(2)) && !may_access_site(&person, &was, &mapped, &site(3)));
    (was.sites, was.granted_sites) = (vec![3], vec![3]);
    assert!(!may_access_site(&person, &was, &mapped, &site(3)), "who left the organization");
    was.granted_sites.clear();
    assert!(may_access_site(&person, &was, &mapped, &site(3)), "whom an admin made a member");
}

#[test]
fn who_joins_a_site_gets_a_role_there() {
    let was = found(&[], &[]);
    let change = update(&visitor(&json!({})), &was, &accounts(&json!({})), &site(5)).change;
    assert_eq!(change.expect("joins").add, ["subscriber"]);
    let change = update(&dingtalk_visitor(&json!({})), &was, &accounts(&json!({})), &site(5)).change;
    assert_eq!(change.expect("joins").add, ["subscriber"]);
}

const ROLES: &[&str] = &["administrator", "editor", "author", "subscriber", "gone"];

fn some_roles() -> impl Strategy<Value = Vec<String>> {
    proptest::sample::subsequence(ROLES, 0..=ROLES.len()).prop_map(|roles| names(&roles))
}

fn some_claims() -> impl Strategy<Value = Value> {
    let role = proptest::sample::select(&["boss", "staff", "org:o1:boss", "o1:boss", "", "editor"][..]);
    let list = || proptest::collection::vec(role.clone(), 0..4);
    prop_oneof![
        (list(), list()).prop_map(|(roles, more)| json!({"roles": roles, "organization_roles": more})),
        list().prop_map(|roles| json!({"roles": roles.first(), "organization_roles": {"roles": roles}})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_claimed_the_rules_hold(
        claims in some_claims(), roles in some_roles(), granted in some_roles(), others in some_roles(),
        last in any::<bool>(),
        all in any::<bool>(), map in proptest::sample::subsequence(
            &["boss = administrator", "staff = editor", "org:o1:boss = author", "editor = gone"][..], 0..=4),
    ) {
        let accounts = accounts(&json!({"role_map": map.join("\n"), "role_map_mode": if all { "all" } else { "" }}));
        let last = last && roles.iter().any(|role| role == ADMINISTRATOR);
        let was = AccountFacts { user_id: Some(7), roles: roles.clone(), granted_roles: granted.clone(),
            roles_of_others: others.clone(), last_administrator: last, ..AccountFacts::default() };
        let site = site(0);
        let person = visitor(&claims);
        let change = update(&person, &was, &accounts, &site).change;
        let change = change.unwrap_or(Change { add: vec![], remove: vec![], granted: granted.clone() });
        let mut after = without(&roles, &change.remove);
        after.extend(without(&change.add, &after));
        // The last administrator stays one; nobody who had a role ends without one.
        prop_assert!(!last || after.iter().any(|role| role == ADMINISTRATOR));
        prop_assert!(roles.is_empty() || !after.is_empty());
        // What goes was the mapping's gift; what comes is mapped, exists, or is the default.
        prop_assert!(change.remove.iter().all(|role| granted.contains(role)));
        let allowed = mapped(&person, &accounts, &site);
        prop_assert!(change.add.iter().all(|role| allowed.contains(role) || role == "subscriber"));
        prop_assert!(change.add.iter().all(|role| site.roles.contains(role)));
        let known = |role| granted.contains(role) || others.contains(role) || change.add.contains(role);
        prop_assert!(change.granted.iter().all(known));
        // What another issuer gave stays.
        prop_assert!(others.iter().filter(|role| roles.contains(role)).all(|role| after.contains(role)));
        // The same person again: nothing more to do but to confirm.
        let again = AccountFacts { roles: after, granted_roles: change.granted.clone(), ..was };
        let confirmed = (!change.granted.is_empty())
            .then_some(Change { add: vec![], remove: vec![], granted: change.granted });
        prop_assert_eq!(update(&person, &again, &accounts, &site).change, confirmed);
    }
}
