//! The userinfo endpoint (`OpenID` Connect Core §5.3).

use super::Provider;
use super::fault::{Fault, IdTokenFault, UserinfoFault};
use super::id_token::{longest_subject, subject_with_controls};
use crate::message::{Answer, Message};
use serde_json::{Value, json};

impl Provider {
    /// The claims that an access token opens.
    pub(super) fn userinfo(&mut self, message: &Message, now: u64) -> Answer {
        let token = message.header("authorization").strip_prefix("Bearer ").unwrap_or_default();
        let refused = |status, error: &str| Answer::json(status, &json!({"error": error, "error_description": "no"}));
        let Some(grant) = self.access_tokens.get(token).cloned() else {
            return refused(401, "invalid_token");
        };
        let mut claims = grant.claims.within(&grant.scope, true);
        for (claim, value) in &self.otherwise_at_userinfo {
            if value.is_null() {
                claims.remove(claim);
            } else {
                claims.insert(claim.clone(), value.clone());
            }
        }
        let mut claims = Value::Object(claims);
        if self.fault == Some(Fault::IdToken(IdTokenFault::SubjectLongest)) {
            claims["sub"] = json!(longest_subject());
        }
        if self.fault == Some(Fault::IdToken(IdTokenFault::SubjectWithControls)) {
            claims["sub"] = json!(subject_with_controls());
        }
        if let Some(Fault::Userinfo(fault)) = self.fault {
            match fault {
                UserinfoFault::SubjectOther => claims["sub"] = json!("somebody else"),
                UserinfoFault::SubjectNumber => claims["sub"] = json!(7),
                UserinfoFault::SubjectMissing => {
                    claims.as_object_mut().map(|claims| claims.remove("sub"));
                }
                UserinfoFault::Signed => {
                    let token = self.mint(&grant, token, now);
                    return Answer::text(200, "application/jwt", &token);
                }
                UserinfoFault::Long => claims["custom_data"] = json!("x".repeat(600 * 1024)),
                UserinfoFault::Unauthorized => return refused(401, "invalid_token"),
                UserinfoFault::UnauthorizedEmpty => return Answer::text(401, "", ""),
                UserinfoFault::Forbidden => return refused(403, "insufficient_scope"),
            }
        }
        Answer::json(200, &claims)
    }
}
