//! People as Logto describes them.

use serde_json::{Map, Value, json};

/// A person with an account at the provider.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The subject identifier.
    pub subject: String,
    /// Every claim that the provider knows, whatever scope it belongs to.
    pub claims: Map<String, Value>,
}

impl Visitor {
    /// A person with these claims.
    pub fn new(subject: &str, claims: &Value) -> Self {
        Self { subject: subject.to_owned(), claims: claims.as_object().cloned().unwrap_or_default() }
    }

    /// Somebody with everything filled in.
    pub fn alice() -> Self {
        Self::new(
            "alice00subject",
            &json!({
                "name": "Alice Example", "given_name": "Alice", "family_name": "Example", "nickname": "Al",
                "username": "alice", "picture": "https://pictures.example/alice.png",
                "updated_at": 1_700_000_000_123_u64, "created_at": 1_600_000_000_456_u64,
                "email": "alice@example.com", "email_verified": true,
                "phone_number": "4912345678", "phone_number_verified": true,
            }),
        )
    }

    /// Somebody who signs in with `DingTalk`: a name in Chinese, a phone number, and nothing else.
    pub fn dingtalk() -> Self {
        Self::new(
            "dingtalk00subject",
            &json!({
                "name": "李四", "picture": "https://static-legacy.dingtalk.com/media/lADPDf.jpg", "username": null,
                "updated_at": 1_700_000_000_123_u64, "created_at": 1_600_000_000_456_u64,
                "email": null, "email_verified": false,
                "phone_number": "8613800000002", "phone_number_verified": true,
                "identities": {"dingtalk": {"userId": "union-id", "details": {"id": "union-id", "name": "李四"}}},
            }),
        )
    }

    /// Somebody about whom nothing is known, in Logto's plain `null`s.
    pub fn nobody() -> Self {
        Self::new(
            "nobody00subject",
            &json!({
                "name": null, "picture": null, "username": null, "email": null, "email_verified": false,
                "phone_number": null, "phone_number_verified": false,
            }),
        )
    }

    /// The claims that belong to `scope`; `at_userinfo` adds what Logto keeps out of ID tokens.
    pub fn within(&self, scope: &str, at_userinfo: bool) -> Map<String, Value> {
        let asked = |word: &str| scope.split(' ').any(|asked| asked == word);
        let belongs = |claim: &str| match claim {
            "email" | "email_verified" => asked("email"),
            "phone_number" | "phone_number_verified" => asked("phone"),
            "address" => asked("address"),
            "roles" => asked("roles"),
            "identities" | "custom_data" => at_userinfo && asked(claim),
            "organization_data" => at_userinfo && asked("urn:logto:scope:organizations"),
            _ => asked("profile"),
        };
        let mut claims = self.claims.clone();
        claims.retain(|claim, _| belongs(claim));
        claims.insert("sub".to_owned(), json!(self.subject));
        if at_userinfo && asked("identities") {
            // Who has no social account has an empty list of them.
            claims.entry("identities").or_insert_with(|| json!({}));
        }
        claims
    }
}
