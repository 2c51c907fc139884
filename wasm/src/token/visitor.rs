//! The person whom a provider described: an identity and its claims.

use super::claims::{OF_ACCOUNTS, is_personal};
use super::dingtalk_user::DingtalkUser;
use super::id::IdToken;
use super::verified::Verified;
use crate::crypto::secret::Secret;
use crate::crypto::sha256_hex;
use crate::protocol::{Identity, Site};
use crate::settings::Dingtalk;
use crate::text::{trimmed_member, truncate_for_log};
use serde_json::{Map, Value, json};

/// The target of Logto's DingTalk connector.
const DINGTALK_TARGET: &str = "dingtalk";
/// Longest claim that is kept, in bytes; of a list, the longest element.
const MAX_CLAIM_BYTES: usize = 4096;
/// Most elements of a list that are kept.
const MAX_LIST_ITEMS: usize = 1000;
/// Longest claims that another plugin reads, in bytes of JSON: an outcome is kept while a second factor is asked for.
const MAX_CLAIMS_BYTES: usize = 64 * 1024;

/// A person as a provider describes them: the ID token's claims, completed by userinfo's.
#[derive(Debug)]
pub struct Visitor {
    /// Issuer and subject.
    pub identity: Identity,
    claims: Map<String, Value>,
    /// Everything that the provider told of the person, as it came.
    told: Map<String, Value>,
    /// Email addresses of the visitor's social accounts, each with its connector's target. `None`: Logto did not say.
    social_emails: Option<Vec<(String, String)>>,
    /// `unionId` of the visitor's account at DingTalk, if Logto's connector for it named one.
    dingtalk_id: Option<String>,
    /// `sid` of the ID token.
    pub sid: Option<String>,
    /// The refresh token that came with it.
    pub refresh_token: Option<Secret>,
    /// Whether the name is the one that an organization gave the visitor: DingTalk's app knows no other, while its sign-in
    /// in the browser knows the visitor's own alone. It names an account, and does not rename one.
    pub named_by_organization: bool,
}

impl Verified<IdToken> {
    /// The person whom the token is about, with the claims of userinfo and the refresh token that came along.
    pub fn describe(self, userinfo: Map<String, Value>, refresh_token: Option<Secret>) -> Verified<Visitor> {
        Verified::new(Visitor { refresh_token, ..Visitor::describe(self.into_inner(), userinfo) })
    }
}

impl Verified<Visitor> {
    /// See [`Visitor::of_another_provider`].
    #[must_use]
    pub fn of_another_provider(self) -> Self {
        Self::new(self.into_inner().of_another_provider())
    }

    /// The person whom DingTalk described. It signs nothing: the proof is that the site itself exchanged the code of an
    /// attempt of this browser, and asked DingTalk with the token that it got.
    pub fn described_by_dingtalk(user: DingtalkUser) -> Self {
        let DingtalkUser { subject, claims, named_by_organization } = user;
        Self::new(Visitor { named_by_organization, ..Visitor::new(Dingtalk::ISSUER, subject, claims) })
    }
}

impl Visitor {
    /// The subject of a verified ID token, with the claims of userinfo. Userinfo is newer, so it wins.
    fn describe(id_token: IdToken, mut userinfo: Map<String, Value>) -> Self {
        let mut claims = id_token.claims;
        // An address and its verification come from one source, or another address would count as verified.
        let older = if userinfo.contains_key("email") { &mut claims } else { &mut userinfo };
        older.remove("email_verified");
        claims.extend(userinfo);
        Self { sid: id_token.sid, ..Self::new(&id_token.issuer, id_token.subject, claims) }
    }

    /// A person described by their identity and claims; what nothing asks for is not kept.
    pub(crate) fn new(issuer: &str, subject: String, mut claims: Map<String, Value>) -> Self {
        let told = claims.iter().filter(|(name, _)| is_personal(name));
        let told = told.map(|(name, value)| (name.clone(), value.clone())).collect();
        let identities = claims.get("identities").and_then(Value::as_object);
        let social_emails = identities.map(social_emails);
        let dingtalk_id = identities.and_then(|all| trimmed_member(all.get(DINGTALK_TARGET)?, "userId"));
        let dingtalk_id = dingtalk_id.filter(|id| id.len() <= 255).map(str::to_owned);
        let fits = |value: &Value| value.as_str().is_none_or(|text| text.len() <= MAX_CLAIM_BYTES);
        // A tenant's own claims may say it either way: one role is a list of one.
        if let Some(role @ Value::String(_)) = claims.get("roles").cloned() {
            claims.insert("roles".to_owned(), Value::Array(vec![role]));
        }
        claims.retain(|name, value| OF_ACCOUNTS.contains(&name.as_str()) && fits(value));
        for list in claims.values_mut().filter_map(Value::as_array_mut) {
            list.retain(|element| element.is_string() && fits(element));
            list.truncate(MAX_LIST_ITEMS);
        }
        let identity = Identity { issuer_hash: sha256_hex(issuer), issuer: issuer.to_owned(), subject };
        Self {
            identity,
            claims,
            told,
            social_emails,
            dingtalk_id,
            sid: None,
            refresh_token: None,
            named_by_organization: false,
        }
    }

