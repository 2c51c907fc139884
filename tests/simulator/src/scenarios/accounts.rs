//! Whose account a visitor gets.

use crate::core::Core;
use crate::provider::visitor::Visitor;
use crate::site::{Site, accounts::User, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

pub(super) fn local(site: &mut Site<'_>, login: &str, email: &str) -> u64 {
    let id = site.accounts.users.len() as u64 + 1;
    site.accounts.users.push(User {
        id,
        login: login.to_owned(),
        nicename: login.to_owned(),
        email: email.to_owned(),
        roles: vec!["subscriber".to_owned()],
        ..User::default()
    });
    id
}

pub(super) fn sign_in_as(site: &mut Site<'_>, subject: &str, claims: &Value) -> Outcome {
    site.provider.visitor = Visitor::new(subject, claims);
    site.sign_in(&mut Browser::new())
}

/// Name, address, username.
pub fn a_new_user_gets_what_is_known(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    let user = site.accounts.user(id);
    assert_eq!((user.login.as_str(), user.nicename.as_str()), ("alice@example.com", "alice"));
    assert_eq!(user.email, "alice@example.com");
    for (field, value) in
        [("display_name", "Alice Example"), ("first_name", "Alice"), ("last_name", "Example"), ("nickname", "Al")]
    {
        assert_eq!(user.fields[field], value, "{field}");
    }
}

/// Neither a local account nor another subject's: addresses are reassigned. The visitor is asked, and nothing is stored.
pub fn an_address_never_selects_an_account(core: &mut dyn Core) {
    let mut site = Site::new(core);
    local(&mut site, "admin", "Alice@Example.com");
    let before = site.accounts.users.clone();
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_asked();
    assert_eq!((&site.accounts.users, site.accounts.identities.len()), (&before, 0));
    assert_eq!(browser.session, None);

    let mut site = Site::new(core);
    let address = json!({"email": "shared@example.com", "email_verified": true});
    let first = sign_in_as(&mut site, "first", &address).assert_signed_in();
    sign_in_as(&mut site, "second", &address).assert_asked();
    assert_eq!(sign_in_as(&mut site, "first", &address).assert_signed_in(), first);
}

/// Fault S4: whoever took a visitor's address, or the placeholder that could be foretold, kept them out for ever.
pub fn fault_s4_a_taken_address_or_name_keeps_nobody_out(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    let created = site.effects.iter().find(|effect| effect["type"] == "create_user").expect("a new user").clone();
    let (logins, foretold) = (created["logins"].as_array().expect("names"), &created["fallback_email"]);

    let mut site = Site::new(core);
    for (number, login) in logins.iter().enumerate() {
        local(&mut site, login.as_str().expect("a name"), &format!("taken-{number}@example.com"));
    }
    local(&mut site, "squatter", foretold.as_str().expect("an address"));
    // Between the look-up and the creation, somebody takes the address.
    site.answers.insert("find_email_match", json!({"user_id": null}));
    local(&mut site, "another", "alice@example.com");
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();

    let user = site.accounts.user(id);
    assert!(user.email.ends_with("@no-email.invalid") && Some(user.email.as_str()) != foretold.as_str(), "{user:?}");
    assert!(!logins.contains(&json!(user.login)), "{user:?}");
}

/// The same subject at another issuer is somebody else.
pub fn another_tenant_is_another_person(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.provider.visitor = Visitor::nobody();
    let first = site.sign_in(&mut Browser::new()).assert_signed_in();
    "https://another.example".clone_into(&mut site.provider.endpoint);
    site.settings["endpoint"] = json!("https://another.example");
    let second = site.sign_in(&mut Browser::new()).assert_signed_in();
    assert_ne!(first, second);
    let emails: Vec<_> = site.accounts.users.iter().map(|user| user.email.clone()).collect();
    assert_ne!(emails[0], emails[1]);
}

/// Only the boolean counts.
pub fn an_unverified_address_is_not_used(core: &mut dyn Core) {
    for verified in [json!(false), json!("true"), json!(1), Value::Null] {
        let mut site = Site::new(core);
        local(&mut site, "victim", "victim@example.com");
        let claims = json!({"email": "victim@example.com", "email_verified": verified});
        let id = sign_in_as(&mut site, "stranger", &claims).assert_signed_in();
        let user = site.accounts.user(id);
        assert!(user.email.ends_with(".invalid") && !user.login.contains("victim"), "{verified}: {user:?}");
    }
}

/// A verification proves the address that it stands beside, and no other.
pub fn an_address_and_its_verification_come_from_one_source(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["always_userinfo"] = json!(true);
    site.provider.otherwise_at_userinfo.insert("email".to_owned(), json!("victim@example.com"));
    site.provider.otherwise_at_userinfo.insert("email_verified".to_owned(), Value::Null);
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    assert_ne!(site.accounts.user(id).email, "victim@example.com");
}

/// What userinfo says is newer than what the ID token says.
pub fn userinfo_wins(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["always_userinfo"] = json!(true);
    site.provider.otherwise_at_userinfo.insert("name".to_owned(), json!("Alice Newname"));
    site.provider.otherwise_at_userinfo.insert("email".to_owned(), json!("new@example.com"));
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    assert_eq!(site.accounts.user(id).fields["display_name"], "Alice Newname");
    assert_eq!(site.accounts.user(id).email, "new@example.com");
}

/// `require_verified_email`: nothing is written for who is not admitted.
pub fn a_verified_address_can_be_required(core: &mut dyn Core) {
    for claims in [
        json!({}),
        json!({"email": null, "email_verified": false}),
        json!({"email": "a@b.example", "email_verified": "true"}),
    ] {
        let mut site = Site::new(core);
        site.settings["require_verified_email"] = json!(true);
        sign_in_as(&mut site, "stranger", &claims).assert_refused(403, "email_unverified");
        assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty());
    }
    let mut site = Site::new(core);
    site.settings["require_verified_email"] = json!("1");
    site.sign_in(&mut Browser::new()).assert_signed_in();
}

