//! Users and identities, with the limits that `WordPress` and its tables set.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct User {
    /// `ID`
    pub id: u64,
    /// `user_login`
    pub login: String,
    /// `user_nicename`
    pub nicename: String,
    /// `user_email`
    pub email: String,
    /// The other fields, by name.
    pub fields: BTreeMap<String, String>,
}

/// The tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    /// `users`
    pub users: Vec<User>,
    /// `logto_identities`: issuer hash and subject, unique.
    pub identities: BTreeMap<(String, String), u64>,
    /// `logto_spent`: unique keys.
    pub spent: BTreeSet<String>,
}

impl Accounts {
    /// The user of an identity.
    pub fn look_up(&self, identity: &Value) -> Value {
        json!({"user_id": self.identities.get(&key(identity))})
    }

    /// Burns a state.
    pub fn spend(&mut self, effect: &Value, now: u64) -> Value {
        let key = text(effect, "key");
        assert!((16..=191).contains(&key.len()) && key.is_ascii(), "a key that a unique index takes: {key}");
        assert!(
            effect["expires"].as_u64().is_some_and(|expires| expires > now),
            "the row outlives the state: {effect}"
        );
        json!({"fresh": self.spent.insert(key)})
    }

    /// Makes a user and the identity together, or neither.
    pub fn create(&mut self, effect: &Value) -> Value {
        let identity = &effect["identity"];
        if let Some(user) = self.identities.get(&key(identity)) {
            return json!({"user_id": user});
        }
        let names = |member: &str, longest: usize| -> Vec<String> {
            let names: Vec<String> = effect[member]
                .as_array()
                .expect("names")
                .iter()
                .map(|name| name.as_str().expect("a name").to_owned())
                .collect();
            assert!(!names.is_empty(), "no {member}");
            for name in &names {
                assert!((1..=longest).contains(&name.chars().count()), "{member}: {name:?}");
                assert_eq!(sanitized(name), *name, "a name that sanitize_user( …, true ) changes");
            }
            names
        };
        let (logins, nicenames) = (names("logins", 60), names("nicenames", 50));
        let email = text(effect, "email");
        assert!(email.len() <= 100 && email.contains('@'), "user_email: {email:?}");
        if self.users.iter().any(|user| user.email.eq_ignore_ascii_case(&email)) {
            return json!({"user_id": null, "error": "email_taken", "cause": "Sorry, that email address is already used!"});
        }
        let Some(login) =
            logins.into_iter().find(|login| !self.users.iter().any(|user| user.login.eq_ignore_ascii_case(login)))
        else {
            return json!({"user_id": null, "error": "login_taken", "cause": "Sorry, that username already exists!"});
        };
        let nicename = nicenames.into_iter().find(|name| !self.users.iter().any(|user| user.nicename == *name));
        let id = self.users.len() as u64 + 1;
        let nicename = nicename.unwrap_or_else(|| format!("user-{id}"));
        self.users.push(User { id, login, nicename, email, fields: BTreeMap::new() });
        self.update(id, &effect["profile"]);
        self.identities.insert(key(identity), id);
        json!({"user_id": id})
    }

    /// Writes profile fields; a field that is not there stays as it is.
    pub fn update(&mut self, id: u64, profile: &Value) {
        let Some(fields) = profile.as_object() else { return };
        let taken = |users: &[User], email: &str| {
            users.iter().any(|user| user.id != id && user.email.eq_ignore_ascii_case(email))
        };
        let collides = fields.get("email").and_then(Value::as_str).is_some_and(|email| taken(&self.users, email));
        let user = self.users.iter_mut().find(|user| user.id == id).expect("the user exists");
        for (name, value) in fields {
            let value = value.as_str().expect("a text").to_owned();
            assert!(value.chars().count() <= 250, "{name} is longer than its column");
            match name.as_str() {
                "email" if collides => {}
                "email" => user.email = value,
                _ => {
                    user.fields.insert(name.clone(), value);
                }
            }
        }
    }

    /// A user by id.
    #[track_caller]
    pub fn user(&self, id: u64) -> &User {
        self.users.iter().find(|user| user.id == id).expect("the user exists")
    }
}

fn key(identity: &Value) -> (String, String) {
    let (hash, subject) = (text(identity, "issuer_hash"), text(identity, "subject"));
    assert!(
        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()),
        "a SHA-256: {hash}"
    );
    assert!((1..=255).contains(&subject.len()), "a subject: {subject:?}");
    (hash, subject)
}

fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_else(|| panic!("{member} is no text in {value}")).to_owned()
}

/// What `sanitize_user( $name, true )` makes of a name, for the characters that matter here.
fn sanitized(name: &str) -> String {
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || " _.-@".contains(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
