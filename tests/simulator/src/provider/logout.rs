//! Logout tokens (`OpenID` Connect Back-Channel Logout §2.4), right and wrong.

use super::Provider;
use super::id_token::{compact, hs256};
use serde_json::{Value, json};

/// Seconds for which a logout token is valid, as at Logto.
const LIVES: u64 = 120;

impl Provider {
    /// The claims of a logout token for the visitor, and their session if the provider names one. There is a claim that no
    /// specification knows.
    pub fn logout_claims(&mut self, now: u64) -> Value {
        let jti = self.token("jti");
        let mut claims = json!({
            "iss": self.issuer(), "sub": self.visitor.subject, "aud": self.app_id, "iat": now, "exp": now + LIVES,
            "jti": jti, "events": {"http://schemas.openid.net/event/backchannel-logout": {}}, "unknown": [1, {"a": null}],
        });
        if let Some(sid) = &self.sid {
            claims["sid"] = json!(sid);
        }
        claims
    }

    /// A logout token with these claims, as Logto signs it.
    pub fn sign_logout(&mut self, claims: &Value) -> String {
        self.sign_logout_as("logout+jwt", claims)
    }

    /// The same with another `typ`; none when it is empty.
    pub fn sign_logout_as(&mut self, typ: &str, claims: &Value) -> String {
        let key = self.signer();
        let mut header = json!({"alg": key.algorithm().name(), "kid": key.kid});
        if !typ.is_empty() {
            header["typ"] = json!(typ);
        }
        let token = compact(&header, claims, |message| key.sign(message));
        self.given_out.push(token.clone());
        token
    }

    /// A logout token without a signature.
    pub fn unsigned_logout(&self, claims: &Value) -> String {
        compact(&json!({"alg": "none", "typ": "logout+jwt"}), claims, |_| Vec::new())
    }

    /// A logout token with the client's secret as the key.
    pub fn hs256_logout(&self, claims: &Value) -> String {
        let header = json!({"alg": "HS256", "typ": "logout+jwt"});
        compact(&header, claims, |message| hs256(self.app_secret.as_bytes(), message))
    }
}