    /// The same person as a provider other than Logto describes them: its word on an address needs no claim `identities`, and
    /// nothing that it says is Logto's word on an account at DingTalk.
    #[must_use]
    pub fn of_another_provider(self) -> Self {
        Self { social_emails: Some(Vec::new()), dingtalk_id: None, ..self }
    }

    /// A claim that is a string. Logto's `null`, an empty string and another type count as absent.
    pub fn string_claim(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The claims that are kept.
    pub fn claims(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.claims.iter()
    }

    /// The strings of a claim that is a list; nothing where the claim is no list.
    pub fn string_list(&self, claim: &str) -> impl Iterator<Item = &str> {
        self.claims.get(claim).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// What the provider told under a claim, or under a path with dots into one; null where it told the claim and nothing
    /// there. `None`: it did not tell the claim.
    pub fn told(&self, path: &str) -> Option<&Value> {
        if let Some(value) = self.told.get(path) {
            return Some(value);
        }
        let mut parts = path.split('.');
        let root = self.told.get(parts.next()?)?;
        Some(parts.try_fold(root, |value, part| value.get(part)).unwrap_or(&Value::Null))
    }

    /// Everything that the provider told of the person, with `iss` and `sub`, for other plugins of a site that read it. A
    /// claim is left out that does not fit any more.
    pub fn claims_for(&self, site: &Site) -> Option<Map<String, Value>> {
        let mut left = MAX_CLAIMS_BYTES;
        let mut fits = |(name, value): &(&String, &Value)| {
            let length = name.len() + value.to_string().len();
            left.checked_sub(length).is_some_and(|rest| {
                left = rest;
                true
            })
        };
        site.reads_claims.then(|| {
            let told = self.told.iter().filter(&mut fits).map(|(name, value)| (name.clone(), value.clone()));
            let identity = [("iss", &self.identity.issuer), ("sub", &self.identity.subject)];
            told.chain(identity.map(|(name, value)| (name.to_owned(), json!(value)))).collect()
        })
    }

    /// Whether the provider said which organizations the visitor belongs to.
    pub fn tells_organizations(&self) -> bool {
        self.has_role_claims() && self.claims.contains_key("organizations")
    }

    /// Whether the provider has claims about roles and organizations. DingTalk has none.
    pub fn has_role_claims(&self) -> bool {
        self.identity.issuer != Dingtalk::ISSUER
    }

    /// Whether the provider said which social accounts the visitor has.
    pub const fn tells_identities(&self) -> bool {
        self.social_emails.is_some()
    }

    /// The visitor's `unionId` at DingTalk, as the tenant's DingTalk connector learned it.
    pub fn dingtalk_id(&self) -> Option<&str> {
        self.dingtalk_id.as_deref()
    }

    /// The email address, if the provider says that it is verified (the boolean, not a word).
    pub fn verified_email(&self) -> Option<&str> {
        let verified = self.claims.get("email_verified") == Some(&Value::Bool(true));
        self.string_claim("email").filter(|email| verified && is_address(email))
    }

    /// The verified email address, if it may decide about accounts. Logto also calls an address verified that a social
    /// account brought along, and not every social provider asks for proof. So such an address counts only when one
    /// of the `trusted` connectors brought it.
    ///
    /// # Errors
    /// Why there is none, for the log.
    pub fn proven_email(&self, trusted: &[String]) -> Result<&str, String> {
        let email = self.verified_email().ok_or("the visitor has no verified email address")?;
        let all = self
            .social_emails
            .as_ref()
            .ok_or("the claim `identities`, which names the origin of the email address, is missing")?;
        let origins: Vec<&str> = all
            .iter()
            .filter(|(_, address)| address.eq_ignore_ascii_case(email))
            .map(|(target, _)| target.as_str())
            .collect();
        if origins.is_empty() || origins.iter().any(|origin| trusted.iter().any(|target| target == origin)) {
            return Ok(email);
        }
        let origins = truncate_for_log(&origins.join(", "));
        Err(format!(
            "the email address comes from the social account {origins}, which is not among the trusted connectors"
        ))
    }

    /// A short name that is stable for this identity and tells nothing about the person.
    pub fn short_hash(&self) -> String {
        let mut hash = sha256_hex(&format!("{}\n{}", self.identity.issuer, self.identity.subject));
        hash.truncate(12);
        hash
    }
}

/// The addresses that a claim `identities` names: `{"<target>": {"userId": "…", "details": {"email": "…"}}}`.
fn social_emails(identities: &Map<String, Value>) -> Vec<(String, String)> {
    let email = |identity: &Value| {
        let details = identity.get("details")?;
        // Connectors keep what their provider answered as it came, the address among it.
        let address = details.get("email").or_else(|| details.get("rawData")?.get("email"))?.as_str()?;
        Some(address.trim().to_owned())
    };
    identities.iter().filter_map(|(target, identity)| Some((target.clone(), email(identity)?))).collect()
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
            sid: None,
            claims: claims.as_object().cloned().unwrap_or_default(),
        };
        Visitor::describe(id_token, Map::new())
    }