/// Names are taken by others.
pub fn a_taken_login_gets_a_number(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["username_strategy"] = json!("username");
    local(&mut site, "alice", "other@example.com");
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    let user = site.accounts.user(id);
    assert_eq!((user.login.as_str(), user.nicename.as_str()), ("alice-2", "alice-2"));
}

/// `username_strategy`.
pub fn logins_follow_the_strategy(core: &mut dyn Core) {
    let all = json!({"email": "e@example.com", "email_verified": true, "username": "uuu", "name": "Nnn Nnn", "phone_number": "861380000"});
    let without = |gone: &[&str]| {
        let mut claims = all.clone();
        for claim in gone {
            claims[*claim] = Value::Null;
        }
        claims
    };
    for (strategy, claims, expected) in [
        ("smart", without(&[]), "e@example.com"),
        ("smart", without(&["email"]), "uuu"),
        ("smart", without(&["email", "username"]), "Nnn Nnn"),
        ("smart", without(&["email", "username", "name"]), "861380000"),
        ("smart", without(&["email", "username", "name", "phone_number"]), "user-"),
        ("email", without(&[]), "e@example.com"),
        ("email", without(&["email"]), "user-"),
        ("username", without(&[]), "uuu"),
        ("username", without(&["username"]), "user-"),
        ("", without(&[]), "e@example.com"),
        ("unknown", without(&[]), "e@example.com"),
    ] {
        let mut site = Site::new(core);
        site.settings["username_strategy"] = json!(strategy);
        let id = sign_in_as(&mut site, "somebody", &claims).assert_signed_in();
        let login = &site.accounts.user(id).login;
        let fits = if expected == "user-" { login.starts_with("user-") } else { login == expected };
        assert!(fits, "{strategy} {claims}: {login}");
    }
}

