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
    /// What mapped claims wrote, by key.
    pub meta: BTreeMap<String, String>,
    /// Roles on the site.
    pub roles: Vec<String>,
    /// Roles that the mapping gave, by the issuer's hash.
    pub granted_roles: BTreeMap<String, Vec<String>>,
    /// Whether the account waits for an admin.
    pub pending: bool,
    /// Sites of the network.
    pub sites: Vec<u64>,
    /// Memberships that the mapping gave, by the issuer's hash.
    pub granted_sites: BTreeMap<String, Vec<u64>>,
    /// Issuers that no longer vouch for the user, by hash.
    pub revoked_by: BTreeSet<String>,
    /// Everything else that opens the account, and who has it: sessions, application passwords, the password.
    pub access: Vec<(Access, &'static str)>,
}

/// What opens an account besides its identities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The password.
    Password,
    /// A session, or an application password.
    Session,
}

/// A session that began at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub user: u64,
    /// Where it began.
    pub issuer_hash: String,
    /// What else the outcome says of it, as JSON.
    pub provider: Value,
}

/// The tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    /// `users`
    pub users: Vec<User>,
    /// `logto_identities`: issuer hash and subject, unique.
    pub identities: BTreeMap<(String, String), u64>,
    /// `logto_used_states`: unique keys.
    pub used_states: BTreeSet<String>,
    /// Sessions that began at a provider; `None` when they ended.
    pub sessions: Vec<Option<Session>>,
    /// Mailed links: the address and the code.
    pub mails: Vec<(String, String)>,
}

impl Accounts {
    /// The user of an identity.
    pub fn find_account(&self, effect: &Value) -> Value {
        let Some(id) = self.identities.get(&key(&effect["identity"])) else { return json!({"user_id": null}) };
        let user = self.user(*id);
        let (issuer, _) = key(&effect["identity"]);
        let (granted_roles, roles_of_others) = of_issuer_and_others(&user.granted_roles, &issuer);
        let (granted_sites, sites_of_others) = of_issuer_and_others(&user.granted_sites, &issuer);
        json!({
            "user_id": id, "pending": user.pending, "roles": user.roles, "granted_roles": granted_roles,
            "roles_of_others": roles_of_others, "last_administrator": self.is_last_administrator(user),
            "sites": user.sites, "granted_sites": granted_sites, "sites_of_others": sites_of_others,
        })
    }

    /// The user of an email address.
    pub fn find_email_match(&self, effect: &Value) -> Value {
        let email = text(effect, "email");
        let Some(user) = self.users.iter().find(|user| user.email.eq_ignore_ascii_case(&email)) else {
            return json!({"user_id": null});
        };
        let linked = self.has_another(user.id, &key(&effect["identity"]));
        json!({"user_id": user.id, "privileged": is_administrator(user), "linked": linked})
    }

    /// The user whom the other provider knows, by an identity or by what it said.
    pub fn find_same_person(&self, effect: &Value) -> Value {
        let is_claimed = |user: &&User| {
            let told = user.fields.get("dingtalk").and_then(|told| told.split_once(' '));
            let is_connected =
                self.identities.iter().any(|((issuer, _), id)| effect["claimed_by"] == **issuer && *id == user.id);
            told.is_some_and(|(claim, at)| {
                effect["claim"] == claim && at.parse::<u64>().ok() >= effect["claimed_since"].as_u64() && is_connected
            })
        };
        let user = match effect["other"].as_object() {
            Some(_) => self.identities.get(&key(&effect["other"])).map(|id| self.user(*id)),
            None => self.users.iter().find(is_claimed),
        };
        let Some(user) = user else { return json!({"user_id": null}) };
        let linked = self.has_another(user.id, &key(&effect["identity"]));
        json!({"user_id": user.id, "privileged": is_administrator(user), "linked": linked})
    }