    pub(crate) fn dingtalk_visitor(claims: &Value) -> Visitor {
        Visitor::new(Dingtalk::ISSUER, "union".into(), claims.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn of_a_list_only_texts_of_a_bearable_length_are_kept() {
        let long = "x".repeat(MAX_CLAIM_BYTES + 1);
        let person = visitor(&json!({"roles": ["a", 7, null, ["b"], long, "c"], "organizations": "o1"}));
        assert_eq!(person.string_list("roles").collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(person.string_list("organizations").count(), 0);
        let many: Vec<_> = (0..2000).map(|n| n.to_string()).collect();
        assert_eq!(visitor(&json!({"roles": many})).string_list("roles").count(), MAX_LIST_ITEMS);
    }

    /// Fault C16: `roles: "editor"` was ignored without a word.
    #[test]
    fn fault_c16_one_role_is_a_list_of_one() {
        assert_eq!(visitor(&json!({"roles": "editor"})).string_list("roles").collect::<Vec<_>>(), ["editor"]);
        for other in [json!({"editor": true}), json!(7), json!(null), json!("x".repeat(MAX_CLAIM_BYTES + 1))] {
            assert_eq!(visitor(&json!({"roles": other})).string_list("roles").count(), 0, "{other}");
        }
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

    /// Fault S17: `email` from the ID token counted as verified because of userinfo's `email_verified`.
    #[test]
    fn fault_s17_an_address_and_its_verification_come_from_one_source() {
        let verified = |id_token: Value, userinfo: Value| {
            let claims = id_token.as_object().cloned().unwrap_or_default();
            let id_token = IdToken { issuer: "https://t.example/oidc".into(), subject: "s".into(), sid: None, claims };
            let visitor = Visitor::describe(id_token, userinfo.as_object().cloned().unwrap_or_default());
            visitor.verified_email().map(str::to_owned)
        };
        let (address, flag) = (json!({"email": "a@b.example"}), json!({"email_verified": true}));
        let both = json!({"email": "a@b.example", "email_verified": true});

        assert_eq!(verified(address.clone(), flag.clone()), None);
        assert_eq!(verified(flag, address.clone()), None);
        assert_eq!(verified(both.clone(), address), None, "userinfo is newer");
        assert_eq!(verified(both.clone(), json!({})), Some("a@b.example".into()));
        assert_eq!(verified(json!({}), both), Some("a@b.example".into()));
    }

    /// Fault S22: an address that somebody had entered in a DingTalk profile passed allow lists and selected accounts.
    #[test]
    fn fault_s22_an_address_of_a_social_account_is_no_proof_by_itself() {
        let trusted = ["google".to_owned()];
        let proven = |identities: Value| {
            let claims = json!({"email": "ceo@corp.example", "email_verified": true, "identities": identities});
            visitor(&claims).proven_email(&trusted).map(str::to_owned)
        };
        let identity = |email: &str| json!({"userId": "u", "details": {"id": "u", "email": email}});

        for identities in [
            json!({"dingtalk": identity("ceo@corp.example")}),
            json!({"dingtalk": identity(" CEO@Corp.Example")}),
            json!({"dingtalk": {"userId": "u", "details": {"rawData": {"email": "ceo@corp.example"}}}}),
            json!({"dingtalk": identity("ceo@corp.example"), "google": identity("else@corp.example")}),
            json!({"Google": identity("ceo@corp.example")}),
            Value::Null,
            json!([]),
        ] {
            assert!(proven(identities.clone()).is_err(), "{identities}");
        }
        for identities in [
            json!({}),
            json!({"dingtalk": {"userId": "u", "details": {"name": "李四"}}}),
            json!({"dingtalk": {"userId": "u", "details": null}, "github": identity("else@corp.example")}),
            json!({"google": identity("ceo@corp.example")}),
            json!({"dingtalk": identity("ceo@corp.example"), "google": identity("ceo@corp.example")}),
        ] {
            assert_eq!(proven(identities.clone()), Ok("ceo@corp.example".to_owned()), "{identities}");
        }
    }

    #[test]
    fn another_issuer_is_another_identity() {
        let one = visitor(&json!({}));
        let other = Visitor::describe(
            IdToken {
                issuer: "https://u.example/oidc".into(),
                subject: "subject".into(),
                sid: None,
                claims: Map::new(),
            },
            Map::new(),
        );
        assert_ne!(one.identity.issuer_hash, other.identity.issuer_hash);
        assert_ne!(one.short_hash(), other.short_hash());
    }
}