/// Every candidate passes `sanitize_user( …, true )` unchanged and fits its column: the site checks each.
pub fn logins_fit_wordpress(core: &mut dyn Core) {
    let names = [
        "x".repeat(200),
        "Иван Петров".to_owned(),
        "李四".to_owned(),
        "a".to_owned(),
        "  spaces   inside  ".to_owned(),
        "<script>alert(1)</script>".to_owned(),
        "emoji 🎉 here".to_owned(),
        "\u{202E}gnp.exe".to_owned(),
        "%41%42 &amp; &#65;".to_owned(),
        "-".repeat(70),
        format!("{} {}", "y".repeat(59), "z".repeat(20)),
    ];
    for (number, name) in names.iter().enumerate() {
        for claim in ["username", "name", "phone_number"] {
            let mut site = Site::new(core);
            sign_in_as(&mut site, &format!("subject {number}"), &json!({claim: name})).assert_signed_in();
        }
    }
    for address in [
        format!("{}@example.com", "l".repeat(80)),
        "first.last+tag@example.com".to_owned(),
        "o'neil@example.com".to_owned(),
    ] {
        let mut site = Site::new(core);
        let id =
            sign_in_as(&mut site, "address", &json!({"email": address, "email_verified": true})).assert_signed_in();
        assert_eq!(site.accounts.user(id).email, address);
    }
}

/// The identity was linked between the look-up and the creation.
pub fn two_first_sign_ins_make_one_user(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let first = site.sign_in(&mut Browser::new()).assert_signed_in();
    site.answers.insert("find_account", json!({"user_id": null}));
    site.answers.insert("find_email_match", json!({"user_id": null}));
    assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), first);
    assert_eq!(site.accounts.users.len(), 1);
}

/// WordPress's own words go into the log and nowhere else.
pub fn a_user_that_cannot_be_created_is_reported(core: &mut dyn Core) {
    for (error, status, code) in [
        ("failed", 500, "user_not_created"),
        ("login_taken", 500, "user_not_created"),
        ("email_taken", 500, "user_not_created"),
        ("something new", 500, "user_not_created"),
        ("banned", 403, "address_banned"),
    ] {
        let mut site = Site::new(core);
        site.answers
            .insert("create_user", json!({"user_id": null, "error": error, "cause": "Could not insert <b>user</b>."}));
        let mut browser = Browser::new();
        let outcome = site.sign_in(&mut browser);
        outcome.assert_refused(status, code);
        assert!(!outcome.0.to_string().contains("Could not insert"));
        assert_eq!(browser.session, None);
    }
    // An error beside a user is an error (CVE-2024-10924: results that were ignored).
    let mut site = Site::new(core);
    site.answers.insert("create_user", json!({"user_id": 1, "error": "failed", "cause": ""}));
    site.sign_in(&mut Browser::new()).assert_refused(500, "user_not_created");
    for answer in [json!({}), json!({"user_id": null}), json!(null)] {
        let mut site = Site::new(core);
        site.answers.insert("create_user", answer);
        assert_eq!(site.sign_in(&mut Browser::new()).kind(), "refused");
    }
}

/// What changed at the provider changes here; what is absent there stays.
pub fn a_profile_is_brought_up_to_date(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    let claims = json!({"name": "Алиса", "given_name": null, "email": "new@example.com", "email_verified": true});
    assert_eq!(sign_in_as(&mut site, "alice00subject", &claims).assert_signed_in(), id);
    let user = site.accounts.user(id).clone();
    assert_eq!((user.fields["display_name"].as_str(), user.fields["first_name"].as_str()), ("Алиса", "Alice"));
    assert_eq!((user.email.as_str(), user.login.as_str()), ("new@example.com", "alice@example.com"));
    let claims = json!({"email": "unproven@example.com", "email_verified": false});
    assert_eq!(sign_in_as(&mut site, "alice00subject", &claims).assert_signed_in(), id);
    assert_eq!(site.accounts.user(id), &user);
    local(&mut site, "other", "other@example.com");
    let claims = json!({"email": "other@example.com", "email_verified": true});
    assert_eq!(sign_in_as(&mut site, "alice00subject", &claims).assert_signed_in(), id);
    assert_eq!(site.accounts.user(id), &user);
}

/// `sync_profile` off: only the first sign-in writes.
pub fn a_profile_is_left_alone_if_wanted(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.settings["sync_profile"] = json!(false);
    let id = site.sign_in(&mut Browser::new()).assert_signed_in();
    let before = site.accounts.user(id).clone();
    assert_eq!(before.fields["display_name"], "Alice Example");
    assert_eq!(sign_in_as(&mut site, "alice00subject", &json!({"name": "Another Name"})).assert_signed_in(), id);
    assert_eq!(site.accounts.user(id), &before);
}