    /// Gives a user one more identity.
    pub fn link_identity(&mut self, effect: &Value) -> Value {
        let user = effect["user_id"].as_u64().expect("a user");
        if effect["only_if_unlinked"] == true && self.has_another(user, &key(&effect["identity"])) {
            return json!({"linked": false});
        }
        let identity = key(&effect["identity"]);
        if let Some(owner) = self.identities.get(&identity) {
            return json!({"linked": *owner == user});
        }
        let Some(found) = self.users.iter_mut().find(|found| found.id == user) else { return json!({"linked": false}) };
        match effect["ends"].as_str() {
            Some("nothing") => {}
            Some("sessions") => found.access.retain(|(access, _)| *access != Access::Session),
            Some("everything") => {
                found.access.clear();
                self.identities.retain(|_, owner| *owner != user);
            }
            other => panic!("what ends? {other:?}"),
        }
        self.identities.insert(identity, user);
        json!({"linked": true})
    }

    /// Mails a one-time link, unless the user has another address by now.
    pub fn send_connect_mail(&mut self, effect: &Value) -> Value {
        let (email, code) = (text(effect, "email"), text(effect, "code"));
        let sent = effect["user_id"].as_u64().is_some_and(|id| self.user(id).email.eq_ignore_ascii_case(&email));
        if sent {
            self.mails.push((email, code));
        }
        json!({ "sent": sent })
    }

    /// Whether a user has another identity of the same issuer.
    fn has_another(&self, user: u64, (issuer, subject): &(String, String)) -> bool {
        self.identities.iter().any(|((hash, other), id)| hash == issuer && other != subject && *id == user)
    }

    fn is_last_administrator(&self, user: &User) -> bool {
        is_administrator(user) && self.users.iter().filter(|user| is_administrator(user)).count() == 1
    }

