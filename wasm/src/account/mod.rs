//! Whose account a verified visitor has, and what a new one is called.
//!
//! An account belongs to one pair of issuer and subject (OpenID Connect Core §5.7). An e-mail address selects
//! an account only where the settings say so, see [`admission`]: it can be reassigned, and a tenant can be changed.

pub mod admission;
pub mod import;
pub mod preview;
pub mod profile;
pub mod roles;
pub mod username;

use crate::entropy::sha256_hex;
use crate::protocol::{Effect, Identity, Site, UnlinkInput};
use crate::settings::{Dingtalk, Settings};
use crate::token::{Verified, id::IdToken};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The claims that accounts are made of (OpenID Connect Core §5.1, and Logto's `username`, roles and organisations).
const USED: &[&str] = &[
    "email",
    "email_verified",
    "family_name",
    "given_name",
    "locale",
    "name",
    "nickname",
    "organization_roles",
    "organizations",
    "phone_number",
    "picture",
    "preferred_username",
    "roles",
    "username",
    "website",
];
/// Longest claim that is kept, in bytes; of a list, the longest element.
const LONGEST: usize = 4096;
/// Most elements of a list that are kept.
const MOST: usize = 1000;

/// A person as the provider describes them: the ID token's claims, completed by userinfo's.
#[derive(Debug, Serialize, Deserialize)]
pub struct Visitor {
    /// Issuer and subject.
    pub identity: Identity,
    claims: Map<String, Value>,
}

impl Visitor {
    /// The subject of a verified token, with what userinfo adds. Userinfo is newer, so it wins.
    pub(crate) fn describe(id_token: IdToken, userinfo: Map<String, Value>) -> Self {
        let mut claims = id_token.claims;
        if userinfo.contains_key("email") {
            // An address and its verification come from one source, or another address would count as verified.
            claims.remove("email_verified");
        }
        claims.extend(userinfo);
        Self::new(&id_token.issuer, id_token.subject, claims)
    }

    /// A person described by their identity and claims; what nothing asks for is not kept.
    pub(crate) fn new(issuer: &str, subject: String, mut claims: Map<String, Value>) -> Self {
        let fits = |value: &Value| value.as_str().is_none_or(|text| text.len() <= LONGEST);
        claims.retain(|name, value| USED.contains(&name.as_str()) && fits(value));
        for list in claims.values_mut().filter_map(Value::as_array_mut) {
            list.retain(|element| element.is_string() && fits(element));
            list.truncate(MOST);
        }
        Self { identity: Identity { issuer_hash: sha256_hex(issuer), issuer: issuer.to_owned(), subject }, claims }
    }

    /// A claim's text; Logto's `null`, an empty text and another type all count as absent.
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The texts of a claim that is a list; of one that is none, nothing.
    pub fn texts(&self, claim: &str) -> impl Iterator<Item = &str> {
        self.claims.get(claim).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// Whether the provider says which roles and organisations a person has. DingTalk itself does not.
    pub fn tells_roles(&self) -> bool {
        self.identity.issuer != Dingtalk::ISSUER
    }

    /// The e-mail address, if the provider says that it is verified (the boolean, not a word).
    pub fn verified_email(&self) -> Option<&str> {
        let verified = self.claims.get("email_verified") == Some(&Value::Bool(true));
        self.text("email").filter(|email| verified && is_address(email))
    }

    /// A short name that is stable for this identity and tells nothing about the person.
    pub fn short_hash(&self) -> String {
        let mut hash = sha256_hex(&format!("{}\n{}", self.identity.issuer, self.identity.subject));
        hash.truncate(12);
        hash
    }
}

/// Whether a way to sign in may be removed: never the last one.
pub fn may_unlink(input: &UnlinkInput, settings: &Settings) -> bool {
    input.identities > 1 || (input.has_password && settings.form_login)
}

/// The effect that makes an account for `visitor`.
pub fn create(visitor: &Verified<Visitor>, settings: &Settings, site: &Site) -> Effect {
    let accounts = &settings.accounts;
    let first = roles::first(visitor, accounts, site);
    Effect::CreateUser {
        identity: visitor.identity.clone(),
        logins: username::logins(visitor, &accounts.usernames),
        nicenames: username::nicenames(visitor),
        email: profile::email(visitor, &accounts.sync),
        profile: Box::new(profile::of_new_user(visitor, &accounts.sync)),
        roles: first.roles,
        granted_roles: first.granted,
        pending: accounts.pending_approval,
    }
}

/// An address of the shape that WordPress stores: one `@`, a dotted domain, 100 bytes at most.
fn is_address(text: &str) -> bool {
    let plain = text.len() <= 100 && text.bytes().all(|b| b.is_ascii_graphic() && !b"<>()[],;:\\\"".contains(&b));
    let parts = text.rsplit_once('@');
    plain && parts.is_some_and(|(local, domain)| !local.is_empty() && !local.contains('@') && domain.contains('.'))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;

    pub(crate) fn visitor(claims: &Value) -> Visitor {
        let id_token = IdToken {
            issuer: "https://t.example/oidc".into(),
            subject: "subject".into(),
            claims: claims.as_object().cloned().unwrap_or_default(),
        };
        Visitor::describe(id_token, Map::new())
    }

    pub(crate) fn dingtalk_visitor(claims: &Value) -> Visitor {
        Visitor::new(Dingtalk::ISSUER, "union".into(), claims.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn of_a_list_only_texts_of_a_bearable_length_are_kept() {
        let long = "x".repeat(LONGEST + 1);
        let person = visitor(&json!({"roles": ["a", 7, null, ["b"], long, "c"], "organizations": "o1"}));
        assert_eq!(person.texts("roles").collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(person.texts("organizations").count(), 0);
        let many: Vec<_> = (0..2000).map(|n| n.to_string()).collect();
        assert_eq!(visitor(&json!({"roles": many})).texts("roles").count(), MOST);
    }

    #[test]
    fn an_address_counts_only_when_the_boolean_says_so() {
        assert_eq!(
            visitor(&json!({"email": "a@b.example", "email_verified": true})).verified_email(),
            Some("a@b.example")
        );
        for claims in [
            json!({"email": "a@b.example"}),
            json!({"email": "a@b.example", "email_verified": false}),
            json!({"email": "a@b.example", "email_verified": "true"}),
            json!({"email": "a@b.example", "email_verified": 1}),
            json!({"email": null, "email_verified": true}),
            json!({"email": "", "email_verified": true}),
            json!({"email": "a@b@c.example", "email_verified": true}),
            json!({"email": "a<b@c.example", "email_verified": true}),
            json!({"email": "a@localhost", "email_verified": true}),
        ] {
            assert_eq!(visitor(&claims).verified_email(), None, "{claims}");
        }
    }

    #[test]
    fn the_last_way_in_is_never_removed() {
        let may = |identities, has_password, form_login: bool| {
            may_unlink(&UnlinkInput { identities, has_password }, &Settings::read(&json!({ "form_login": form_login })))
        };
        assert!(may(2, false, false) && may(1, true, true));
        assert!(!may(1, false, true) && !may(1, true, false) && !may(0, false, true));
    }

    #[test]
    fn another_issuer_is_another_identity() {
        let one = visitor(&json!({}));
        let other = Visitor::describe(
            IdToken { issuer: "https://u.example/oidc".into(), subject: "subject".into(), claims: Map::new() },
            Map::new(),
        );
        assert_ne!(one.identity.issuer_hash, other.identity.issuer_hash);
        assert_ne!(one.short_hash(), other.short_hash());
    }
}