    /// Marks a state as used.
    pub fn mark_state_used(&mut self, effect: &Value, now: u64) -> Value {
        let key = text(effect, "key");
        assert!((16..=191).contains(&key.len()) && key.is_ascii(), "a key that a unique index takes: {key}");
        assert!(
            effect["expires_at"].as_u64().is_some_and(|expires| expires > now),
            "the row outlives the state: {effect}"
        );
        json!({"state_use": if self.used_states.insert(key) { "first" } else { "repeated" }})
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
                assert!(sanitized(name) == *name || !name.is_ascii(), "sanitize_user( …, true ) changes {name}");
            }
            // WordPress takes no name that it would change.
            names.into_iter().filter(|name| sanitized(name) == *name).collect()
        };
        let (logins, nicenames) = (names("logins", 60), names("nicenames", 50));
        let is_taken = |email: &str| self.users.iter().any(|user| user.email.eq_ignore_ascii_case(email));
        let fallback = text(effect, "fallback_email");
        let email = Some(text(effect, "email")).filter(|email| !is_taken(email)).unwrap_or_else(|| fallback.clone());
        assert!(fallback.ends_with(".invalid") && !is_taken(&email), "nobody has the fallback: {fallback}");
        assert!(email.len() <= 100 && email.contains('@'), "user_email: {email:?}");
        let Some(login) =
            logins.into_iter().find(|login| !self.users.iter().any(|user| user.login.eq_ignore_ascii_case(login)))
        else {
            return json!({"user_id": null, "error": "login_taken", "cause": "Sorry, that username already exists!"});
        };
        let nicename = nicenames.into_iter().find(|name| !self.users.iter().any(|user| user.nicename == *name));
        let id = self.users.len() as u64 + 1;
        let nicename = nicename.unwrap_or_else(|| format!("user-{id}"));
        let list = |member: &str| -> Vec<String> {
            let roles = effect[member].as_array().expect("roles").iter();
            roles.map(|role| role.as_str().expect("a role").to_owned()).collect()
        };
        let pending = effect["pending"].as_bool().expect("yes or no");
        let roles = if pending { Vec::new() } else { list("roles") };
        let granted_roles = list("granted_roles");
        assert!(granted_roles.iter().all(|role| list("roles").contains(role)), "{effect}");
        let granted_roles = BTreeMap::from([(key(identity).0, granted_roles)]);
        let user = User { id, login, nicename, email, roles, granted_roles, pending, ..User::default() };
        self.users.push(user);
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
            if name == "meta" {
                let meta = value.as_object().expect("meta").iter();
                user.meta.extend(meta.map(|(key, value)| (key.clone(), value.as_str().expect("a text").to_owned())));
                continue;
            }
            let value = value.as_str().expect("a text").to_owned();
            assert!(name == "organizations" || value.chars().count() <= 250, "{name} is longer than its column");
            match name.as_str() {
                "email" if collides => {}
                "email" => user.email = value,
                _ => {
                    user.fields.insert(name.clone(), value);
                }
            }
        }
    }

    /// Changes roles and memberships as an outcome says.
    pub fn change(&mut self, id: u64, outcome: &Value) {
        let user = self.users.iter_mut().find(|user| user.id == id).expect("the user exists");
        if let Some(change) = outcome["roles"].as_object() {
            let (add, remove, granted) = (texts(&change["add"]), texts(&change["remove"]), texts(&change["granted"]));
            user.roles.retain(|role| !remove.contains(role));
            user.roles.extend(add);
            user.granted_roles.insert(text(outcome, "issuer_hash"), granted);
        }
        user.revoked_by.remove(&text(outcome, "issuer_hash"));
        if let Some(change) = outcome["sites"].as_object() {
            let (add, remove) = (numbers(&change["add"]), numbers(&change["remove"]));
            user.sites.retain(|site| !remove.contains(site));
            user.sites.extend(add);
            user.granted_sites.insert(text(outcome, "issuer_hash"), numbers(&change["granted"]));
        }
    }

    /// Takes back what the provider of an identity gave; `here` is the site that asks. Who would be left without a role
    /// gets `default_role`, which then counts as given by that provider.
    pub fn revoke_access(&mut self, effect: &Value, here: u64, default_role: &str) -> Value {
        let (issuer, subject) = key(&effect["identity"]);
        let Some(id) = self.identities.get(&(issuer.clone(), subject)).copied() else {
            return json!({"user_id": null});
        };
        let stays_administrator = self.is_last_administrator(self.user(id));
        let user = self.users.iter_mut().find(|user| user.id == id).expect("the user exists");
        let everything = effect["only_this_site"] == false;
        let sites = user.granted_sites.entry(issuer.clone()).or_default();
        let lost: Vec<u64> = sites.iter().copied().filter(|site| everything || *site == here).collect();
        sites.retain(|site| !lost.contains(site));
        user.sites.retain(|site| !lost.contains(site));
        if everything {
            let lost = user.granted_roles.remove(&issuer).unwrap_or_default();
            let had_a_role = !user.roles.is_empty();
            user.roles.retain(|role| !lost.contains(role) || (stays_administrator && role == "administrator"));
            if had_a_role && user.roles.is_empty() {
                user.roles.push(default_role.to_owned());
                user.granted_roles.insert(issuer.clone(), vec![default_role.to_owned()]);
            }
            user.revoked_by.insert(issuer);
        }
        json!({"user_id": id})
    }

    /// A user by id.
    #[track_caller]
    pub fn user(&self, id: u64) -> &User {
        self.users.iter().find(|user| user.id == id).expect("the user exists")
    }

    /// What a mapped claim wrote; empty without one.
    pub fn meta(&self, id: u64, key: &str) -> &str {
        self.user(id).meta.get(key).map_or("", String::as_str)
    }
}

fn is_administrator(user: &User) -> bool {
    user.roles.iter().any(|role| role == "administrator")
}

/// What one issuer gave, and what the others did.
fn of_issuer_and_others<T: Clone>(granted: &BTreeMap<String, Vec<T>>, issuer: &str) -> (Vec<T>, Vec<T>) {
    let others = granted.iter().filter(|(hash, _)| *hash != issuer).flat_map(|(_, given)| given.clone());
    (granted.get(issuer).cloned().unwrap_or_default(), others.collect())
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

fn numbers(list: &Value) -> Vec<u64> {
    list.as_array().expect("a list").iter().map(|number| number.as_u64().expect("a number")).collect()
}

pub(super) fn key(identity: &Value) -> (String, String) {
    let (hash, subject) = (text(identity, "issuer_hash"), text(identity, "subject"));
    assert!(
        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()),
        "a SHA-256: {hash}"
    );
    assert!((1..=255).contains(&subject.len()), "a subject: {subject:?}");
    (hash, subject)
}

pub(super) fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_else(|| panic!("{member} is no text in {value}")).to_owned()
}

/// What `sanitize_user( $name, true )` makes of a name, for the characters that matter here.
fn sanitized(name: &str) -> String {
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || " _.-@".contains(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
